#include "pipeline/suite/detail/value_question.hpp"

#include <algorithm>

#include "pipeline/batch/text.hpp"
#include "pipeline/schema/expression.hpp"

namespace migrateiq::detail {

namespace {

void ReplaceAll(std::string& text, std::string_view what, const std::string& by) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

bool IsTextKind(TypeKind kind) {
  return kind == TypeKind::kString || kind == TypeKind::kChar || kind == TypeKind::kEnum;
}

/// The condition for rows with a value that is odd or meets `broken`.
std::string Broken(const AskedColumn& column, const std::string& broken) {
  const std::string odd = column.OddOrUnordered();
  const std::string either = odd.empty() ? broken : "(" + odd + " OR " + broken + ")";
  return "(" + column.Quoted() + " IS NOT NULL AND " + either + ")";
}

std::optional<std::string> DateLiteral(const std::string& text, const AskedColumn& column) {
  int32_t days = 0;
  if (text::ParseDate(text, days) != text::DateState::kValid || days == INT32_MAX || days == INT32_MIN)
    return std::nullopt;
  std::string normal;
  text::AppendDate(normal, days);
  if (normal.find("BC") != std::string::npos) return std::nullopt;
  return column.dialect->QuoteLiteral(normal);
}

std::optional<std::string> MomentLiteral(const std::string& text, const AskedColumn& column) {
  const TypeKind kind = column.column->type.kind;
  if (kind == TypeKind::kDate) return DateLiteral(text, column);
  int64_t micros = 0;
  std::optional<int32_t> zone;
  const bool zoned = kind == TypeKind::kTimestampTz;
  const text::DateState state = text::ParseTimestamp(text, micros, zoned ? &zone : nullptr);
  if (state != text::DateState::kValid || micros == INT64_MAX || micros == INT64_MIN) return std::nullopt;
  std::string normal;
  if (zoned)
    text::AppendTimestampTz(normal, micros);
  else
    text::AppendTimestamp(normal, micros);
  if (normal.find("BC") != std::string::npos) return std::nullopt;
  return zoned ? column.dialect->MomentLiteral(normal) : column.dialect->QuoteLiteral(normal);
}

std::optional<std::string> BoundLiteral(const std::string& text, const AskedColumn& column) {
  switch (column.Class()) {
    case ValueClass::kInteger:
    case ValueClass::kDecimal:
    case ValueClass::kDouble: return NumberLiteral(text, column.Class());
    case ValueClass::kText: return column.dialect->QuoteLiteral(text);
    case ValueClass::kMoment: return MomentLiteral(text, column);
    default: return std::nullopt;
  }
}

std::optional<std::string> RangeBroken(const Rule& rule, const AskedColumn& column) {
  const std::string value = column.Class() == ValueClass::kText ? column.Text() : column.Quoted();
  std::string broken;
  const std::pair<const std::optional<std::string>*, const char*> bounds[] = {{&rule.min, " < "}, {&rule.max, " > "}};
  for (const auto& [bound, compares] : bounds) {
    if (!*bound) continue;
    const std::optional<std::string> literal = BoundLiteral(**bound, column);
    if (!literal) return std::nullopt;
    broken += (broken.empty() ? "" : " OR ") + value + compares + *literal;
  }
  return broken.empty() ? std::nullopt : std::optional(Broken(column, "(" + broken + ")"));
}

std::optional<std::string> LengthBroken(const Rule& rule, const AskedColumn& column) {
  const auto& functions = column.dialect->expressions().functions;
  const auto length = functions.find("char_length");
  if (column.Class() != ValueClass::kText || length == functions.end()) return std::nullopt;
  const std::string text =
      column.column->type.kind == TypeKind::kChar ? "RTRIM(" + column.Quoted() + ")" : column.Quoted();
  const std::string value = Filled(length->second, text);
  std::string broken;
  if (rule.min) broken = value + " < " + *rule.min;
  if (rule.max) broken += (broken.empty() ? "" : " OR ") + value + " > " + *rule.max;
  const auto whole = [](const std::optional<std::string>& bound) { return !bound || text::ParseInt(*bound); };
  if (broken.empty() || !whole(rule.min) || !whole(rule.max)) return std::nullopt;
  return Broken(column, "(" + broken + ")");
}

std::optional<std::string> InBroken(const Rule& rule, const AskedColumn& column) {
  const ValueClass kind = column.Class();
  if (kind != ValueClass::kInteger && kind != ValueClass::kDecimal && kind != ValueClass::kText) return std::nullopt;
  std::string list;
  for (const std::string& value : rule.values) {
    const bool whole = kind != ValueClass::kInteger || text::ParseInt(value) || text::ParseUInt(value);
    const std::optional<std::string> literal = whole ? BoundLiteral(value, column) : std::nullopt;
    if (!literal) return std::nullopt;
    list += (list.empty() ? "" : ", ") + *literal;
  }
  if (list.empty()) return std::nullopt;
  return Broken(column, (kind == ValueClass::kText ? column.Text() : column.Quoted()) + " NOT IN (" + list + ")");
}

std::optional<std::string> RegexBroken(const Rule& rule, const AskedColumn& column) {
  if (column.sql->regex.empty() || column.Class() != ValueClass::kText) return std::nullopt;
  const std::optional<std::string> pattern = CommonRegex(rule.pattern, column.sql->regex_end);
  if (!pattern) return std::nullopt;
  const std::string text =
      column.column->type.kind == TypeKind::kChar ? "RTRIM(" + column.Quoted() + ")" : column.Quoted();
  return Broken(column, "NOT (" + Filled(column.sql->regex, text, column.dialect->QuoteLiteral(*pattern)) + ")");
}

}  // namespace

std::string Filled(std::string text, const std::string& first, const std::string& second) {
  const size_t at = text.find("$2");
  if (at == std::string::npos) {
    ReplaceAll(text, "$1", first);
    return text;
  }
  std::string before = text.substr(0, at), after = text.substr(at + 2);
  ReplaceAll(before, "$1", first);
  ReplaceAll(after, "$1", first);
  return before + second + after;
}

ValueClass AskedColumn::Class() const {
  if (sql == nullptr) return ValueClass::kNone;
  const TypeKind kind = column->type.kind;
  if (IsInteger(kind)) return ValueClass::kInteger;
  if (IsTextKind(kind)) return ValueClass::kText;
  switch (kind) {
    case TypeKind::kDecimal: return sql->decimals ? ValueClass::kDecimal : ValueClass::kNone;
    case TypeKind::kDouble: return ValueClass::kDouble;
    case TypeKind::kDate:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz: return sql->moments ? ValueClass::kMoment : ValueClass::kNone;
    case TypeKind::kUuid: return ValueClass::kUuid;
    default: return ValueClass::kNone;
  }
}

std::string AskedColumn::Odd() const {
  switch (Class()) {
    case ValueClass::kInteger: return Filled(sql->integer_odd, Quoted());
    case ValueClass::kDecimal:
    case ValueClass::kDouble: return Filled(sql->number_odd, Quoted());
    case ValueClass::kText: return Filled(sql->text_odd, Quoted());
    case ValueClass::kMoment: return Filled(sql->moment_odd, Quoted());
    default: return "";
  }
}

std::string AskedColumn::OddOrUnordered() const {
  const ValueClass value_class = Class();
  const bool number = value_class == ValueClass::kDecimal || value_class == ValueClass::kDouble;
  const std::string odd = Odd(), unordered = number ? Filled(sql->unordered, Quoted()) : "";
  if (odd.empty() || unordered.empty()) return odd + unordered;
  return "(" + odd + " OR " + unordered + ")";
}

std::string AskedColumn::Value() const {
  const std::string odd = OddOrUnordered();
  return odd.empty() ? Quoted() : "CASE WHEN " + odd + " THEN NULL ELSE " + Quoted() + " END";
}

std::string AskedColumn::Text() const {
  return Filled(sql->text, column->type.kind == TypeKind::kChar ? "RTRIM(" + Quoted() + ")" : Quoted());
}

std::optional<std::string> AskedColumn::Key() const {
  const ValueClass value_class = Class();
  if (value_class == ValueClass::kNone) return std::nullopt;
  const bool text = value_class == ValueClass::kText;
  const int32_t length = column->type.kind == TypeKind::kEnum ? 1 : column->type.length;
  if (text && sql->longest_key > 0 && (length == 0 || length > sql->longest_key)) return std::nullopt;
  const std::string odd = Odd(), key = text ? Text() : Quoted();
  return odd.empty() ? key : "CASE WHEN " + odd + " THEN NULL ELSE " + key + " END";
}

std::optional<std::string> NumberLiteral(const std::string& text, ValueClass value_class) {
  std::string number;
  if (value_class == ValueClass::kDouble) {
    const std::optional<double> value = text::ParseDouble(text);
    if (!value) return std::nullopt;
    text::AppendDouble(number, *value);
  } else if (!text::NormalizeDecimal(text, number)) {
    return std::nullopt;
  }
  const bool plain = number.find_first_not_of("0123456789.-+eE") == std::string::npos;
  return plain ? std::optional(number) : std::nullopt;
}

std::optional<std::string> BreakCondition(const Rule& rule, const AskedColumn& column) {
  if (column.sql == nullptr) return std::nullopt;
  switch (rule.kind) {
    case RuleKind::kNotNull: return "(" + column.Quoted() + " IS NULL)";
    case RuleKind::kRange: return RangeBroken(rule, column);
    case RuleKind::kLength: return LengthBroken(rule, column);
    case RuleKind::kRegex: return RegexBroken(rule, column);
    case RuleKind::kIn: return InBroken(rule, column);
    case RuleKind::kExpr: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace migrateiq::detail
