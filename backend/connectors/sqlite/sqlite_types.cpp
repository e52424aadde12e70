#include "connectors/sqlite/sqlite_types.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "connectors/sqlite/sqlite_names.hpp"

namespace migrateiq::sqlite {

namespace {

constexpr int kExactDigits = 15;  // that a REAL keeps

bool Contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// "VARCHAR ( 40 )" -> name "VARCHAR", arguments {40}; words after the bracket are part of the name.
struct Declared {
  std::string name;
  std::vector<int> arguments;

  int Argument(size_t index, int otherwise) const { return index < arguments.size() ? arguments[index] : otherwise; }
};

std::vector<int> ParseArguments(std::string_view inside) {
  std::vector<int> arguments;
  while (!inside.empty()) {
    const size_t comma = std::min(inside.find(','), inside.size());
    std::string_view item = inside.substr(0, comma);
    item.remove_prefix(std::min(item.find_first_not_of(" \t\r\n+"), item.size()));
    int value = 0;
    if (std::from_chars(item.data(), item.data() + item.size(), value).ec == std::errc()) arguments.push_back(value);
    inside.remove_prefix(std::min(comma + 1, inside.size()));
  }
  return arguments;
}

void AppendWord(std::string& name, std::string_view text) {
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank)
      name += UpperChar(c);
    else if (!name.empty() && name.back() != ' ')
      name += ' ';
  }
}

Declared Parse(std::string_view text) {
  Declared declared;
  const size_t open = text.find('(');
  const size_t close = text.find(')', open == std::string_view::npos ? 0 : open);
  AppendWord(declared.name, text.substr(0, open));
  if (open != std::string_view::npos && close != std::string_view::npos) {
    declared.arguments = ParseArguments(text.substr(open + 1, close - open - 1));
    declared.name += ' ';
    AppendWord(declared.name, text.substr(close + 1));
  }
  while (declared.name.ends_with(' ')) declared.name.pop_back();
  return declared;
}

enum class Shape : uint8_t { kPlain, kLength, kDecimal, kDecimalText, kFraction, kBitText };

struct Word {
  std::string_view name;
  TypeKind kind;
  Shape shape = Shape::kPlain;
};

