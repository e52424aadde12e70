#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pipeline/suite/detail/probe.hpp"

namespace migrateiq::detail {

/// The systems of a suite, by side.
struct Sides {
  System source, target;
  System& Of(SuiteSide side) { return side == SuiteSide::kSource ? source : target; }
};

/// One check on its way: what it asks, and what it makes of the answers. Bind, then the probes of First are asked, then
/// those of Then, then Judge fills in the result.
class CheckTask {
 public:
  CheckTask(const SuiteCheck& of, CheckResult& into, const CheckOptions& with)
      : check(of), result(into), options(with) {}
  virtual ~CheckTask() = default;

  /// Finds tables and columns. Errors: kSchemaMissing, kCheckUnfit, and those of connecting.
  virtual Status Bind(Sides& sides) = 0;
  virtual std::vector<Probe*> First() { return {}; }
  virtual std::vector<Probe*> Then() { return {}; }
  virtual Status Judge() = 0;

 protected:
  Result<AskedTable> OwnTable(Sides& sides) const;
  /// The table and the columns that the check compares with.
  Result<AskedTable> OtherTable(Sides& sides) const;
  static Result<std::vector<const CatalogColumn*>> Find(const AskedTable& table, const std::vector<std::string>& names);
  Result<std::vector<const CatalogColumn*>> OtherColumns(const AskedTable& other) const;

  /// What a probe tells that is the same for all checks; its error, if it has one.
  Status Adopt(Probe& probe);
  /// Passed when no more rows are broken than are tolerated.
  void JudgeRows(int64_t broken);
  /// Passed when the value is within min and max of the check.
  void JudgeBounds(double measured, const std::string& unit);
  void Decide(bool passed) { result.status = passed ? CheckStatus::kPassed : CheckStatus::kFailed; }

  const SuiteCheck& check;
  CheckResult& result;
  const CheckOptions& options;
};

std::unique_ptr<CheckTask> MakeTask(const SuiteCheck& check, CheckResult& result, const CheckOptions& options);

/// "1,234 of 5,678 rows (21.7 %)".
std::string RowsText(int64_t some, int64_t of);
/// Numbers for people: 12.5, 0.0312.
std::string ShortNumber(double number);

}  // namespace migrateiq::detail
