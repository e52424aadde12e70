#include <algorithm>
#include <charconv>
#include <map>

#include "base/errors/plan.hpp"
#include "connectors/mysql/mysql_dialect.hpp"
#include "connectors/mysql/mysql_session.hpp"

namespace migrateiq::mysql {

namespace {

std::string Lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// A quoted label at `at`, with doubled quotes and backslash escapes undone.
std::string TakeLabel(std::string_view text, size_t& at) {
  const char quote = text[at++];
  std::string label;
  while (at < text.size()) {
    char c = text[at++];
    if (c == quote && (at >= text.size() || text[at] != quote)) return label;
    if (c == quote) ++at;
    if (c == '\\' && at < text.size()) {
      c = text[at++];
      if (c == 'n')
        c = '\n';
      else if (c == 't')
        c = '\t';
      else if (c == 'r')
        c = '\r';
      else if (c == '0')
        c = '\0';
    }
    label += c;
  }
  return label;
}

/// The arguments between the parenthesis at `at` and its end; `at` is moved behind it.
std::vector<std::string> TakeArguments(std::string_view text, size_t& at) {
  std::vector<std::string> arguments;
  std::string current;
  for (++at; at < text.size() && text[at] != ')';) {
    if (text[at] == '\'' || text[at] == '"') {
      current = TakeLabel(text, at);
      arguments.push_back(current);
      current.clear();
      while (at < text.size() && text[at] != ',' && text[at] != ')') ++at;
      if (at < text.size() && text[at] == ',') ++at;
      while (at < text.size() && text[at] == ' ') ++at;
      continue;
    }
    if (text[at] == ',') {
      arguments.push_back(current);
      current.clear();
    } else if (text[at] != ' ') {
      current += text[at];
    }
    ++at;
  }
  if (!current.empty()) arguments.push_back(current);
  if (at < text.size()) ++at;
  return arguments;
}

std::string TakeWord(std::string_view text, size_t& at) {
  while (at < text.size() && text[at] == ' ') ++at;
  const size_t begin = at;
  while (at < text.size() && text[at] != ' ' && text[at] != '(') ++at;
  return Lower(text.substr(begin, at - begin));
}

void TakeAttribute(NativeType& type, const std::string& word, std::string_view text, size_t& at) {
  if (word == "unsigned" || word == "zerofill")
    type.is_unsigned = true;
  else if (word == "charset")
    type.charset = TakeWord(text, at);
  else if (word == "collate")
    type.collation = TakeWord(text, at);
  else if (word == "set")
    type.charset = TakeWord(text, at);
}

int32_t Number(const NativeType& type, size_t index, int32_t otherwise) {
  if (index >= type.arguments.size()) return otherwise;
  int32_t value = otherwise;
  const std::string& text = type.arguments[index];
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

LogicalType Precise(TypeKind kind, int32_t precision) {
  LogicalType type = LogicalType::Of(kind);
  type.precision = precision;
  return type;
}

LogicalType Lengthy(TypeKind kind, int32_t length) {
  LogicalType type = LogicalType::Of(kind);
  type.length = length;
  return type;
}

LogicalType Labelled(const NativeType& native) {
  LogicalType type = LogicalType::Of(TypeKind::kEnum);
  type.labels = native.arguments;
  type.set = native.base == "set";
  return type;
}

const std::map<std::string, std::pair<TypeKind, TypeKind>, std::less<>> kIntegers = {
    {"tinyint", {TypeKind::kInt8, TypeKind::kInt16}},    {"bool", {TypeKind::kInt8, TypeKind::kInt8}},
    {"boolean", {TypeKind::kInt8, TypeKind::kInt8}},     {"smallint", {TypeKind::kInt16, TypeKind::kInt32}},
    {"mediumint", {TypeKind::kInt32, TypeKind::kInt32}}, {"int", {TypeKind::kInt32, TypeKind::kInt64}},
    {"integer", {TypeKind::kInt32, TypeKind::kInt64}},   {"bigint", {TypeKind::kInt64, TypeKind::kUInt64}},
    {"int1", {TypeKind::kInt8, TypeKind::kInt16}},       {"int2", {TypeKind::kInt16, TypeKind::kInt32}},
    {"int4", {TypeKind::kInt32, TypeKind::kInt64}},      {"int8", {TypeKind::kInt64, TypeKind::kUInt64}},
    {"serial", {TypeKind::kUInt64, TypeKind::kUInt64}},
};

const std::map<std::string, TypeKind, std::less<>> kSimple = {
    {"double", TypeKind::kDouble},
    {"double precision", TypeKind::kDouble},
    {"real", TypeKind::kDouble},
    {"float8", TypeKind::kDouble},
    {"float4", TypeKind::kFloat},
    {"date", TypeKind::kDate},
    {"year", TypeKind::kInt16},
    {"json", TypeKind::kJson},
    {"uuid", TypeKind::kUuid},
    {"tinytext", TypeKind::kString},
    {"text", TypeKind::kString},
    {"mediumtext", TypeKind::kString},
    {"longtext", TypeKind::kString},
    {"long varchar", TypeKind::kString},
    {"tinyblob", TypeKind::kBytes},
    {"blob", TypeKind::kBytes},
    {"mediumblob", TypeKind::kBytes},
    {"longblob", TypeKind::kBytes},
    {"geometry", TypeKind::kGeometry},
    {"point", TypeKind::kGeometry},
    {"linestring", TypeKind::kGeometry},
    {"polygon", TypeKind::kGeometry},
    {"multipoint", TypeKind::kGeometry},
    {"multilinestring", TypeKind::kGeometry},
    {"multipolygon", TypeKind::kGeometry},
    {"geometrycollection", TypeKind::kGeometry},
    {"geomcollection", TypeKind::kGeometry},
};

std::optional<LogicalType> Parametrised(const NativeType& t) {
  const std::string& base = t.base;
  if (base == "decimal" || base == "numeric" || base == "dec" || base == "fixed") {
    return LogicalType::Decimal(Number(t, 0, 10), Number(t, 1, 0));
  }
  if (base == "float") {
    return LogicalType::Of(t.arguments.size() == 1 && Number(t, 0, 0) > 24 ? TypeKind::kDouble : TypeKind::kFloat);
  }
  const bool binary = t.charset == "binary";
  if (base == "varchar" || base == "char varying" || base == "character varying" || base == "nvarchar") {
    return binary ? LogicalType::Bytes(Number(t, 0, 0)) : LogicalType::String(Number(t, 0, 0));
  }
  if (base == "char" || base == "character" || base == "nchar") {
    return Lengthy(binary ? TypeKind::kBytes : TypeKind::kChar, Number(t, 0, 1));
  }
  if (base == "binary") return LogicalType::Bytes(Number(t, 0, 1));
  if (base == "varbinary") return LogicalType::Bytes(Number(t, 0, 0));
  if (base == "bit") return Lengthy(TypeKind::kBit, Number(t, 0, 1));
  if (base == "time") return Precise(TypeKind::kTime, Number(t, 0, 0));
  if (base == "datetime") return Precise(TypeKind::kTimestamp, Number(t, 0, 0));
  if (base == "timestamp") return Precise(TypeKind::kTimestampTz, Number(t, 0, 0));
  if (base == "enum" || base == "set") return Labelled(t);
  if (base == "inet6") return LogicalType::String(39);
  if (base == "inet4") return LogicalType::String(15);
  return std::nullopt;
}

/// Most bytes of one character; unknown character sets count as the widest.
int CharacterBytes(std::string_view charset) {
  static constexpr std::string_view kTwo[] = {"big5", "gbk", "sjis", "cp932", "euckr", "gb2312", "ucs2"};
  if (charset == "utf8" || charset == "utf8mb3" || charset == "ujis" || charset == "eucjpms") return 3;
  if (std::ranges::find(kTwo, charset) != std::end(kTwo)) return 2;
  const bool wide = charset.empty() || charset.starts_with("utf") || charset == "gb18030";
  return wide ? 4 : 1;
}

}  // namespace

NativeType ParseNative(std::string_view native) {
  NativeType type;
  size_t at = 0;
  type.base = TakeWord(native, at);
  while (at < native.size()) {
    if (native[at] == '(') {
      type.arguments = TakeArguments(native, at);
      continue;
    }
    const std::string word = TakeWord(native, at);
    if (word.empty()) continue;
    const bool more_base = word == "precision" || word == "varying" || (word == "varchar" && type.base == "long");
    if (more_base)
      type.base += " " + word;
    else
      TakeAttribute(type, word, native, at);
  }
  return type;
}

bool IsLargeObject(const NativeType& type) {
  return type.base.ends_with("text") || type.base.ends_with("blob") || type.base == "json" ||
         type.base.starts_with("geom") || type.base == "long varchar";
}

int64_t KeyBytes(const NativeType& type) {
  const std::string& base = type.base;
  if (base == "varchar" || base == "char" || base.ends_with("varying")) {
    return int64_t{Number(type, 0, 1)} * CharacterBytes(type.charset);
  }
  if (base == "varbinary" || base == "binary") return Number(type, 0, 1);
  if (base == "decimal" || base == "numeric") return Number(type, 0, 10) / 2 + 2;
  return 8;
}

Result<LogicalType> MysqlDialect::ParseType(std::string_view native) const {
  const NativeType type = ParseNative(native);
  if (const auto found = kIntegers.find(type.base); found != kIntegers.end()) {
    return LogicalType::Of(type.is_unsigned ? found->second.second : found->second.first);
  }
  if (const auto found = kSimple.find(type.base); found != kSimple.end()) {
    const bool bytes = found->second == TypeKind::kString && type.charset == "binary";
    return LogicalType::Of(bytes ? TypeKind::kBytes : found->second);
  }
  if (auto found = Parametrised(type)) return *std::move(found);
  return Fail(codes::kSchemaType, "'" + std::string(native) + "' is not a type of MySQL or MariaDB");
}

}  // namespace migrateiq::mysql
