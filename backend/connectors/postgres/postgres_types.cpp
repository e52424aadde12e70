#include "connectors/postgres/postgres_types.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace migrateiq::postgres {

namespace {

struct KnownType {
  std::string_view spelling;  ///< lower case, modifiers taken out, one blank between words
  std::string_view name;
  Wire wire;
  TypeKind kind;
};

constexpr std::array kKnownTypes = {
    KnownType{"boolean", "bool", Wire::kBool, TypeKind::kBool},
    KnownType{"bool", "bool", Wire::kBool, TypeKind::kBool},
    KnownType{"smallint", "int2", Wire::kInt2, TypeKind::kInt16},
    KnownType{"int2", "int2", Wire::kInt2, TypeKind::kInt16},
    KnownType{"smallserial", "int2", Wire::kInt2, TypeKind::kInt16},
    KnownType{"serial2", "int2", Wire::kInt2, TypeKind::kInt16},
    KnownType{"integer", "int4", Wire::kInt4, TypeKind::kInt32},
    KnownType{"int", "int4", Wire::kInt4, TypeKind::kInt32},
    KnownType{"int4", "int4", Wire::kInt4, TypeKind::kInt32},
    KnownType{"serial", "int4", Wire::kInt4, TypeKind::kInt32},
    KnownType{"serial4", "int4", Wire::kInt4, TypeKind::kInt32},
    KnownType{"bigint", "int8", Wire::kInt8, TypeKind::kInt64},
    KnownType{"int8", "int8", Wire::kInt8, TypeKind::kInt64},
    KnownType{"bigserial", "int8", Wire::kInt8, TypeKind::kInt64},
    KnownType{"serial8", "int8", Wire::kInt8, TypeKind::kInt64},
    KnownType{"real", "float4", Wire::kFloat4, TypeKind::kFloat},
    KnownType{"float4", "float4", Wire::kFloat4, TypeKind::kFloat},
    KnownType{"double precision", "float8", Wire::kFloat8, TypeKind::kDouble},
    KnownType{"float8", "float8", Wire::kFloat8, TypeKind::kDouble},
    KnownType{"float", "float8", Wire::kFloat8, TypeKind::kDouble},
    KnownType{"double", "float8", Wire::kFloat8, TypeKind::kDouble},
    KnownType{"numeric", "numeric", Wire::kNumeric, TypeKind::kDecimal},
    KnownType{"decimal", "numeric", Wire::kNumeric, TypeKind::kDecimal},
    KnownType{"dec", "numeric", Wire::kNumeric, TypeKind::kDecimal},
    KnownType{"text", "text", Wire::kText, TypeKind::kString},
    KnownType{"character varying", "varchar", Wire::kText, TypeKind::kString},
    KnownType{"char varying", "varchar", Wire::kText, TypeKind::kString},
    KnownType{"varchar", "varchar", Wire::kText, TypeKind::kString},
    KnownType{"name", "name", Wire::kText, TypeKind::kString},
    KnownType{"character", "bpchar", Wire::kText, TypeKind::kChar},
    KnownType{"char", "bpchar", Wire::kText, TypeKind::kChar},
    KnownType{"bpchar", "bpchar", Wire::kText, TypeKind::kChar},
    KnownType{"bytea", "bytea", Wire::kBytea, TypeKind::kBytes},
    KnownType{"date", "date", Wire::kDate, TypeKind::kDate},
    KnownType{"time", "time", Wire::kTime, TypeKind::kTime},
    KnownType{"time without time zone", "time", Wire::kTime, TypeKind::kTime},
    KnownType{"timestamp", "timestamp", Wire::kTimestamp, TypeKind::kTimestamp},
    KnownType{"timestamp without time zone", "timestamp", Wire::kTimestamp, TypeKind::kTimestamp},
    KnownType{"timestamptz", "timestamptz", Wire::kTimestampTz, TypeKind::kTimestampTz},
    KnownType{"timestamp with time zone", "timestamptz", Wire::kTimestampTz, TypeKind::kTimestampTz},
    KnownType{"interval", "interval", Wire::kInterval, TypeKind::kInterval},
    KnownType{"uuid", "uuid", Wire::kUuid, TypeKind::kUuid},
    KnownType{"json", "json", Wire::kText, TypeKind::kJson},
    KnownType{"jsonb", "jsonb", Wire::kJsonb, TypeKind::kJson},
    KnownType{"bit", "bit", Wire::kBit, TypeKind::kBit},
    KnownType{"bit varying", "varbit", Wire::kBit, TypeKind::kBit},
    KnownType{"varbit", "varbit", Wire::kBit, TypeKind::kBit},
    KnownType{"time with time zone", "timetz", Wire::kAsText, TypeKind::kString},
    KnownType{"timetz", "timetz", Wire::kAsText, TypeKind::kString},
};

/// Types whose values travel as text.
constexpr std::array<std::string_view, 49> kTextTypes = {"money",
                                                         "inet",
                                                         "cidr",
                                                         "macaddr",
                                                         "macaddr8",
                                                         "xml",
                                                         "tsvector",
                                                         "tsquery",
                                                         "point",
                                                         "line",
                                                         "lseg",
                                                         "box",
                                                         "path",
                                                         "polygon",
                                                         "circle",
                                                         "oid",
                                                         "xid",
                                                         "xid8",
                                                         "cid",
                                                         "tid",
                                                         "pg_lsn",
                                                         "txid_snapshot",
                                                         "pg_snapshot",
                                                         "jsonpath",
                                                         "regclass",
                                                         "regproc",
                                                         "regprocedure",
                                                         "regoper",
                                                         "regoperator",
                                                         "regtype",
                                                         "regrole",
                                                         "regnamespace",
                                                         "regconfig",
                                                         "regdictionary",
                                                         "int4range",
                                                         "int8range",
                                                         "numrange",
                                                         "tsrange",
                                                         "tstzrange",
                                                         "daterange",
                                                         "int4multirange",
                                                         "int8multirange",
                                                         "nummultirange",
                                                         "tsmultirange",
                                                         "tstzmultirange",
                                                         "datemultirange",
                                                         "\"char\"",
                                                         "citext",
                                                         "hstore"};

constexpr std::array<std::string_view, 4> kExtensionTypes = {"geometry", "geography", "ltree", "vector"};

struct Spelling {
  std::string words;  ///< lower case, one blank between, no modifiers
  std::vector<int> modifiers;
  bool array = false;
  bool valid = true;
};

void StripArraySuffix(std::string& text, bool& array) {
  while (text.ends_with(']')) {
    const size_t open = text.rfind('[');
    if (open == std::string::npos) return;
    text.resize(open);
    while (text.ends_with(' ')) text.pop_back();
    array = true;
  }
}

bool ReadModifiers(std::string_view inside, std::vector<int>& modifiers) {
  while (!inside.empty()) {
    const size_t comma = std::min(inside.find(','), inside.size());
    std::string_view item = inside.substr(0, comma);
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    int value = 0;
    const auto [end, error] = std::from_chars(item.data(), item.data() + item.size(), value);
    if (error != std::errc() || end != item.data() + item.size()) return false;
    modifiers.push_back(value);
    inside.remove_prefix(std::min(comma + 1, inside.size()));
  }
  return true;
}

/// Lower-cases outside double quotes and keeps one blank between words.
std::string Normalize(std::string_view text) {
  std::string out;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    const bool blank = !quoted && (c == ' ' || c == '\t' || c == '\n');
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out.push_back(blank ? ' ' : (!quoted && c >= 'A' && c <= 'Z') ? static_cast<char>(c + 32) : c);
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

Spelling TakeApart(std::string_view native) {
  Spelling spelling;
  std::string text = Normalize(native);
  if (text.starts_with("pg_catalog.")) text.erase(0, 11);
  StripArraySuffix(text, spelling.array);
  if (const size_t open = text.find('('); open != std::string::npos) {
    const size_t close = text.find(')', open);
    if (close == std::string::npos) return spelling.valid = false, spelling;
    const bool numbers = ReadModifiers(std::string_view(text).substr(open + 1, close - open - 1), spelling.modifiers);
    spelling.valid = numbers || text.substr(0, open).find("geo") != std::string::npos;
    text = Normalize(text.substr(0, open) + " " + text.substr(close + 1));
  }
  spelling.words = std::move(text);
  return spelling;
}

std::string Token(std::string_view name, const std::vector<int>& modifiers) {
  std::string token(name);
  for (size_t i = 0; i < modifiers.size(); ++i) token += (i == 0 ? "(" : ",") + std::to_string(modifiers[i]);
  if (!modifiers.empty()) token += ")";
  return token;
}

LogicalType DecimalOf(const std::vector<int>& modifiers) {
  if (modifiers.empty()) return LogicalType::Decimal(0, -1);
  const int scale = modifiers.size() > 1 ? modifiers[1] : 0;
  if (scale < 0) return LogicalType::Decimal(modifiers[0] - scale, 0);
  return LogicalType::Decimal(std::max(modifiers[0], scale), scale);
}

LogicalType TypeOf(const KnownType& known, const std::vector<int>& modifiers) {
  LogicalType type = LogicalType::Of(known.kind);
  const int first = modifiers.empty() ? -1 : modifiers[0];
  switch (known.kind) {
    case TypeKind::kDecimal: return DecimalOf(modifiers);
    case TypeKind::kString: type.length = std::max(first, 0); break;
    case TypeKind::kChar: type.length = first > 0 ? first : (known.spelling == "bpchar" ? 0 : 1); break;
    case TypeKind::kBit: type.length = first > 0 ? first : (known.name == "bit" ? 1 : 0); break;
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz:
    case TypeKind::kInterval: type.precision = first >= 0 ? std::min(first, 6) : 6; break;
    case TypeKind::kJson: type.parsed = known.name == "jsonb"; break;
    default: break;
  }
  return type;
}

const KnownType* FindKnown(std::string_view words) {
  const auto found = std::ranges::find(kKnownTypes, words, &KnownType::spelling);
  return found == kKnownTypes.end() ? nullptr : &*found;
}

bool IsTextType(std::string_view words) {
  if (std::ranges::find(kTextTypes, words) != kTextTypes.end()) return true;
  const size_t dot = words.rfind('.');
  const std::string_view bare = dot == std::string_view::npos ? words : words.substr(dot + 1);
  return std::ranges::find(kExtensionTypes, bare) != kExtensionTypes.end() || bare == "citext" || bare == "hstore";
}

PgType Known(const KnownType& known, const Spelling& spelling) {
  std::vector<int> modifiers = spelling.modifiers;
  if (known.spelling == "float" && !modifiers.empty() && modifiers[0] <= 24) return Known(*FindKnown("real"), {});
  if (known.spelling == "float" || known.name == "int4") modifiers.clear();
  if (modifiers.empty() && (known.spelling == "char" || known.spelling == "character" || known.name == "bit"))
    modifiers = {1};
  return {.name = std::string(known.name),
          .token = Token(known.name, modifiers),
          .wire = known.wire,
          .type = TypeOf(known, modifiers)};
}

std::optional<PgType> Scalar(const Spelling& spelling) {
  if (const KnownType* known = FindKnown(spelling.words)) return Known(*known, spelling);
  if (spelling.words.starts_with("interval ")) return Known(*FindKnown("interval"), spelling);
  if (!IsTextType(spelling.words)) return std::nullopt;
  return PgType{.name = spelling.words, .token = spelling.words, .type = LogicalType::String()};
}

}  // namespace

std::optional<PgType> ParsePgType(std::string_view native) {
  const Spelling spelling = TakeApart(native);
  if (!spelling.valid || spelling.words.empty()) return std::nullopt;
  std::optional<PgType> type = Scalar(spelling);
  if (!type || !spelling.array) return type;
  type->array = true;
  type->token += "[]";
  type->wire = Wire::kAsText;
  type->type = LogicalType::Of(TypeKind::kArray);
  return type;
}

WireColumn MakeWireColumn(const CatalogColumn& column) {
  if (const auto known = ParsePgType(column.native)) return {column.name, known->type, known->wire, known->token};
  if (column.type.kind == TypeKind::kEnum) return {column.name, column.type, Wire::kText, "enum"};
  const bool array = column.native.ends_with("]");
  return {column.name, array ? LogicalType::Of(TypeKind::kArray) : LogicalType::String(), Wire::kAsText, ""};
}

std::vector<WireColumn> MakeWireColumns(const std::vector<CatalogColumn>& columns) {
  std::vector<WireColumn> made;
  made.reserve(columns.size());
  for (const CatalogColumn& column : columns) made.push_back(MakeWireColumn(column));
  return made;
}

std::string RelayFormat(const std::vector<WireColumn>& columns) {
  std::string format = "pgcopy:";
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].wire == Wire::kAsText) return "";
    if (i != 0) format += ',';
    format += columns[i].token;
  }
  return format;
}

