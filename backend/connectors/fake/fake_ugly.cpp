#include <array>
#include <cmath>
#include <limits>

#include "connectors/fake/fake_values.hpp"

// Everything that has ever broken a migration tool, in one table: every logical type, extreme values, odd names and
// texts.
namespace migrateiq::fake {

namespace {

using enum TypeKind;
using namespace std::string_view_literals;

constexpr std::array kTexts{""sv,
                            " leading and trailing "sv,
                            "tab\tnew\nline\r\nreturn"sv,
                            "quote ' double \" back\\slash `tick`"sv,
                            "comma,semicolon;pipe|"sv,
                            "naïve café Straße"sv,
                            "日本語テキスト"sv,
                            "🙂👩‍👩‍👧‍👦🏳️‍🌈"sv,
                            "e\u0301 combining"sv,
                            "مرحبا RTL עברית"sv,
                            "NULL"sv,
                            "\\N"sv,
                            "null"sv,
                            "0"sv,
                            "-"sv,
                            "{\"not\": \"json\"}"sv,
                            "<xml>&amp;</xml>"sv,
                            "=1+1"sv,
                            "\u200Bzero width"sv,
                            "\uFEFFBOM"sv,
                            "nul\0byte"sv,
                            "\x01\x02\x1f"sv,
                            "\U0010FFFF"sv,
                            "Robert'); DROP TABLE students;--"sv,
                            "%s%n $1 ${HOME} {0}"sv};

constexpr std::array<int64_t, 8> kIntegers{0, 1, -1, INT64_MAX, INT64_MIN, 1LL << 53, (1LL << 53) + 1, INT32_MIN};
constexpr std::array<int32_t, 7> kDays{0,      -1,     2'932'896, -719'162,
                                       11'016, 11'381, -141'427};  // 9999-12-31, 0001-01-01, 2000-02-29 ...
constexpr int64_t kDayMicros = 86'400'000'000;

const std::array<double, 9> kDoubles{0.0,     0.1, -1.5, 1e308, 5e-324, std::nextafter(1.0, 2.0), 123456789.123456789,
                                     -1e-300, 1e22};
const std::array<double, 3> kSpecials{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                                      -std::numeric_limits<double>::infinity()};

constexpr std::array kDecimals{"0"sv,
                               "0.0000000001"sv,
                               "-99999999999999999999.9999999999"sv,
                               "99999999999999999999.9999999999"sv,
                               "1.10"sv,
                               "12345678901234567890.0123456789"sv};
constexpr std::array kPadded{"a"sv, "Straße"sv, "0123456789"sv};
constexpr std::array kDocuments{R"({})"sv,     R"([])"sv,   R"({"ü":"\u00e9\n","n":1.10,"big":12345678901234567890})"sv,
                                R"("text")"sv, R"(null)"sv, R"({"nested":{"a":[1,2,{"b":null}]}})"sv,
                                R"(1.0)"sv};

template <class T, size_t N>
Generator Cycle(const std::array<T, N>& values) {
  return [values](Column& column, const Row& row) { column.Append<T>(values[static_cast<size_t>(row.number) % N]); };
}

template <size_t N>
Generator CycleText(const std::array<std::string_view, N>& values) {
  return [values](Column& column, const Row& row) { column.AppendBytes(values[static_cast<size_t>(row.number) % N]); };
}

template <class T>
Generator Limits() {
  return [](Column& column, const Row& row) {
    const std::array<T, 4> values{0, std::numeric_limits<T>::max(), std::numeric_limits<T>::min(), 1};
    column.Append<T>(values[static_cast<size_t>(row.number) % 4]);
  };
}

/// Mostly short, now and then up to 100,000 characters.
void AppendLong(Column& column, const Row& row) {
  AppendWords(column, row, 20, row.number % 500 == 7 ? 100'000 : row.number % 50 == 3 ? 5'000 : 60);
}

void AppendBytes(Column& column, const Row& row) {
  std::string bytes;
  for (int64_t i = 0; i < row.number % 300; ++i) bytes += static_cast<char>(row.number + i);
  column.AppendBytes(bytes);
}

void AppendTimes(Column& column, const Row& row) {
  column.Append<int64_t>(
      std::array<int64_t, 4>{0, kDayMicros - 1, 1, 43'200'000'000}[static_cast<size_t>(row.number) % 4]);
}

void AppendStamp(Column& column, const Row& row) {
  const auto day = kDays[static_cast<size_t>(row.number) % kDays.size()];
  column.Append<int64_t>(day * kDayMicros + (row.number % 3 == 0 ? 0 : row.Range(21, 0, kDayMicros - 1)));
}

void AppendDouble(Column& column, const Row& row, bool specials) {
  const auto at = static_cast<size_t>(row.number);
  column.Append<double>(specials && at % 4 == 0 ? kSpecials[at / 4 % 3] : kDoubles[at % kDoubles.size()]);
}

void AppendFloat(Column& column, const Row& row) {
  column.Append<float>(std::array<float, 5>{0.0F, 0.1F, 3.4028235e38F, 1.17549435e-38F,
                                            -16777217.0F}[static_cast<size_t>(row.number) % 5]);
}

constexpr uint32_t kNulls = 100;

void AddNumbers(TableBuilder& table, bool specials) {
  table.Nullable("select", LogicalType::Of(kBool), kNulls, AnyValue(30, LogicalType::Of(kBool)))
      .Nullable("tiny", LogicalType::Of(kInt8), kNulls, Limits<int8_t>())
      .Nullable("small", LogicalType::Of(kInt16), kNulls, Limits<int16_t>())
      .Nullable("int", LogicalType::Of(kInt32), kNulls, Limits<int32_t>())
      .Nullable("Big Int", LogicalType::Of(kInt64), kNulls, Cycle(kIntegers))
      .Nullable("unsigned", LogicalType::Of(kUInt64), kNulls, Limits<uint64_t>())
      .Nullable("float", LogicalType::Of(kFloat), kNulls, AppendFloat)
      .Nullable("double", LogicalType::Of(kDouble), kNulls,
                [specials](Column& column, const Row& row) { AppendDouble(column, row, specials); })
      .Nullable("decimal", LogicalType::Decimal(30, 10), kNulls, CycleText(kDecimals))
      .Nullable("money", LogicalType::Decimal(12, 2), kNulls, Cents(31, -999'999'999'999, 999'999'999'999));
}

void AddTexts(TableBuilder& table) {
  table.Nullable("Größe \"quoted\"", LogicalType::String(), kNulls, CycleText(kTexts))
      .Nullable("short", LogicalType::String(40), kNulls, CycleText(kTexts))
      .Nullable("char", {.kind = kChar, .length = 10}, kNulls, CycleText(kPadded))
      .Nullable("long", LogicalType::String(), kNulls, AppendLong)
      .Nullable("bytes", LogicalType::Bytes(), kNulls, AppendBytes)
      .Nullable("json", {.kind = kJson}, kNulls, CycleText(kDocuments))
      .Nullable("enum", {.kind = kEnum, .labels = {"new", "it's", "größer", "with space"}}, kNulls,
                AnyValue(33, {.kind = kEnum, .labels = {"new", "it's", "größer", "with space"}}))
      .Nullable("bits", {.kind = kBit, .length = 12}, kNulls, AnyValue(34, {.kind = kBit, .length = 12}));
}

void AddTimes(TableBuilder& table) {
  table.Nullable("date", LogicalType::Of(kDate), kNulls, Cycle(kDays))
      .Nullable("time", LogicalType::Of(kTime), kNulls, AppendTimes)
      .Nullable("timestamp", LogicalType::Of(kTimestamp), kNulls, AppendStamp)
      .Nullable("with zone", LogicalType::Of(kTimestampTz), kNulls, AppendStamp)
      .Nullable("interval", LogicalType::Of(kInterval), kNulls, AnyValue(35, LogicalType::Of(kInterval)))
      .Nullable("uuid", LogicalType::Of(kUuid), kNulls, AnyValue(36, LogicalType::Of(kUuid)));
}

}  // namespace

Shape UglyShape(const ShapeOptions& options) {
  TableBuilder table("ugly", options.rows < 0 ? 1'000 : options.rows, options.seed);
  table.Add("order", LogicalType::Of(kInt64), RowNumber()).Key({"order"});
  AddNumbers(table, options.specials);
  AddTexts(table);
  AddTimes(table);
  TableBuilder empty("Empty Tåble", 0, options.seed);
  empty.Add("x", LogicalType::Of(kInt32), RowNumber());
  TableBuilder keyless("no_key", 100, options.seed);
  keyless.Nullable("twice", LogicalType::String(), kNulls, CycleText(kTexts));
  Shape shape;
  shape.tables.push_back(table.Build());
  shape.tables.push_back(empty.Build());
  shape.tables.push_back(keyless.Build());
  return shape;
}

}  // namespace migrateiq::fake
