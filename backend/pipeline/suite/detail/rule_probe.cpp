#include "pipeline/suite/detail/probes.hpp"

namespace migrateiq::detail {

std::optional<Question> RowsProbe::Ask() const {
  if (table.dialect().value_sql() == nullptr) return std::nullopt;
  return Question{};
}

RuleProbe::RuleProbe(AskedTable asked, Rule rule, const CatalogColumn* column)
    : Probe(std::move(asked)), rule_(std::move(rule)), column_(column) {
  if (column_ != nullptr) {
    rule_.column = column_->name;
    columns = {column_};
    return;
  }
  for (const CatalogColumn& one : table.table->columns) columns.push_back(&one);
}

std::optional<Question> RuleProbe::Ask() const {
  const std::string condition = BrokenRows();
  if (condition.empty()) return std::nullopt;
  return Question{.aggregates = {"SUM(CASE WHEN " + condition + " THEN 1 ELSE 0 END)"}, .queries = {}};
}

Status RuleProbe::Take(const Answer& answer) {
  broken_ = CountOf(answer.aggregates.at(0));
  return {};
}

std::string RuleProbe::BrokenRows() const {
  if (column_ == nullptr) return "";
  return BreakCondition(rule_, table.Column(*column_)).value_or("");
}

/// A value that could not be read is there, so it is not NULL; Gather counts it for the other kinds.
bool RuleProbe::Breach(const Batch& batch, int64_t row) {
  if (NotNull() && WasOdd(batch, ColumnOf(batch, *column_), row)) return false;
  ++broken_;
  return true;
}

Status RuleProbe::Gather(const Batch& batch) {
  if (NotNull() || column_ == nullptr || batch.findings.empty()) return {};
  const Column& values = ColumnOf(batch, *column_);
  for (const Finding& finding : batch.findings) {
    if (finding.column == &values - batch.columns.data() && values.IsNull(finding.row)) ++broken_;
  }
  return {};
}

}  // namespace migrateiq::detail
