#include "pipeline/anomaly/generator.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "pipeline/anomaly/seeded_random.hpp"

namespace migrateiq::anomaly {
namespace {

double Zipf(SeededRandom& random, double exponent) {
  return std::floor(std::pow(1 - random.Uniform(), -1 / (exponent - 1)));
}

double Student(SeededRandom& random, int freedom) {
  double squares = 0;
  for (int index = 0; index < freedom; ++index) squares += std::pow(random.Normal(), 2);
  return random.Normal() / std::sqrt(squares / freedom);
}

double DrawStandard(Shape shape, size_t index, SeededRandom& random) {
  switch (shape) {
    case Shape::kNormal: return random.Normal();
    case Shape::kLogNormal: return std::exp(0.9 * random.Normal());
    case Shape::kExponential: return random.Exponential();
    case Shape::kZipf: return Zipf(random, 2.3);
    case Shape::kUniform: return random.Uniform();
    case Shape::kBimodal: return random.Uniform() < 0.6 ? random.Normal() : 12 + 2 * random.Normal();
    case Shape::kStudent: return Student(random, 4);
    case Shape::kPareto: return std::pow(1 - random.Uniform(), -1 / 1.6);
    default: return 3 * std::sin(static_cast<double>(index) * 2 * std::numbers::pi / 144) + 0.4 * random.Normal();
  }
}

constexpr std::array<std::string_view, 6> kCountries = {"Germany", "France", "Japan", "Brazil", "Canada", "Norway"};
constexpr std::array<std::string_view, 6> kCurrencies = {"EUR", "EUR", "JPY", "BRL", "CAD", "NOK"};
constexpr std::array<std::string_view, 4> kStatuses = {"shipped", "delivered", "cancelled", "returned"};
constexpr std::array<std::string_view, 8> kCities = {"Hamburg", "Toulouse",  "Yokohama",  "Salvador",
                                                     "Toronto", "Trondheim", "Stuttgart", "Bordeaux"};

enum TableColumn : size_t {
  kNumber,
  kCode,
  kCountry,
  kCurrency,
  kStatus,
  kCity,
  kQuantity,
  kPrice,
  kAmount,
  kWeight,
  kOrdered,
  kShipped
};

SchemaPtr TableSchema() {
  const auto of = [](TypeKind kind) { return LogicalType::Of(kind); };
  return std::make_shared<Schema>(Schema{{{"number", of(TypeKind::kInt64)},
                                          {"code", LogicalType::String(20)},
                                          {"country", LogicalType::String(40)},
                                          {"currency", LogicalType::String(3)},
                                          {"status", LogicalType::String(20)},
                                          {"city", LogicalType::String(40)},
                                          {"quantity", of(TypeKind::kInt32)},
                                          {"price", of(TypeKind::kDouble)},
                                          {"amount", of(TypeKind::kDouble)},
                                          {"weight", of(TypeKind::kDouble)},
                                          {"ordered", of(TypeKind::kDate)},
                                          {"shipped", of(TypeKind::kDate)}}});
}

/// A row before it becomes cells.
struct Order {
  int64_t number = 0;
  std::string code, country, currency, status, city;
  int32_t quantity = 0;
  double price = 0, amount = 0, weight = 0;
  int32_t ordered = 0, shipped = 0;
};

Order DrawOrder(size_t row, size_t rows, SeededRandom& random) {
  Order order;
  order.number = 100'000 + static_cast<int64_t>(row);
  for (int letter = 0; letter < 2; ++letter) order.code += static_cast<char>('A' + random.Below(26));
  order.code += "-" + std::to_string(10'000 + random.Below(90'000));
  const size_t country = random.Below(kCountries.size());
  order.country = kCountries[country];
  order.currency = kCurrencies[country];
  order.status = kStatuses[random.Below(kStatuses.size())];
  order.city = kCities[std::min(random.Below(kCities.size()), random.Below(kCities.size()))];
  order.quantity = static_cast<int32_t>(1 + random.Below(40));
  order.price = std::round(100 * std::exp(3 + 0.7 * random.Normal())) / 100;
  order.amount = std::round(100 * order.quantity * order.price) / 100;
  order.weight = 1.2 * order.quantity * std::exp(0.08 * random.Normal());
  const double part = static_cast<double>(row) / static_cast<double>(rows);
  order.ordered = kGeneratedToday - 1100 + static_cast<int32_t>(1060 * part);
  order.shipped = order.ordered + static_cast<int32_t>(random.Below(15));
  return order;
}

void Append(const Order& order, Batch& batch) {
  batch.columns[kNumber].Append<int64_t>(order.number);
  batch.columns[kCode].AppendBytes(order.code);
  batch.columns[kCountry].AppendBytes(order.country);
  batch.columns[kCurrency].AppendBytes(order.currency);
  batch.columns[kStatus].AppendBytes(order.status);
  batch.columns[kCity].AppendBytes(order.city);
  batch.columns[kQuantity].Append<int32_t>(order.quantity);
  batch.columns[kPrice].Append<double>(order.price);
  batch.columns[kAmount].Append<double>(order.amount);
  batch.columns[kWeight].Append<double>(order.weight);
  batch.columns[kOrdered].Append<int32_t>(order.ordered);
  batch.columns[kShipped].Append<int32_t>(order.shipped);
  ++batch.rows;
}

/// One way to spoil a row, and as what it should be found.
struct Spoiling {
  AnomalyKind kind;
  std::string_view column;
  void (*spoil)(Order&);
};
constexpr auto kSpoilings = std::to_array<Spoiling>({
    {AnomalyKind::kOutlier, "price", [](Order& order) { order.price = 9'500'000; }},
    {AnomalyKind::kOutlier, "price", [](Order& order) { order.price = -400'000; }},
    {AnomalyKind::kOutlier, "quantity", [](Order& order) { order.quantity = 4000; }},
    {AnomalyKind::kPlaceholder, "weight", [](Order& order) { order.weight = 9999; }},
    {AnomalyKind::kPlaceholder, "weight", [](Order& order) { order.weight = 9999; }},
    {AnomalyKind::kPlaceholder, "weight", [](Order& order) { order.weight = 9999; }},
    {AnomalyKind::kMisspelling, "city", [](Order& order) { order.city = "Hambrug"; }},
    {AnomalyKind::kMisspelling, "city", [](Order& order) { order.city = "toronto "; }},
    {AnomalyKind::kRareValue, "status", [](Order& order) { order.status = "limbo"; }},
    {AnomalyKind::kRarePattern, "code", [](Order& order) { order.code = "AB/1234567"; }},
    {AnomalyKind::kSentinelDate, "ordered", [](Order& order) { order.ordered = -25'567; }},    // 1900-01-01
    {AnomalyKind::kSentinelDate, "shipped", [](Order& order) { order.shipped = 2'932'896; }},  // 9999-12-31
    {AnomalyKind::kFutureDate, "shipped", [](Order& order) { order.shipped = kGeneratedToday + 90; }},
    {AnomalyKind::kDateOutlier, "ordered", [](Order& order) { order.ordered = -60'000; }},
    {AnomalyKind::kWrongOrder, "shipped", [](Order& order) { order.shipped = order.ordered - 20; }},
    {AnomalyKind::kRareCombination, "currency",
     [](Order& order) { order.currency = order.currency == "JPY" ? "CAD" : "JPY"; }},
    {AnomalyKind::kRareCombination, "weight",
     [](Order& order) {
       order.quantity = 38;
       order.weight = 2.5;
       order.amount = std::round(3800 * order.price) / 100;
     }},
});

constexpr double kGapBegin = 0.5, kGapEnd = 0.54;  ///< part of the table without rows

double SeriesValue(SeriesShape shape, const SeriesPoint& point, size_t index, SeededRandom& random) {
  const double day = 2 * std::numbers::pi * static_cast<double>(point.time % kDay) / static_cast<double>(kDay);
  const bool weekend = (point.time / kDay + 3) % 7 >= 5;  // 1970-01-01 was a Thursday
  const double daily = 100 + 40 * std::sin(day) + 4 * random.Normal();
  switch (shape) {
    case SeriesShape::kNoise: return 50 + 5 * random.Normal();
    case SeriesShape::kDaily: return daily;
    case SeriesShape::kWeekly: return weekend ? 0.4 * daily : daily;
    case SeriesShape::kTrend: return 0.02 * static_cast<double>(index) + 3 * random.Normal();
    default: return std::floor(random.Exponential() * 6);
  }
}

double Deviation(const std::vector<SeriesPoint>& series) {
  double mean = 0, squares = 0;
  for (const auto& point : series) mean += point.value / static_cast<double>(series.size());
  for (const auto& point : series) squares += std::pow(point.value - mean, 2);
  return std::sqrt(squares / static_cast<double>(series.size()));
}

}  // namespace

std::string_view ToString(Shape shape) {
  constexpr std::array<std::string_view, 9> kNames = {"normal",  "lognormal", "exponential", "zipf",  "uniform",
                                                      "bimodal", "seasonal",  "student",     "pareto"};
  return kNames[static_cast<size_t>(shape)];
}

std::vector<double> CleanNumbers(Shape shape, size_t count, uint64_t seed) {
  SeededRandom random(seed * 1000 + static_cast<uint64_t>(shape));
  const bool whole = shape == Shape::kZipf;
  const double scale = whole ? 1 : std::exp(2 * random.Normal());
  const bool positive = shape == Shape::kLogNormal || shape == Shape::kPareto || whole;
  const double location = positive ? 0 : 20 * scale * random.Normal();
  std::vector<double> values;
  for (size_t index = 0; index < count; ++index)
    values.push_back(location + scale * DrawStandard(shape, index, random));
  return values;
}

GeneratedTable CleanTable(size_t rows, uint64_t seed) {
  GeneratedTable table{.schema = TableSchema()};
  table.batch = Batch(table.schema);
  SeededRandom random(seed);
  for (size_t row = 0; row < rows; ++row) Append(DrawOrder(row, rows, random), table.batch);
  return table;
}

/// Spoilt rows stand far enough apart that each is one finding; a part of the days has no rows.
GeneratedTable PlantedTable(size_t rows, uint64_t seed) {
  GeneratedTable table{.schema = TableSchema()};
  table.batch = Batch(table.schema);
  SeededRandom random(seed);
  const size_t distance = rows / (kSpoilings.size() + 2);
  bool in_gap = false;
  for (size_t row = 0; row < rows; ++row) {
    Order order = DrawOrder(row, rows, random);
    const double part = static_cast<double>(row) / static_cast<double>(rows);
    if (part >= kGapBegin && part < kGapEnd) {
      in_gap = true;
      continue;
    }
    if (in_gap) table.planted.push_back({.kind = AnomalyKind::kDateGap, .column = "ordered", .row = table.batch.rows});
    in_gap = false;
    const size_t turn = row / distance;
    if (row % distance == distance / 2 && turn < kSpoilings.size()) {
      kSpoilings[turn].spoil(order);
      table.planted.push_back(
          {.kind = kSpoilings[turn].kind, .column = std::string(kSpoilings[turn].column), .row = table.batch.rows});
    }
    Append(order, table.batch);
  }
  return table;
}

std::vector<SeriesPoint> CleanSeries(SeriesShape shape, size_t count, Micros step, uint64_t seed) {
  SeededRandom random(seed * 1000 + static_cast<uint64_t>(shape));
  std::vector<SeriesPoint> series;
  for (size_t index = 0; index < count; ++index) {
    SeriesPoint point{.time = kGeneratedToday * kDay + static_cast<Micros>(index) * step};
    point.value = SeriesValue(shape, point, index, random);
    series.push_back(point);
  }
  return series;
}

void Disturb(std::vector<SeriesPoint>& series, Disturbance disturbance, size_t index, uint64_t seed) {
  SeededRandom random(seed);
  const double deviation = Deviation(series), level = series[index].value;
  const auto stretch = [&](size_t count, auto change) {
    for (size_t at = index; at < std::min(index + count, series.size()); ++at)
      series[at].value = change(series[at].value);
  };
  switch (disturbance) {
    case Disturbance::kSpike: return stretch(2, [&](double value) { return value + 12 * deviation; });
    case Disturbance::kDrop: return stretch(3, [&](double value) { return value - 12 * deviation; });
    case Disturbance::kLevelShift: return stretch(series.size(), [&](double value) { return value + 8 * deviation; });
    case Disturbance::kFlat: return stretch(120, [&](double) { return level; });
    case Disturbance::kNoisier:
      return stretch(120, [&](double value) { return value + 6 * deviation * random.Normal(); });
  }
}

}  // namespace migrateiq::anomaly
