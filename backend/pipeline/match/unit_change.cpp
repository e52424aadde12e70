#include "pipeline/match/unit_change.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "pipeline/match/transformations.hpp"
#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

struct Unit {
  double factor;
  const char* text;
};
constexpr std::array<Unit, 16> kUnits = {{{100, "hundredths (cents)"},
                                          {0.01, "whole units of hundredths (cents)"},
                                          {1000, "thousandths"},
                                          {0.001, "whole units of thousandths"},
                                          {2.54, "inches to centimetres"},
                                          {1 / 2.54, "centimetres to inches"},
                                          {0.45359237, "pounds to kilograms"},
                                          {1 / 0.45359237, "kilograms to pounds"},
                                          {1.609344, "miles to kilometres"},
                                          {1 / 1.609344, "kilometres to miles"},
                                          {0.3048, "feet to metres"},
                                          {1 / 0.3048, "metres to feet"},
                                          {60, "minutes to seconds"},
                                          {1.0 / 60, "seconds to minutes"},
                                          {24, "days to hours"},
                                          {28.349523125, "ounces to grams"}}};

double Quantile(const std::vector<double>& sorted, double at) {
  return sorted[static_cast<size_t>(std::lround(at * static_cast<double>(sorted.size() - 1)))];
}

/// How far the quantiles are from the factor, as a ratio; large when they do not have one.
double Misfit(const std::vector<double>& a, const std::vector<double>& b, double factor) {
  double worst = 0;
  for (const double at : {0.1, 0.25, 0.5, 0.75, 0.9}) {
    const double x = Quantile(a, at), y = Quantile(b, at);
    if (x <= 0 || y <= 0) return 100;
    worst = std::max(worst, std::abs(std::log(y / x / factor)));
  }
  return worst;
}

/// A unit that names say, as a multiple of its dimension's base.
struct NamedUnit {
  std::string_view word;
  char dimension;
  double size;
};
constexpr std::array<NamedUnit, 41> kNamedUnits = {{{"milliseconds", 't', 0.001},
                                                    {"millisecond", 't', 0.001},
                                                    {"millis", 't', 0.001},
                                                    {"ms", 't', 0.001},
                                                    {"msec", 't', 0.001},
                                                    {"seconds", 't', 1},
                                                    {"second", 't', 1},
                                                    {"sec", 't', 1},
                                                    {"secs", 't', 1},
                                                    {"minutes", 't', 60},
                                                    {"minute", 't', 60},
                                                    {"mins", 't', 60},
                                                    {"hours", 't', 3600},
                                                    {"hour", 't', 3600},
                                                    {"hrs", 't', 3600},
                                                    {"days", 't', 86400},
                                                    {"cents", 'm', 0.01},
                                                    {"cent", 'm', 0.01},
                                                    {"euros", 'm', 1},
                                                    {"euro", 'm', 1},
                                                    {"eur", 'm', 1},
                                                    {"dollars", 'm', 1},
                                                    {"usd", 'm', 1},
                                                    {"mm", 'l', 0.001},
                                                    {"cm", 'l', 0.01},
                                                    {"inch", 'l', 0.0254},
                                                    {"inches", 'l', 0.0254},
                                                    {"ft", 'l', 0.3048},
                                                    {"feet", 'l', 0.3048},
                                                    {"meters", 'l', 1},
                                                    {"km", 'l', 1000},
                                                    {"miles", 'l', 1609.344},
                                                    {"mi", 'l', 1609.344},
                                                    {"grams", 'w', 0.001},
                                                    {"kg", 'w', 1},
                                                    {"lb", 'w', 0.45359237},
                                                    {"lbs", 'w', 0.45359237},
                                                    {"bytes", 'b', 1},
                                                    {"kb", 'b', 1024},
                                                    {"mb", 'b', 1048576},
                                                    {"gb", 'b', 1073741824}}};

const NamedUnit* UnitIn(const ColumnName& name) {
  for (const std::string& word : SplitName(name.text))
    for (const NamedUnit& unit : kNamedUnits)
      if (unit.word == word) return &unit;
  return nullptr;
}

}  // namespace

std::optional<Transformation> UnitChange(const MatchColumn& source, const ColumnFacts& a, const ColumnFacts& b) {
  if (!a.numeric() || !b.numeric() || a.present < 20 || b.present < 20 || a.distinct < 8 || b.distinct < 8)
    return std::nullopt;
  if (Misfit(a.numbers, b.numbers, 1) < 0.35) return std::nullopt;
  const auto best =
      std::ranges::min_element(kUnits, {}, [&](const Unit& unit) { return Misfit(a.numbers, b.numbers, unit.factor); });
  const double misfit = Misfit(a.numbers, b.numbers, best->factor);
  if (misfit > 0.15) return std::nullopt;
  const std::string expr = best->factor > 1 || best->factor < 0.0011 || best->factor > 0.011
                               ? fmt::format("{} * {:.9g}", QuotedColumn(source.name), best->factor)
                               : fmt::format("{} / {:.9g}", QuotedColumn(source.name), 1 / best->factor);
  return Transformation{"unit", {}, expr, std::string("another unit: ") + best->text, 0.9 - 2 * misfit, 1 - misfit};
}

std::optional<Transformation> UnitByName(const MatchColumn& source, const ColumnName& from, const ColumnName& to,
                                         const ColumnFacts& values) {
  const NamedUnit* a = UnitIn(from);
  const NamedUnit* b = UnitIn(to);
  if (a == nullptr || b == nullptr || a->dimension != b->dimension || a->size == b->size ||
      (!values.empty() && !values.numeric()))
    return std::nullopt;
  const bool smaller = a->size < b->size;
  const std::string expr = fmt::format("{} {} {:.9g}", QuotedColumn(source.name), smaller ? "/" : "*",
                                       smaller ? b->size / a->size : a->size / b->size);
  return Transformation{"unit", {}, expr, fmt::format("the names say {} and {}", a->word, b->word), 0.75, -1};
}

}  // namespace migrateiq::match