constexpr std::array kWords{
    Word{"BOOLEAN", TypeKind::kBool},
    Word{"BOOL", TypeKind::kBool},
    Word{"BIT", TypeKind::kBool},
    Word{"LOGICAL", TypeKind::kBool},
    Word{"LONG", TypeKind::kInt64},
    Word{"SHORT", TypeKind::kInt64},
    Word{"BYTE", TypeKind::kInt64},
    Word{"YEAR", TypeKind::kInt64},
    Word{"SERIAL", TypeKind::kInt64},
    Word{"BIGSERIAL", TypeKind::kInt64},
    Word{"COUNTER", TypeKind::kInt64},
    Word{"FLOATING POINT", TypeKind::kDouble},
    Word{"DECIMAL", TypeKind::kDecimal, Shape::kDecimal},
    Word{"NUMERIC", TypeKind::kDecimal, Shape::kDecimal},
    Word{"DEC", TypeKind::kDecimal, Shape::kDecimal},
    Word{"NUMBER", TypeKind::kDecimal, Shape::kDecimal},
    Word{"FIXED", TypeKind::kDecimal, Shape::kDecimal},
    Word{"MONEY", TypeKind::kDecimal, Shape::kDecimal},
    Word{"SMALLMONEY", TypeKind::kDecimal, Shape::kDecimal},
    Word{"CURRENCY", TypeKind::kDecimal, Shape::kDecimal},
    Word{"DECIMAL_TEXT", TypeKind::kDecimal, Shape::kDecimalText},
    Word{"DATE", TypeKind::kDate},
    Word{"DATETIME", TypeKind::kTimestamp, Shape::kFraction},
    Word{"TIMESTAMP", TypeKind::kTimestamp, Shape::kFraction},
    Word{"TIMESTAMP WITHOUT TIME ZONE", TypeKind::kTimestamp, Shape::kFraction},
    Word{"DATETIME2", TypeKind::kTimestamp, Shape::kFraction},
    Word{"SMALLDATETIME", TypeKind::kTimestamp},
    Word{"TIMESTAMPTZ", TypeKind::kTimestampTz, Shape::kFraction},
    Word{"TIMESTAMP WITH TIME ZONE", TypeKind::kTimestampTz, Shape::kFraction},
    Word{"DATETIMEOFFSET", TypeKind::kTimestampTz, Shape::kFraction},
    Word{"TIME", TypeKind::kTime, Shape::kFraction},
    Word{"TIME WITHOUT TIME ZONE", TypeKind::kTime, Shape::kFraction},
    Word{"INTERVAL", TypeKind::kInterval},
    Word{"UUID", TypeKind::kUuid},
    Word{"GUID", TypeKind::kUuid},
    Word{"UNIQUEIDENTIFIER", TypeKind::kUuid},
    Word{"JSON", TypeKind::kJson},
    Word{"JSON TEXT", TypeKind::kJson},
    Word{"JSONB", TypeKind::kJson},
    Word{"STRING", TypeKind::kString, Shape::kLength},
    Word{"XML", TypeKind::kString},
    Word{"ENUM", TypeKind::kString},
    Word{"BIT_TEXT", TypeKind::kBit, Shape::kBitText},
    Word{"GEOMETRY BLOB", TypeKind::kGeometry},
    Word{"BINARY", TypeKind::kBytes, Shape::kLength},
    Word{"VARBINARY", TypeKind::kBytes, Shape::kLength},
    Word{"RAW", TypeKind::kBytes, Shape::kLength},
    Word{"BYTEA", TypeKind::kBytes},
    Word{"IMAGE", TypeKind::kBytes},
    Word{"GEOMETRY", TypeKind::kBytes},
};

LogicalType DecimalOf(const Declared& declared, bool text) {
  if (declared.arguments.empty()) return LogicalType::Decimal(0, -1);
  const int precision = declared.Argument(0, 0);
  const int scale = declared.Argument(1, 0);
  const bool sane = precision > 0 && scale >= 0 && scale <= precision;
  return sane || text ? LogicalType::Decimal(precision, scale) : LogicalType::Decimal(0, -1);
}

LogicalType Shaped(const Word& word, const Declared& declared) {
  LogicalType type = LogicalType::Of(word.kind);
  const int first = declared.Argument(0, 0);
  switch (word.shape) {
    case Shape::kPlain: break;
    case Shape::kLength:
    case Shape::kBitText: type.length = std::max(first, 0); break;
    case Shape::kDecimal: return DecimalOf(declared, false);
    case Shape::kDecimalText: return DecimalOf(declared, true);
    case Shape::kFraction: type.precision = declared.arguments.empty() ? 6 : std::clamp(first, 0, 6); break;
  }
  return type;
}

/// What the substrings that make an affinity say; nothing for NUMERIC.
std::optional<LogicalType> ByAffinity(const Declared& declared) {
  const int length = std::max(declared.Argument(0, 0), 0);
  switch (AffinityOf(declared.name)) {
    case Affinity::kInteger: return LogicalType::Of(TypeKind::kInt64);
    case Affinity::kText: return LogicalType::String(length);
    case Affinity::kBlob: return declared.name.empty() ? LogicalType::String() : LogicalType::Bytes(length);
    case Affinity::kReal: return LogicalType::Of(TypeKind::kDouble);
    case Affinity::kNumeric: break;
  }
  return std::nullopt;
}

std::string WithLength(std::string name, int length) {
  return length > 0 ? std::move(name) + "(" + std::to_string(length) + ")" : name;
}

std::string WithFraction(std::string name, int digits) {
  return digits < 6 ? std::move(name) + "(" + std::to_string(std::max(digits, 0)) + ")" : name;
}

