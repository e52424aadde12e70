#include "pipeline/check/detail/bounds.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/errors/plan.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::detail {

namespace {

struct Digits {
  std::string_view integer, fraction;
};

/// Without sign, leading zeros and trailing zeros of the fraction.
Digits Split(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const size_t point = text.find('.');
  Digits digits{text.substr(0, point), point == std::string_view::npos ? "" : text.substr(point + 1)};
  digits.integer.remove_prefix(std::min(digits.integer.find_first_not_of('0'), digits.integer.size()));
  digits.fraction = digits.fraction.substr(0, digits.fraction.find_last_not_of('0') + 1);
  return digits;
}

int Sign(int value) { return value < 0 ? -1 : value > 0 ? 1 : 0; }

int CompareMagnitudes(const Digits& left, const Digits& right) {
  if (left.integer.size() != right.integer.size()) return left.integer.size() < right.integer.size() ? -1 : 1;
  if (const int order = left.integer.compare(right.integer); order != 0) return Sign(order);
  return Sign(left.fraction.compare(right.fraction));
}

/// -2 and 2 for infinities, -1, 0, 1 for the sign of a number.
int Class(std::string_view text, const Digits& digits) {
  const int sign = text.starts_with('-') ? -1 : 1;
  if (text.ends_with("Infinity")) return 2 * sign;
  return digits.integer.empty() && digits.fraction.empty() ? 0 : sign;
}

/// Bounds of type T, and how a column's values compare with them. What has no order (NaN) is never within bounds.
template <class T, class Compare>
class RangeRule final : public ColumnRule {
 public:
  RangeRule(std::optional<T> min, std::optional<T> max) : min_(std::move(min)), max_(std::move(max)) {}
  bool Passes(const Column& column, int64_t row) const override {
    return (!min_ || Compare::AtLeast(column, row, *min_)) && (!max_ || Compare::AtMost(column, row, *max_));
  }