bool CanEncode(TypeKind kind, Wire wire) {
  switch (wire) {
    case Wire::kBool: return kind == TypeKind::kBool;
    case Wire::kInt2:
    case Wire::kInt4:
    case Wire::kInt8: return IsInteger(kind);
    case Wire::kFloat4: return kind == TypeKind::kFloat;
    case Wire::kFloat8: return kind == TypeKind::kDouble || kind == TypeKind::kFloat;
    case Wire::kNumeric: return kind == TypeKind::kDecimal;
    case Wire::kText:
      return kind == TypeKind::kString || kind == TypeKind::kChar || kind == TypeKind::kEnum || kind == TypeKind::kJson;
    case Wire::kJsonb: return kind == TypeKind::kJson;
    case Wire::kBytea: return kind == TypeKind::kBytes || kind == TypeKind::kGeometry;
    case Wire::kDate: return kind == TypeKind::kDate;
    case Wire::kTime: return kind == TypeKind::kTime;
    case Wire::kTimestamp: return kind == TypeKind::kTimestamp;
    case Wire::kTimestampTz: return kind == TypeKind::kTimestampTz;
    case Wire::kInterval: return kind == TypeKind::kInterval;
    case Wire::kUuid: return kind == TypeKind::kUuid;
    case Wire::kBit: return kind == TypeKind::kBit;
    case Wire::kAsText: return false;
  }
  return false;
}

std::vector<std::string> SplitQualifiedName(std::string_view text) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"') {
      parts.back().push_back(text[++i]);
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == '.' && !quoted) {
      parts.emplace_back();
    } else {
      parts.back().push_back(!quoted && c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    }
  }
  return parts;
}

}  // namespace migrateiq::postgres
