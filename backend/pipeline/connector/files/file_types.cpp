#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>

#include "base/errors/plan.hpp"
#include "pipeline/connector/files/file_dialect.hpp"

namespace migrateiq::files {

namespace {

std::string FormatLabels(const LogicalType& type) {
  std::string out = "(";
  for (const std::string& label : type.labels) {
    if (out.size() > 1) out += ',';
    out += '\'';
    for (const char c : label) out.append(c == '\'' ? 2 : 1, c);
    out += '\'';
  }
  return out + ")";
}

const std::map<std::string_view, TypeKind>& Names() {
  using enum TypeKind;
  static const std::map<std::string_view, TypeKind> names = {{"bool", kBool},
                                                             {"boolean", kBool},
                                                             {"int8", kInt8},
                                                             {"tinyint", kInt8},
                                                             {"int16", kInt16},
                                                             {"smallint", kInt16},
                                                             {"int32", kInt32},
                                                             {"int", kInt32},
                                                             {"integer", kInt32},
                                                             {"int64", kInt64},
                                                             {"bigint", kInt64},
                                                             {"uint64", kUInt64},
                                                             {"ubigint", kUInt64},
                                                             {"float", kFloat},
                                                             {"real", kFloat},
                                                             {"double", kDouble},
                                                             {"double precision", kDouble},
                                                             {"decimal", kDecimal},
                                                             {"numeric", kDecimal},
                                                             {"string", kString},
                                                             {"text", kString},
                                                             {"varchar", kString},
                                                             {"character varying", kString},
                                                             {"char", kChar},
                                                             {"character", kChar},
                                                             {"bytes", kBytes},
                                                             {"bytea", kBytes},
                                                             {"blob", kBytes},
                                                             {"binary", kBytes},
                                                             {"varbinary", kBytes},
                                                             {"date", kDate},
                                                             {"time", kTime},
                                                             {"timestamp", kTimestamp},
                                                             {"datetime", kTimestamp},
                                                             {"timestamptz", kTimestampTz},
                                                             {"timestamp with time zone", kTimestampTz},
                                                             {"interval", kInterval},
                                                             {"uuid", kUuid},
                                                             {"json", kJson},
                                                             {"jsonb", kJson},
                                                             {"enum", kEnum},
                                                             {"set", kEnum},
                                                             {"array", kArray},
                                                             {"bit", kBit},
                                                             {"geometry", kGeometry}};
  return names;
}

std::string LowerTrimmed(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// "12, 2" as numbers; false when something else is there.
bool ParseNumbers(std::string_view text, std::vector<int32_t>& numbers) {
  const char* at = text.data();
  const char* end = at + text.size();
  while (at < end) {
    while (at < end && (*at == ' ' || *at == ',')) ++at;
    int32_t number = 0;
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc()) return false;
    numbers.push_back(number);
    at = next;
    while (at < end && *at == ' ') ++at;
    if (at < end && *at != ',') return false;
  }
  return true;
}

/// Reads 'a label', with '' for a quote, and moves past it.
bool ParseLabel(std::string_view text, size_t& at, std::string& label) {
  if (at >= text.size() || text[at] != '\'') return false;
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\'') {
      ++at;
      if (at >= text.size() || text[at] != '\'') return true;
    }
    label += text[at];
  }
  return false;
}

bool ParseLabels(std::string_view text, std::vector<std::string>& labels) {
  for (size_t at = 0;;) {
    if (!ParseLabel(text, at, labels.emplace_back())) return false;
    if (at == text.size()) return true;
    if (text[at++] != ',') return false;
  }
}

bool ApplyNumbers(const std::vector<int32_t>& numbers, LogicalType& type) {
  if (numbers.empty()) return true;
  switch (type.kind) {
    case TypeKind::kDecimal:
      type.precision = numbers[0];
      type.scale = numbers.size() > 1 ? numbers[1] : 0;
      return numbers.size() <= 2 && type.precision > 0;
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz:
      type.precision = numbers[0];
      return numbers.size() == 1 && numbers[0] >= 0 && numbers[0] <= 6;
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kBytes:
    case TypeKind::kBit: type.length = numbers[0]; return numbers.size() == 1 && numbers[0] > 0;
    default: return false;
  }
}

Result<LogicalType> Unknown(std::string_view native) {
  return Fail(Error(codes::kSchemaType, "files have no type '" + std::string(native) + "'")
                  .Fix("Write one of bool, int16, int32, int64, double, decimal(p,s), string(n), bytes, date, time, "
                       "timestamp, timestamptz, uuid, json."));
}

}  // namespace

std::string FormatType(const LogicalType& type) {
  const bool labelled = type.kind == TypeKind::kEnum && !type.labels.empty();
  return labelled ? ToString(type) + FormatLabels(type) : ToString(type);
}

Result<LogicalType> ParseTypeName(std::string_view native) {
  const size_t open = std::min(native.find('('), native.size());
  const std::string name = LowerTrimmed(native.substr(0, open));
  const auto found = Names().find(name);
  if (found == Names().end()) return Unknown(native);
  LogicalType type = LogicalType::Of(found->second);
  type.parsed = name == "jsonb";
  type.set = name == "set";
  if (type.kind == TypeKind::kDecimal) type.scale = -1;
  if (open == native.size()) return type;
  const size_t close = native.rfind(')');
  if (close == std::string_view::npos || close < open) return Unknown(native);
  const std::string_view inside = native.substr(open + 1, close - open - 1);
  std::vector<int32_t> numbers;
  const bool good = type.kind == TypeKind::kEnum ? ParseLabels(inside, type.labels)
                                                 : ParseNumbers(inside, numbers) && ApplyNumbers(numbers, type);
  if (!good) return Unknown(native);
  return type;
}

}  // namespace migrateiq::files