 private:
  std::optional<T> min_, max_;
};

struct CompareDouble {
  static bool AtLeast(const Column& column, int64_t row, double bound) { return column.Get<double>(row) >= bound; }
  static bool AtMost(const Column& column, int64_t row, double bound) { return column.Get<double>(row) <= bound; }
};

/// A float's bound is rounded as the value was: 0.1 is within [0.1, 0.1].
struct CompareFloat {
  static bool AtLeast(const Column& column, int64_t row, float bound) { return column.Get<float>(row) >= bound; }
  static bool AtMost(const Column& column, int64_t row, float bound) { return column.Get<float>(row) <= bound; }
};

struct CompareMoment {
  static bool AtLeast(const Column& column, int64_t row, int64_t bound) { return column.Get<int64_t>(row) >= bound; }
  static bool AtMost(const Column& column, int64_t row, int64_t bound) { return column.Get<int64_t>(row) <= bound; }
};

struct CompareDate {
  static bool AtLeast(const Column& column, int64_t row, int32_t bound) { return column.Get<int32_t>(row) >= bound; }
  static bool AtMost(const Column& column, int64_t row, int32_t bound) { return column.Get<int32_t>(row) <= bound; }
};

struct CompareNumber {
  static int Order(const Column& column, int64_t row, const std::string& bound, bool& comparable) {
    std::string scratch;
    std::string_view value = scratch;
    if (column.type().kind == TypeKind::kDecimal)
      value = column.Bytes(row);
    else
      text::AppendValue(scratch, column, row), value = scratch;
    comparable = value != "NaN";
    return CompareDecimals(value, bound);
  }
  static bool AtLeast(const Column& column, int64_t row, const std::string& bound) {
    bool comparable = false;
    const int order = Order(column, row, bound, comparable);
    return comparable && order >= 0;
  }
  static bool AtMost(const Column& column, int64_t row, const std::string& bound) {
    bool comparable = false;
    const int order = Order(column, row, bound, comparable);
    return comparable && order <= 0;
  }
};

struct CompareText {
  static std::string_view Read(const Column& column, int64_t row) {
    const std::string_view text = column.Bytes(row);
    return column.type().kind == TypeKind::kChar ? text.substr(0, text.find_last_not_of(' ') + 1) : text;
  }
  static bool AtLeast(const Column& column, int64_t row, const std::string& bound) {
    return Read(column, row) >= bound;
  }
  static bool AtMost(const Column& column, int64_t row, const std::string& bound) { return Read(column, row) <= bound; }
};

std::optional<std::string> ReadNumber(const std::string& text) {
  std::string number;
  return text::NormalizeDecimal(text, number) && number != "NaN" ? std::optional(number) : std::nullopt;
}

std::optional<double> ReadDouble(const std::string& text) {
  const std::optional<double> value = text::ParseDouble(text);
  return value && !std::isnan(*value) ? value : std::nullopt;
}

std::optional<float> ReadFloat(const std::string& text) {
  const std::optional<double> value = ReadDouble(text);
  return value ? std::optional(static_cast<float>(*value)) : std::nullopt;
}

std::optional<int32_t> ReadDate(const std::string& text) {
  int32_t days = 0;
  return text::ParseDate(text, days) == text::DateState::kValid ? std::optional(days) : std::nullopt;
}

std::optional<int64_t> ReadTime(const std::string& text) {
  int64_t micros = 0;
  return text::ParseTime(text, micros) ? std::optional(micros) : std::nullopt;
}

std::optional<int64_t> ReadTimestamp(const std::string& text) {
  int64_t micros = 0;
  return text::ParseTimestamp(text, micros) == text::DateState::kValid ? std::optional(micros) : std::nullopt;
}

std::optional<int64_t> ReadTimestampTz(const std::string& text) {
  int64_t micros = 0;
  std::optional<int32_t> zone;
  return text::ParseTimestamp(text, micros, &zone) == text::DateState::kValid ? std::optional(micros) : std::nullopt;
}

std::optional<std::string> ReadText(const std::string& text) { return text; }

template <class Compare, class T>
Result<std::unique_ptr<ColumnRule>> Make(const Rule& rule, const LogicalType& type,
                                         std::optional<T> (*read)(const std::string&)) {
  std::optional<T> bounds[2];
  const std::optional<std::string>* texts[2] = {&rule.min, &rule.max};
  for (int i = 0; i < 2; ++i) {
    if (!*texts[i]) continue;
    bounds[i] = read(**texts[i]);
    if (!bounds[i]) return Fail(codes::kPlanValue, "the bound '" + **texts[i] + "' is no " + ToString(type));
  }
  return std::make_unique<RangeRule<T, Compare>>(std::move(bounds[0]), std::move(bounds[1]));
}

}  // namespace

int CompareDecimals(std::string_view left, std::string_view right) {
  const Digits left_digits = Split(left), right_digits = Split(right);
  const int left_class = Class(left, left_digits), right_class = Class(right, right_digits);
  if (left_class != right_class) return left_class < right_class ? -1 : 1;
  if (left_class == 0 || left_class == 2 || left_class == -2) return 0;
  return left_class * CompareMagnitudes(left_digits, right_digits);
}

Result<std::unique_ptr<ColumnRule>> MakeRange(const Rule& rule, const LogicalType& type) {
  if (!rule.min && !rule.max) return Fail(codes::kPlanValue, "range needs min or max");
  if (IsInteger(type.kind) || type.kind == TypeKind::kDecimal) return Make<CompareNumber>(rule, type, ReadNumber);
  switch (type.kind) {
    case TypeKind::kDouble: return Make<CompareDouble>(rule, type, ReadDouble);
    case TypeKind::kFloat: return Make<CompareFloat>(rule, type, ReadFloat);
    case TypeKind::kDate: return Make<CompareDate>(rule, type, ReadDate);
    case TypeKind::kTime: return Make<CompareMoment>(rule, type, ReadTime);
    case TypeKind::kTimestamp: return Make<CompareMoment>(rule, type, ReadTimestamp);
    case TypeKind::kTimestampTz: return Make<CompareMoment>(rule, type, ReadTimestampTz);
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kEnum: return Make<CompareText>(rule, type, ReadText);
    default: return Fail(codes::kPlanValue, "values of type " + ToString(type) + " have no range");
  }
}

}  // namespace migrateiq::detail
