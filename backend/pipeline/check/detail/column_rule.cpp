#include "pipeline/check/detail/column_rule.hpp"

#include <re2/re2.h>

#include <limits>
#include <optional>
#include <set>

#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/check/detail/bounds.hpp"
#include "pipeline/transform/cast.hpp"

namespace migrateiq::detail {

namespace {

bool IsTextual(TypeKind kind) {
  return kind == TypeKind::kString || kind == TypeKind::kChar || kind == TypeKind::kEnum || kind == TypeKind::kJson ||
         kind == TypeKind::kArray || kind == TypeKind::kBit;
}

/// `scratch` holds the text where the column does not.
std::string_view TextOf(const Column& column, int64_t row, std::string& scratch) {
  if (column.type().kind == TypeKind::kChar) {
    const std::string_view text = column.Bytes(row);
    return text.substr(0, text.find_last_not_of(' ') + 1);
  }
  if (IsTextual(column.type().kind)) return column.Bytes(row);
  scratch.clear();
  text::AppendValue(scratch, column, row);
  return scratch;
}

// --- length --------------------------------------------------------------------------------------------------------

class LengthRule final : public ColumnRule {
 public:
  LengthRule(int64_t min, int64_t max) : min_(min), max_(max) {}
  bool Passes(const Column& column, int64_t row) const override {
    std::string scratch;
    const int64_t length = column.type().kind == TypeKind::kBytes ? static_cast<int64_t>(column.Bytes(row).size())
                                                                  : text::CountCharacters(TextOf(column, row, scratch));
    return length >= min_ && length <= max_;
  }

 private:
  int64_t min_, max_;
};

Result<int64_t> Characters(const std::optional<std::string>& bound, int64_t otherwise) {
  if (!bound) return otherwise;
  const std::optional<int64_t> count = text::ParseInt(*bound);
  if (count && *count >= 0) return *count;
  return Fail(codes::kPlanValue, "'" + *bound + "' is no number of characters");
}

Result<std::unique_ptr<ColumnRule>> MakeLength(const Rule& rule) {
  if (!rule.min && !rule.max) return Fail(codes::kPlanValue, "length needs min or max");
  MIQ_ASSIGN(const int64_t min, Characters(rule.min, 0));
  MIQ_ASSIGN(const int64_t max, Characters(rule.max, std::numeric_limits<int64_t>::max()));
  return std::make_unique<LengthRule>(min, max);
}

// --- regex ---------------------------------------------------------------------------------------------------------

class RegexRule final : public ColumnRule {
 public:
  explicit RegexRule(std::unique_ptr<re2::RE2> pattern) : pattern_(std::move(pattern)) {}
  bool Passes(const Column& column, int64_t row) const override {
    std::string scratch;
    const std::string_view text = TextOf(column, row, scratch);
    return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *pattern_);
  }

 private:
  std::unique_ptr<re2::RE2> pattern_;
};

Result<std::unique_ptr<ColumnRule>> MakeRegex(const Rule& rule) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto pattern = std::make_unique<re2::RE2>(rule.pattern, options);
  if (!pattern->ok())
    return Fail(codes::kPlanValue, "the pattern '" + rule.pattern + "' is invalid: " + pattern->error());
  return std::make_unique<RegexRule>(std::move(pattern));
}

// --- in ------------------------------------------------------------------------------------------------------------

/// The same text for equal values of one type.
std::string_view Canonical(const Column& column, int64_t row, std::string& scratch) {
  const std::string_view text = TextOf(column, row, scratch);
  if (column.type().kind != TypeKind::kDecimal || text.find('.') == std::string_view::npos) return text;
  const std::string_view short_text = text.substr(0, text.find_last_not_of('0') + 1);
  const std::string_view trimmed = short_text.ends_with('.') ? short_text.substr(0, short_text.size() - 1) : short_text;
  return trimmed == "-0" ? trimmed.substr(1) : trimmed;
}

class InRule final : public ColumnRule {
 public:
  void Add(const Column& literal) {
    std::string scratch;
    values_.emplace(Canonical(literal, 0, scratch));
  }
  bool Passes(const Column& column, int64_t row) const override {
    std::string scratch;
    return values_.contains(Canonical(column, row, scratch));
  }

 private:
  std::set<std::string, std::less<>> values_;
};

/// What a literal is read as: the column's type without its limits.
LogicalType LiteralType(const LogicalType& type) {
  if (type.kind == TypeKind::kDecimal) return LogicalType::Decimal(0, -1);
  if (IsTextual(type.kind)) return LogicalType::String();
  return LogicalType::Of(type.kind);
}

Result<std::unique_ptr<ColumnRule>> MakeIn(const Rule& rule, const LogicalType& type) {
  if (rule.values.empty()) return Fail(codes::kPlanValue, "in needs values");
  auto made = std::make_unique<InRule>();
  for (const std::string& value : rule.values) {
    Column text(LogicalType::String());
    text.AppendBytes(value);
    std::vector<Finding> findings;
    Column literal = CastColumn(std::move(text), LiteralType(type), ValueLimits{}, 0, findings);
    if (!findings.empty() || literal.IsNull(0))
      return Fail(codes::kPlanValue, "'" + value + "' is no " + ToString(type));
    literal.Retype(type.kind == TypeKind::kChar ? type : literal.type());
    made->Add(literal);
  }
  return made;
}

}  // namespace

Result<std::unique_ptr<ColumnRule>> MakeColumnRule(const Rule& rule, const LogicalType& type) {
  switch (rule.kind) {
    case RuleKind::kRange: return MakeRange(rule, type);
    case RuleKind::kLength: return MakeLength(rule);
    case RuleKind::kRegex: return MakeRegex(rule);
    case RuleKind::kIn: return MakeIn(rule, type);
    case RuleKind::kNotNull:
    case RuleKind::kExpr: break;
  }
  return Fail(codes::kInternal, "no rule about values");
}

}  // namespace migrateiq::detail
