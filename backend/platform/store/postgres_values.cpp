#include "platform/store/postgres_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <memory>

namespace migrateiq::store::detail {

namespace {

// Of pg_type.dat; fixed for ever.
constexpr Oid kBool = 16, kBytea = 17, kName = 19, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25, kOid = 26,
              kJson = 114, kFloat4 = 700, kFloat8 = 701, kUnknown = 705, kBpchar = 1042, kVarchar = 1043;

constexpr std::array kTexts{kText, kVarchar, kBpchar, kName, kUnknown, kJson};
constexpr std::array kIntegers{kInt8, kInt4, kInt2, kOid};

template <class Types>
bool IsOneOf(Oid type, const Types& types) {
  return std::ranges::find(types, type) != types.end();
}

template <class Unsigned>
Unsigned FromBigEndian(const char* bytes) {
  Unsigned number = 0;
  for (size_t index = 0; index < sizeof(Unsigned); ++index)
    number = static_cast<Unsigned>(number << 8 | static_cast<unsigned char>(bytes[index]));
  return number;
}

Value FromBinary(Oid type, const char* bytes, size_t size) {
  switch (type) {
    case kInt8: return static_cast<int64_t>(FromBigEndian<uint64_t>(bytes));
    case kInt4: return int64_t{static_cast<int32_t>(FromBigEndian<uint32_t>(bytes))};
    case kInt2: return int64_t{static_cast<int16_t>(FromBigEndian<uint16_t>(bytes))};
    case kOid: return int64_t{FromBigEndian<uint32_t>(bytes)};
    case kBool: return int64_t{bytes[0] != 0};
    case kFloat8: return std::bit_cast<double>(FromBigEndian<uint64_t>(bytes));
    case kFloat4: return double{std::bit_cast<float>(FromBigEndian<uint32_t>(bytes))};
    case kBytea: return Bytes{std::string(bytes, size)};
    default: return std::string(bytes, size);
  }
}

template <class Number>
Number Parse(const char* bytes, size_t size) {
  Number number{};
  std::from_chars(bytes, bytes + size, number);
  return number;
}

Bytes Unescaped(const char* text) {
  size_t size = 0;
  const std::unique_ptr<unsigned char, void (*)(void*)> bytes(
      PQunescapeBytea(reinterpret_cast<const unsigned char*>(text), &size), PQfreemem);
  return {std::string(reinterpret_cast<const char*>(bytes.get()), size)};
}

Value FromText(Oid type, const char* bytes, size_t size) {
  if (IsOneOf(type, kIntegers)) return Parse<int64_t>(bytes, size);
  if (type == kFloat8 || type == kFloat4) return Parse<double>(bytes, size);
  if (type == kBool) return int64_t{bytes[0] == 't'};
  if (type == kBytea) return Unescaped(bytes);
  return std::string(bytes, size);
}

struct Column {
  Oid type;
  bool binary;
};

std::vector<Column> ColumnsOf(const PGresult* result) {
  std::vector<Column> columns;
  for (int column = 0; column < PQnfields(result); ++column)
    columns.push_back({PQftype(result, column), PQfformat(result, column) == 1});
  return columns;
}

Row RowAt(const PGresult* result, int row, const std::vector<Column>& columns) {
  std::vector<Value> values(columns.size());
  for (size_t index = 0; index < columns.size(); ++index) {
    const int column = static_cast<int>(index);
    if (PQgetisnull(result, row, column) != 0) continue;
    const char* bytes = PQgetvalue(result, row, column);
    const auto size = static_cast<size_t>(PQgetlength(result, row, column));
    values[index] = columns[index].binary ? FromBinary(columns[index].type, bytes, size)
                                          : FromText(columns[index].type, bytes, size);
  }
  return Row(std::move(values));
}

}  // namespace

Oid TypeFor(const Value& value) {
  constexpr std::array<Oid, 5> kByKind{0, kInt8, kFloat8, kText, kBytea};
  const auto* null = std::get_if<Null>(&value);
  return kByKind[null != nullptr ? null->kind : value.index()];
}

bool Fits(const Value& value, Oid type) {
  const Oid own = TypeFor(value);
  if (own == kInt8) return IsOneOf(type, kIntegers);
  if (own == kText) return IsOneOf(type, kTexts);
  return own == 0 || own == type;
}

bool KnownInBinary(Oid type) {
  constexpr std::array kOthers{kBool, kBytea, kFloat4, kFloat8};
  return IsOneOf(type, kTexts) || IsOneOf(type, kIntegers) || IsOneOf(type, kOthers);
}

// Numbers go as text, which fits every numeric type; texts and bytes as they are, which in binary form needs no
// terminating NUL and no escapes.
Parameters::Parameters(const std::vector<Value>& values) {
  texts_.reserve(values.size());
  for (const Value& value : values) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      Add(text->data(), text->size(), 1);
    } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
      Add(bytes->value.data(), bytes->value.size(), 1);
    } else if (std::holds_alternative<Null>(value)) {
      Add(nullptr, 0, 0);
    } else {
      const auto* integer = std::get_if<int64_t>(&value);
      texts_.push_back(integer != nullptr ? std::to_string(*integer) : fmt::format("{}", std::get<double>(value)));
      Add(texts_.back().c_str(), texts_.back().size(), 0);
    }
  }
}

void Parameters::Add(const char* bytes, size_t size, int format) {
  pointers_.push_back(bytes);
  lengths_.push_back(static_cast<int>(size));
  formats_.push_back(format);
}

Rows RowsOf(const PGresult* result) {
  const std::vector<Column> columns = ColumnsOf(result);
  const int count = PQntuples(result);
  Rows rows;
  rows.reserve(static_cast<size_t>(count));
  for (int row = 0; row < count; ++row) rows.push_back(RowAt(result, row, columns));
  return rows;
}

}  // namespace migrateiq::store::detail
