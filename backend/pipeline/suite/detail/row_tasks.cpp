#include "pipeline/suite/detail/row_tasks.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/errors/data.hpp"
#include "pipeline/check/rules.hpp"
#include "pipeline/suite/detail/probes.hpp"

namespace migrateiq::detail {

namespace {

/// A rule of the plan, as the plan has it.
Rule RuleOf(const SuiteCheck& check) {
  constexpr std::pair<CheckKind, RuleKind> kKinds[] = {
      {CheckKind::kNotNull, RuleKind::kNotNull}, {CheckKind::kCompleteness, RuleKind::kNotNull},
      {CheckKind::kRange, RuleKind::kRange},     {CheckKind::kLength, RuleKind::kLength},
      {CheckKind::kRegex, RuleKind::kRegex},     {CheckKind::kIn, RuleKind::kIn},
      {CheckKind::kExpr, RuleKind::kExpr}};
  Rule rule;
  for (const auto& [kind, of] : kKinds) {
    if (kind == check.kind) rule.kind = of;
  }
  rule.name = check.name;
  if (!check.columns.empty()) rule.column = check.columns[0];
  if (check.kind != CheckKind::kCompleteness) {
    rule.min = check.min;
    rule.max = check.max;
  }
  rule.pattern = check.pattern;
  rule.values = check.values;
  rule.expr = check.expr;
  return rule;
}

/// Rows, one by one: the kinds of the plan's rules, and completeness.
class RuleTask final : public CheckTask {
 public:
  using CheckTask::CheckTask;
  Status Bind(Sides& sides) override {
    MIQ_ASSIGN(AskedTable table, OwnTable(sides));
    MIQ_ASSIGN(const auto columns, Find(table, check.columns));
    const CatalogColumn* column = columns.empty() ? nullptr : columns[0];
    MIQ_TRY(TryRule(column));
    probe_ = std::make_unique<RuleProbe>(std::move(table), RuleOf(check), column);
    return {};
  }
  std::vector<Probe*> Then() override { return {probe_.get()}; }
  Status Judge() override {
    MIQ_TRY(Adopt(*probe_));
    result.rows_checked = probe_->rows;
    result.samples = std::move(probe_->samples);
    if (check.kind != CheckKind::kCompleteness) {
      JudgeRows(probe_->broken());
      result.message = RowsText(result.rows_broken, result.rows_checked) + " break it";
      return {};
    }
    result.rows_broken = probe_->broken();
    const auto all = static_cast<double>(probe_->rows);
    JudgeBounds(probe_->rows == 0 ? 1 : (all - static_cast<double>(probe_->broken())) / all, "");
    result.message = RowsText(result.rows_broken, result.rows_checked) + " are NULL";
    return {};
  }

 private:
  /// A bound or pattern that the column's type cannot have is told alike, however the rows are asked.
  Status TryRule(const CatalogColumn* column) const {
    if (column == nullptr) return {};
    Rule rule = RuleOf(check);
    rule.column = column->name;
    auto schema = std::make_shared<Schema>();
    schema->fields.push_back({column->name, column->type, column->nullable});
    MIQ_TRY(MakeRuleChecker({rule}, schema, options.now));
    return {};
  }

  std::unique_ptr<RuleProbe> probe_;
};

/// unique and uniqueness.
class DistinctTask final : public CheckTask {
 public:
  using CheckTask::CheckTask;
  Status Bind(Sides& sides) override {
    MIQ_ASSIGN(AskedTable table, OwnTable(sides));
    MIQ_ASSIGN(auto columns, Find(table, check.columns));
    probe_ = std::make_unique<DistinctProbe>(std::move(table), std::move(columns), options.samples);
    return {};
  }
  std::vector<Probe*> Then() override { return {probe_.get()}; }
  Status Judge() override {
    MIQ_TRY(Adopt(*probe_));
    result.rows_checked = probe_->valued;
    result.samples = std::move(probe_->samples);
    result.rows_broken = probe_->broken();
    const auto valued = static_cast<double>(probe_->valued);
    if (check.kind == CheckKind::kUnique)
      JudgeRows(probe_->broken());
    else
      JudgeBounds(probe_->valued == 0 ? 1 : static_cast<double>(probe_->distinct) / valued, "");
    result.message = RowsText(result.rows_broken, result.rows_checked) + " repeat a value";
    return {};
  }