NativeType NativeDecimal(const LogicalType& type) {
  const std::string arguments = "(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")";
  const bool bounded = type.precision > 0 && type.scale >= 0;
  const bool exact_as_real = bounded && type.precision <= kExactDigits && type.scale <= type.precision;
  if (exact_as_real) return {"DECIMAL" + arguments, ""};
  return {bounded ? "DECIMAL_TEXT" + arguments : "DECIMAL_TEXT",
          "kept as text so that no digit is lost; compares as text unless cast"};
}

NativeType NativeText(const LogicalType& type) {
  switch (type.kind) {
    case TypeKind::kChar: return {WithLength("CHAR", type.length), ""};
    case TypeKind::kEnum: return {"TEXT", type.set ? "set kept as text" : "enum kept as text"};
    case TypeKind::kArray: return {"TEXT", "array kept as its text form"};
    case TypeKind::kJson: return {"JSON TEXT", ""};
    case TypeKind::kBit: return {WithLength("BIT_TEXT", type.length), "bits kept as text of 0 and 1"};
    default: return {type.length > 0 ? WithLength("VARCHAR", type.length) : "TEXT", ""};
  }
}

}  // namespace

Affinity AffinityOf(std::string_view declared) {
  const std::string name = Upper(declared);
  if (Contains(name, "INT")) return Affinity::kInteger;
  if (Contains(name, "CHAR") || Contains(name, "CLOB") || Contains(name, "TEXT")) return Affinity::kText;
  if (Contains(name, "BLOB") || name.empty()) return Affinity::kBlob;
  if (Contains(name, "REAL") || Contains(name, "FLOA") || Contains(name, "DOUB")) return Affinity::kReal;
  return Affinity::kNumeric;
}

std::optional<LogicalType> KnownType(std::string_view text) {
  const Declared declared = Parse(text);
  const auto* word = std::ranges::find(kWords, declared.name, &Word::name);
  const bool many_bits = declared.name == "BIT" && declared.Argument(0, 1) > 1;
  if (word != kWords.end() && !many_bits) return Shaped(*word, declared);
  if (declared.name == "ANY") return LogicalType::String();
  return ByAffinity(declared);
}

LogicalType TypeOfDeclared(std::string_view declared) {
  return KnownType(declared).value_or(LogicalType::Decimal(0, -1));
}

bool IsTypeless(std::string_view declared) { return declared.empty() || SameName(declared, "ANY"); }

NativeType NativeFor(const LogicalType& type) {
  switch (type.kind) {
    case TypeKind::kBool: return {"BOOLEAN", ""};
    case TypeKind::kInt8: return {"TINYINT", ""};
    case TypeKind::kInt16: return {"SMALLINT", ""};
    case TypeKind::kInt32: return {"INTEGER", ""};
    case TypeKind::kInt64: return {"BIGINT", ""};
    case TypeKind::kUInt64: return {"DECIMAL_TEXT(20,0)", "kept as text: SQLite's integers end at 2^63-1"};
    case TypeKind::kFloat: return {"REAL", ""};
    case TypeKind::kDouble: return {"DOUBLE", ""};
    case TypeKind::kDecimal: return NativeDecimal(type);
    case TypeKind::kBytes: return {WithLength("BLOB", type.length), ""};
    case TypeKind::kDate: return {"DATE", ""};
    case TypeKind::kTime: return {WithFraction("TIME", type.precision), ""};
    case TypeKind::kTimestamp: return {WithFraction("DATETIME", type.precision), ""};
    case TypeKind::kTimestampTz: return {WithFraction("TIMESTAMPTZ", type.precision), ""};
    case TypeKind::kInterval: return {"INTERVAL", ""};
    case TypeKind::kUuid: return {"UUID", ""};
    case TypeKind::kGeometry: return {"GEOMETRY BLOB", "kept as EWKB bytes"};
    default: return NativeText(type);
  }
}

}  // namespace migrateiq::sqlite
