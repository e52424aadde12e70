#include "pipeline/transform/detail/cast_checks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "pipeline/batch/json_canonical.hpp"
#include "pipeline/transform/detail/cast_sink.hpp"

namespace migrateiq::detail {

namespace {

/// Runs `check` on every value that is not null; refused ones become NULL with a finding. The column is only rebuilt by
/// SetNull, so that the common case touches nothing.
template <class Check>
void RefuseWhere(Column& column, int32_t column_index, std::vector<Finding>& findings, Check check) {
  for (int64_t row = 0; row < column.length(); ++row) {
    if (column.IsNull(row)) continue;
    const std::optional<FindingKind> bad = check(row);
    if (!bad) continue;
    std::string original;
    text::AppendValue(original, column, row);
    findings.push_back(MakeFinding(row, column_index, *bad, std::move(original), column.type()));
    column.SetNull(row);
  }
}

std::optional<FindingKind> CheckText(std::string_view text, const LogicalType& type) {
  if (text.size() <= static_cast<size_t>(type.length)) return {};
  int64_t characters = text::CountCharacters(text);
  for (size_t i = text.size(); characters > type.length && i > 0 && text[i - 1] == ' ' && type.kind == TypeKind::kChar;
       --i) {
    --characters;
  }
  return characters > type.length ? std::optional(FindingKind::kTooLong) : std::nullopt;
}

std::optional<FindingKind> CheckDecimal(std::string_view decimal, const LogicalType& type) {
  if (decimal == "NaN") return {};
  if (decimal.ends_with("Infinity")) return type.precision == 0 ? std::nullopt : std::optional(FindingKind::kSpecial);
  if (type.precision == 0) return {};
  if (decimal.find('.') != std::string_view::npos) {
    decimal.remove_suffix(decimal.size() - decimal.find_last_not_of('0') - 1);
    if (decimal.back() == '.') decimal.remove_suffix(1);
  }
  int integer = 0;
  int fraction = 0;
  text::DecimalDigits(decimal, integer, fraction);
  if (integer > type.precision - std::max(type.scale, 0)) return FindingKind::kOutOfRange;
  return type.scale >= 0 && fraction > type.scale ? std::optional(FindingKind::kPrecision) : std::nullopt;
}

std::optional<FindingKind> CheckFraction(int64_t micros, int32_t precision) {
  constexpr int64_t kUnit[] = {1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};
  if (micros == std::numeric_limits<int64_t>::max() || micros == std::numeric_limits<int64_t>::min()) return {};
  return micros % kUnit[std::clamp(precision, 0, 6)] != 0 ? std::optional(FindingKind::kPrecision) : std::nullopt;
}

bool IsLabel(std::string_view text, const LogicalType& type) {
  if (type.labels.empty()) return true;
  if (!type.set) return std::ranges::find(type.labels, text) != type.labels.end();
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    if (std::ranges::find(type.labels, text.substr(0, comma)) == type.labels.end()) return false;
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return true;
}

std::optional<FindingKind> CheckBit(std::string_view bits, const LogicalType& type) {
  if (bits.find_first_not_of("01") != std::string_view::npos) return FindingKind::kWrongType;
  return type.length > 0 && bits.size() > static_cast<size_t>(type.length) ? std::optional(FindingKind::kTooLong)
                                                                           : std::nullopt;
}

/// JSON text for a parsed JSON column; duplicate keys are accepted with a counted finding.
void CheckJson(Column& column, int32_t column_index, std::vector<Finding>& findings) {
  std::string canonical;
  RefuseWhere(column, column_index, findings, [&](int64_t row) -> std::optional<FindingKind> {
    JsonNotes notes;
    if (!CanonicalizeJson(column.Bytes(row), canonical, &notes)) return FindingKind::kJson;
    if (notes.duplicate_key && column.type().parsed) {
      findings.push_back(MakeFinding(row, column_index, FindingKind::kDuplicateJsonKey, std::string(column.Bytes(row)),
                                     column.type()));
    }
    return {};
  });
}

bool Contains(const Column& column, std::string_view needle) {
  if (column.length() == 0 || FixedWidth(column.type().kind) != 0) return false;
  const auto end = static_cast<size_t>(column.offsets()[column.length()]);
  return std::string_view(reinterpret_cast<const char*>(column.values()), end).find(needle) != std::string_view::npos;
}

void StripNulBytes(Column& column, int32_t column_index, std::vector<Finding>& findings) {
  if (!Contains(column, std::string_view("\0", 1))) return;
  Column stripped(column.type());
  for (int64_t row = 0; row < column.length(); ++row) {
    if (column.IsNull(row)) {
      stripped.AppendNull();
      continue;
    }
    std::string text(column.Bytes(row));
    if (std::erase(text, '\0') > 0) {
      std::string shown(column.Bytes(row));
      for (size_t at = 0; (at = shown.find('\0', at)) != std::string::npos; at += 2) shown.replace(at, 1, "\\0");
      findings.push_back(MakeFinding(row, column_index, FindingKind::kNulByte, std::move(shown), column.type()));
    }
    stripped.AppendBytes(text);
  }
  column = std::move(stripped);
}

/// PostgreSQL's jsonb has no U+0000; an escaped backslash before u0000 is not it, hence the parse.
void RefuseNulEscapes(Column& column, int32_t column_index, std::vector<Finding>& findings) {
  if (!Contains(column, "\\u0000")) return;
  std::string canonical;
  RefuseWhere(column, column_index, findings, [&](int64_t row) -> std::optional<FindingKind> {
    JsonNotes notes;
    CanonicalizeJson(column.Bytes(row), canonical, &notes);
    return notes.nul_escape ? std::optional(FindingKind::kJson) : std::nullopt;
  });
}

/// The value null, which a system without it would give back as NULL.
void DropJsonNulls(Column& column, int32_t column_index, std::vector<Finding>& findings) {
  if (!Contains(column, "null")) return;
  RefuseWhere(column, column_index, findings, [&](int64_t row) -> std::optional<FindingKind> {
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::string_view text = column.Bytes(row);
    const size_t begin = std::min(text.find_first_not_of(kBlanks), text.size());
    const bool null =
        text.substr(begin, 4) == "null" && text.find_first_not_of(kBlanks, begin + 4) == std::string::npos;
    return null ? std::optional(FindingKind::kJsonNull) : std::nullopt;
  });
}

template <class T>
void CheckFloating(Column& column, const ValueLimits& limits, int32_t column_index, std::vector<Finding>& findings) {
  if (limits.nan && limits.infinity && limits.negative_zero) return;
  RefuseWhere(column, column_index, findings, [&](int64_t row) -> std::optional<FindingKind> {
    const T value = column.Get<T>(row);
    if ((std::isnan(value) && !limits.nan) || (std::isinf(value) && !limits.infinity)) return FindingKind::kSpecial;
    if (value == 0 && std::signbit(value) && !limits.negative_zero) {
      findings.push_back(MakeFinding(row, column_index, FindingKind::kNegativeZero, "-0", column.type()));
      column.Set<T>(row, 0);
    }
    return {};
  });
}

void CheckDecimalSpecials(Column& column, const ValueLimits& limits, int32_t column_index,
                          std::vector<Finding>& findings) {
  const bool suspicious = (!limits.nan && Contains(column, "N")) || (!limits.infinity && Contains(column, "Inf"));
  if (!suspicious) return;
  RefuseWhere(column, column_index, findings, [&](int64_t row) -> std::optional<FindingKind> {
    const std::string_view decimal = column.Bytes(row);
    const bool bad = (decimal == "NaN" && !limits.nan) || (decimal.ends_with("Infinity") && !limits.infinity);
    return bad ? std::optional(FindingKind::kSpecial) : std::nullopt;
  });
}

std::optional<FindingKind> CheckDay(int64_t days, bool infinite, const ValueLimits& limits) {
  if (infinite) return limits.date_infinity ? std::nullopt : std::optional(FindingKind::kSpecial);
  return days < limits.min_days || days > limits.max_days ? std::optional(FindingKind::kSpecial) : std::nullopt;
}

template <class T>
void CheckDates(Column& column, const ValueLimits& limits, int32_t column_index, std::vector<Finding>& findings) {
  if (limits.date_infinity && limits.min_days == INT32_MIN && limits.max_days == INT32_MAX) return;
  constexpr int64_t kPerDay = sizeof(T) == 4 ? 1 : int64_t{86400} * 1'000'000;
  RefuseWhere(column, column_index, findings, [&](int64_t row) {
    const T value = column.Get<T>(row);
    const bool infinite = value == std::numeric_limits<T>::max() || value == std::numeric_limits<T>::min();
    const int64_t day = value / kPerDay - (value % kPerDay < 0 ? 1 : 0);
    return CheckDay(day, infinite, limits);
  });
}

}  // namespace

bool DecimalFits(const LogicalType& from, const LogicalType& to) {
  if (to.precision == 0) return true;
  if (from.precision == 0 || from.scale < 0) return false;
  return from.scale <= to.scale && from.precision - from.scale <= to.precision - to.scale;
}

void CheckParameters(Column& column, int32_t column_index, std::vector<Finding>& findings) {
  const LogicalType type = column.type();
  switch (type.kind) {
    case TypeKind::kString:
    case TypeKind::kChar:
      if (type.length == 0) return;
      return RefuseWhere(column, column_index, findings,
                         [&](int64_t row) { return CheckText(column.Bytes(row), type); });
    case TypeKind::kBytes:
      if (type.length == 0) return;
      return RefuseWhere(column, column_index, findings, [&](int64_t row) {
        return column.Bytes(row).size() > static_cast<size_t>(type.length) ? std::optional(FindingKind::kTooLong)
                                                                           : std::nullopt;
      });
    case TypeKind::kDecimal:
      return RefuseWhere(column, column_index, findings,
                         [&](int64_t row) { return CheckDecimal(column.Bytes(row), type); });
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz:
      if (type.precision >= 6) return;
      return RefuseWhere(column, column_index, findings,
                         [&](int64_t row) { return CheckFraction(column.Get<int64_t>(row), type.precision); });
    case TypeKind::kEnum:
      return RefuseWhere(column, column_index, findings, [&](int64_t row) {
        return IsLabel(column.Bytes(row), type) ? std::nullopt : std::optional(FindingKind::kWrongType);
      });
    case TypeKind::kBit:
      return RefuseWhere(column, column_index, findings,
                         [&](int64_t row) { return CheckBit(column.Bytes(row), type); });
    case TypeKind::kJson: return CheckJson(column, column_index, findings);
    default: return;
  }
}

void CheckLimits(Column& column, const ValueLimits& limits, int32_t column_index, std::vector<Finding>& findings) {
  switch (column.type().kind) {
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kEnum:
    case TypeKind::kArray:
    case TypeKind::kJson:
      if (!limits.nul_in_text) StripNulBytes(column, column_index, findings);
      if (column.type().kind == TypeKind::kJson && !limits.json_null) DropJsonNulls(column, column_index, findings);
      if (column.type().kind == TypeKind::kJson && column.type().parsed && !limits.nul_in_json) {
        RefuseNulEscapes(column, column_index, findings);
      }
      return;
    case TypeKind::kFloat: return CheckFloating<float>(column, limits, column_index, findings);
    case TypeKind::kDouble: return CheckFloating<double>(column, limits, column_index, findings);
    case TypeKind::kDecimal: return CheckDecimalSpecials(column, limits, column_index, findings);
    case TypeKind::kDate: return CheckDates<int32_t>(column, limits, column_index, findings);
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz: return CheckDates<int64_t>(column, limits, column_index, findings);
    default: return;
  }
}

}  // namespace migrateiq::detail
