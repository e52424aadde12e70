#include "pipeline/check/rules.hpp"

#include <algorithm>
#include <tuple>

#include "base/errors/plan.hpp"
#include "base/nearest.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/check/detail/column_rule.hpp"
#include "pipeline/duck/expression_evaluator.hpp"

namespace migrateiq {

namespace {

constexpr size_t kMostValue = 1024;

std::string ValueText(const Column& column, int64_t row) {
  if (column.IsNull(row)) return "NULL";
  std::string text;
  text::AppendValue(text, column, row);
  text.resize(std::min(text.size(), kMostValue));
  return text;
}

/// A rule about one column; `test` is null for not_null.
struct BoundRule {
  size_t rule = 0;
  size_t column = 0;
  std::unique_ptr<detail::ColumnRule> test;

  void Check(const Column& values, std::vector<RuleBreach>& breaches) const {
    if (!test && values.null_count() == 0) return;
    for (int64_t row = 0; row < values.length(); ++row) {
      const bool null = values.IsNull(row);
      if (test ? null || test->Passes(values, row) : !null) continue;
      breaches.push_back({row, rule, ValueText(values, row)});
    }
  }
};

std::unexpected<Error> About(const Rule& rule, Error error) {
  error.message = "rule '" + rule.name + "': " + error.message;
  if (error.column.empty()) error.column = rule.column;
  return Fail(std::move(error));
}

class Rules final : public RuleChecker {
 public:
  Status Bind(const std::vector<Rule>& rules, const SchemaPtr& schema, int64_t run_start) {
    std::vector<ExpressionSpec> expressions;
    for (size_t i = 0; i < rules.size(); ++i) {
      if (rules[i].kind != RuleKind::kExpr) {
        MIQ_TRY(BindColumn(i, rules[i], *schema));
        continue;
      }
      expressions.push_back({rules[i].name, rules[i].expr, "rule '" + rules[i].name + "'"});
      expression_rules_.push_back(i);
    }
    return expressions.empty() ? Status{} : BindExpressions(rules, expressions, schema, run_start);
  }

  Status Check(const Batch& batch, std::vector<RuleBreach>& breaches) override {
    const auto first = static_cast<std::ptrdiff_t>(breaches.size());
    for (const BoundRule& bound : columns_) bound.Check(batch.columns[bound.column], breaches);
    if (evaluator_) MIQ_TRY(CheckExpressions(batch, breaches));
    std::ranges::sort(breaches.begin() + first, breaches.end(), {},
                      [](const RuleBreach& breach) { return std::tuple(breach.row, breach.rule); });
    return {};
  }

 private:
  Status BindColumn(size_t index, const Rule& rule, const Schema& schema) {
    const int column = schema.IndexOf(rule.column);
    if (column < 0) {
      std::vector<std::string> names;
      for (const Field& field : schema.fields) names.push_back(field.name);
      return About(
          rule, Error(codes::kPlanColumn, "there is no column '" + rule.column + "'" + DidYouMean(rule.column, names)));
    }
    BoundRule bound{index, static_cast<size_t>(column), nullptr};
    if (rule.kind != RuleKind::kNotNull) {
      auto made = detail::MakeColumnRule(rule, schema.fields[bound.column].type);
      if (!made) return About(rule, std::move(made).error());
      bound.test = std::move(*made);
    }
    columns_.push_back(std::move(bound));
    return {};
  }

  Status BindExpressions(const std::vector<Rule>& rules, const std::vector<ExpressionSpec>& expressions,
                         const SchemaPtr& schema, int64_t run_start) {
    MIQ_ASSIGN(evaluator_, MakeExpressionEvaluator(schema, expressions, run_start));
    for (size_t i = 0; i < expressions.size(); ++i) {
      const LogicalType& type = evaluator_->types()[i];
      if (type.kind == TypeKind::kBool) continue;
      const std::string text = "'" + expressions[i].sql + "' is no condition: it yields " + ToString(type);
      return About(rules[expression_rules_[i]], Error(codes::kPlanValue, text));
    }
    return {};
  }

  Status CheckExpressions(const Batch& batch, std::vector<RuleBreach>& breaches) {
    std::vector<Finding> findings;
    MIQ_TRY(evaluator_->Evaluate(batch, results_, findings));
    for (size_t i = 0; i < results_.size(); ++i) {
      for (int64_t row = 0; row < batch.rows; ++row) {
        if (results_[i].IsNull(row) || results_[i].Get<uint8_t>(row) != 0) continue;
        breaches.push_back({row, expression_rules_[i], ""});
      }
    }
    for (Finding& finding : findings) {
      breaches.push_back(
          {finding.row, expression_rules_[static_cast<size_t>(finding.column)], std::move(finding.detail)});
    }
    return {};
  }

  std::vector<BoundRule> columns_;
  std::vector<size_t> expression_rules_;  ///< the rule of each expression
  std::unique_ptr<ExpressionEvaluator> evaluator_;
  std::vector<Column> results_;
};

}  // namespace

Result<std::unique_ptr<RuleChecker>> MakeRuleChecker(const std::vector<Rule>& rules, const SchemaPtr& target_schema,
                                                     int64_t run_start_micros) {
  auto checker = std::make_unique<Rules>();
  MIQ_TRY(checker->Bind(rules, target_schema, run_start_micros));
  return checker;
}

}  // namespace migrateiq
