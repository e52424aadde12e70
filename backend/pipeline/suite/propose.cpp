#include "pipeline/suite/propose.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "pipeline/suite/detail/propose_values.hpp"
#include "pipeline/suite/detail/suite_names.hpp"

namespace migrateiq {

namespace {

constexpr double kDeclared = 1;

/// One table's checks.
class TableProposer {
 public:
  TableProposer(const TableProfile& table, const ProposeOptions& options, std::vector<ProposedCheck>& into)
      : table_(table), options_(options), into_(into) {}

  void Propose() {
    const bool declared = std::ranges::any_of(table_.columns, [](const auto& c) { return !c.declared_type.empty(); });
    if (declared) Columns();
    if (table_.rows >= options_.least_rows) RowCount();
    for (const ColumnProfile& column : table_.columns) {
      Nulls(column);
      if (table_.rows >= options_.least_rows)
        detail::ProposeValues(column, options_.now, [this](ProposedCheck proposed) { Add(std::move(proposed)); });
    }
    Keys();
    References();
  }

 private:
  ProposedCheck Make(CheckKind kind, std::vector<std::string> columns, double confidence, std::string reason) const {
    ProposedCheck proposed{.check = {}, .confidence = confidence, .reason = std::move(reason)};
    proposed.check.kind = kind;
    proposed.check.columns = std::move(columns);
    return proposed;
  }

  void Add(ProposedCheck proposed) {
    SuiteCheck& check = proposed.check;
    check.table = table_.name;
    check.side = options_.side;
    if (proposed.confidence < 0.99)
      check.severity = proposed.confidence >= 0.9 ? CheckSeverity::kWarn : CheckSeverity::kInfo;
    into_.push_back(std::move(proposed));
  }

  void Columns() {
    for (const ColumnProfile& column : table_.columns) {
      ProposedCheck proposed = Make(CheckKind::kColumn, {column.name}, kDeclared, "it is declared so");
      proposed.check.type = column.declared_type;
      Add(std::move(proposed));
    }
  }

  void RowCount() {
    ProposedCheck proposed =
        Make(CheckKind::kRowCount, {}, 0.9, fmt::format("{} rows; half of them are enough", table_.rows));
    proposed.check.min = std::to_string(table_.rows / 2);
    Add(std::move(proposed));
  }

  /// No NULL among n rows: with 95 of 100 the share is below 3/n.
  void Nulls(const ColumnProfile& column) {
    if (column.count == 0) return;
    const auto rows = static_cast<double>(column.count);
    const bool declared = !column.nullable || column.in_primary_key;
    if (column.nulls == 0 && (declared || column.count >= options_.least_rows)) {
      Add(Make(CheckKind::kNotNull, {column.name}, declared ? kDeclared : 1 - 3 / rows,
               declared ? "it is declared so" : fmt::format("no NULL in {} rows", column.count)));
      return;
    }
    const double share = 1 - static_cast<double>(column.nulls) / rows;
    if (column.nulls == 0 || share < 0.5 || column.count < options_.least_rows) return;
    const double least = share - 5 * std::sqrt(share * (1 - share) / rows) - 0.02;
    ProposedCheck proposed = Make(CheckKind::kCompleteness, {column.name}, 0.95,
                                  fmt::format("{} of {} rows are NULL", column.nulls, column.count));
    proposed.check.min = fmt::format("{:.3f}", std::max(0.0, least));
    Add(std::move(proposed));
  }

  void Keys() {
    for (const CandidateKey& key : table_.candidate_keys) {
      const bool holds = key.rows > 0 && key.distinct == key.rows;
      if (key.declared && (holds || key.rows == 0))
        Add(Make(CheckKind::kUnique, key.columns, kDeclared, "it is declared so"));
      else if (holds && key.columns.size() == 1 && key.rows >= options_.least_rows && IsMeant(key.columns[0]))
        Add(Make(CheckKind::kUnique, key.columns, 0.95,
                 fmt::format("{} rows, each with another value, which looks meant", key.rows)));
    }
  }

  /// That values of a small sample are all different says little: amounts and moments often are. A name that says so,
  /// whole numbers without gaps, or values that mean an identity do.
  bool IsMeant(const std::string& name) const {
    const ColumnProfile* column = Find(table_, name);
    if (column == nullptr || column->nulls > 0) return false;
    const bool identity = column->semantic.kind == "email" || column->semantic.kind == "uuid";
    const bool dense = column->family == ValueFamily::number && column->minimum_number && column->maximum_number &&
                       *column->maximum_number - *column->minimum_number < 1.5 * static_cast<double>(column->count);
    const bool text = column->family == ValueFamily::text || column->family == ValueFamily::other;
    return identity || dense || ((text || column->family == ValueFamily::number) && detail::NamesAKey(name));
  }

  void References() {
    for (const InclusionDependency& found : table_.inclusion_dependencies) {
      if (found.orphans != 0 || found.rows < options_.least_rows) continue;
      if (!found.declared && found.confidence < 0.8) continue;
      ProposedCheck proposed =
          Make(CheckKind::kReferences, found.columns, found.declared ? kDeclared : found.confidence,
               found.declared ? "it is declared so" : fmt::format("all {} values are found there", found.rows));
      proposed.check.against = Against{.side = {}, .table = found.parent, .columns = found.parent_columns, .where = ""};
      Add(std::move(proposed));
    }
  }

  const TableProfile& table_;
  const ProposeOptions& options_;
  std::vector<ProposedCheck>& into_;
};

/// A second check of the same kind of the same columns gets a number.
void NameAll(std::vector<ProposedCheck>& proposed) {
  std::map<std::string, int> seen;
  for (ProposedCheck& one : proposed) {
    one.check.name = detail::DerivedCheckName(one.check);
    const int number = ++seen[one.check.name];
    if (number > 1) one.check.name += "_" + std::to_string(number);
  }
}

}  // namespace

std::vector<ProposedCheck> ProposeChecks(const Profile& profile, const ProposeOptions& options) {
  std::vector<ProposedCheck> proposed;
  for (const TableProfile& table : profile.tables) TableProposer(table, options, proposed).Propose();
  NameAll(proposed);
  return proposed;
}

Suite SuiteOf(const std::vector<ProposedCheck>& proposed, SuiteSide side) {
  Suite suite;
  suite.attach = side == SuiteSide::kSource ? SuiteAttach::kSource : SuiteAttach::kTarget;
  for (const ProposedCheck& one : proposed) suite.checks.push_back(one.check);
  return suite;
}

std::vector<std::string> RemarksOf(const std::vector<ProposedCheck>& proposed) {
  std::vector<std::string> remarks;
  for (const ProposedCheck& one : proposed) remarks.push_back(fmt::format("{:.2f}: {}", one.confidence, one.reason));
  return remarks;
}

}  // namespace migrateiq