 private:
  std::unique_ptr<DistinctProbe> probe_;
};

class RowCountTask final : public CheckTask {
 public:
  using CheckTask::CheckTask;
  Status Bind(Sides& sides) override {
    MIQ_ASSIGN(AskedTable table, OwnTable(sides));
    own_ = std::make_unique<RowsProbe>(std::move(table));
    if (!check.against) return {};
    MIQ_ASSIGN(AskedTable other, OtherTable(sides));
    other_ = std::make_unique<RowsProbe>(std::move(other));
    return {};
  }
  std::vector<Probe*> Then() override {
    return other_ ? std::vector<Probe*>{own_.get(), other_.get()} : std::vector<Probe*>{own_.get()};
  }
  Status Judge() override {
    MIQ_TRY(Adopt(*own_));
    result.rows_checked = own_->rows;
    if (!other_) {
      JudgeBounds(static_cast<double>(own_->rows), "rows");
      result.message = ShortNumber(static_cast<double>(own_->rows)) + " rows";
      return {};
    }
    MIQ_TRY(Adopt(*other_));
    result.rows_checked = std::max(own_->rows, other_->rows);
    JudgeRows(std::abs(own_->rows - other_->rows));
    result.measured = static_cast<double>(own_->rows);
    result.threshold = ShortNumber(static_cast<double>(other_->rows)) + " rows, off by " + result.threshold;
    result.message = ShortNumber(static_cast<double>(own_->rows)) + " rows against " +
                     ShortNumber(static_cast<double>(other_->rows));
    return {};
  }

 private:
  std::unique_ptr<RowsProbe> own_, other_;
};

std::string AgeText(int64_t seconds) {
  const int64_t whole = std::abs(seconds);
  if (whole >= 2 * 86400) return fmt::format("{} days", seconds / 86400);
  if (whole >= 2 * 3600) return fmt::format("{} hours", seconds / 3600);
  if (whole >= 120) return fmt::format("{} minutes", seconds / 60);
  return fmt::format("{} seconds", seconds);
}

class FreshnessTask final : public CheckTask {
 public:
  using CheckTask::CheckTask;
  Status Bind(Sides& sides) override {
    MIQ_ASSIGN(AskedTable table, OwnTable(sides));
    MIQ_ASSIGN(const auto columns, Find(table, check.columns));
    const TypeKind kind = columns[0]->type.kind;
    if (kind != TypeKind::kDate && kind != TypeKind::kTimestamp && kind != TypeKind::kTimestampTz)
      return Fail(Error(codes::kCheckUnfit, "column '" + columns[0]->name + "' of type " + ToString(columns[0]->type) +
                                                " holds no dates or moments")
                      .Table(check.table)
                      .Column(columns[0]->name));
    probe_ = std::make_unique<NewestProbe>(std::move(table), *columns[0]);
    return {};
  }
  std::vector<Probe*> Then() override { return {probe_.get()}; }
  Status Judge() override {
    MIQ_TRY(Adopt(*probe_));
    result.rows_checked = probe_->rows;
    result.threshold = "at most " + AgeText(check.max_age_seconds) + " old";
    if (!probe_->newest) {
      result.message = "no row has a value";
      Decide(false);
      return {};
    }
    const int64_t age = (options.now - *probe_->newest) / 1'000'000;
    result.measured = static_cast<double>(age);
    result.message = age < 0 ? "the newest value is " + AgeText(-age) + " in the future"
                             : "the newest value is " + AgeText(age) + " old";
    Decide(age <= check.max_age_seconds);
    return {};
  }

 private:
  std::unique_ptr<NewestProbe> probe_;
};

}  // namespace

std::unique_ptr<CheckTask> MakeRowTask(const SuiteCheck& check, CheckResult& result, const CheckOptions& options) {
  switch (check.kind) {
    case CheckKind::kUnique:
    case CheckKind::kUniqueness: return std::make_unique<DistinctTask>(check, result, options);
    case CheckKind::kRowCount: return std::make_unique<RowCountTask>(check, result, options);
    case CheckKind::kFreshness: return std::make_unique<FreshnessTask>(check, result, options);
    default: return std::make_unique<RuleTask>(check, result, options);
  }
}

}  // namespace migrateiq::detail
