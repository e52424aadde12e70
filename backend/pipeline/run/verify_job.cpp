#include <chrono>
#include <fstream>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "pipeline/run/active_run.hpp"
#include "pipeline/run/clock.hpp"
#include "pipeline/run/compare.hpp"
#include "pipeline/run/repair_sql.hpp"
#include "pipeline/run/tally_report.hpp"

namespace migrateiq {

namespace {

/// A repair holds all its rows in memory.
constexpr size_t kMostRepairedRows = 200'000;

class Comparison {
 public:
  Comparison(const Plan& plan, VerifyLevel level, bool repairing, EngineContext& context, Ends& ends,
             const ResolvedPlan& resolved)
      : plan_(plan),
        level_(level),
        repairing_(repairing),
        context_(context),
        ends_(ends),
        resolved_(resolved),
        workers_(WorkersFor(plan)) {}

  Status Run(RunReport& report) {
    MIQ_ASSIGN(target_, OpenSource(ends_.target_url, OptionsFor(plan_, "", context_)));
    std::vector<TableName> targets;
    for (const TableTask& task : resolved_.tables) targets.push_back(task.load_name);
    MIQ_ASSIGN(const HeldMoment source_moment, ends_.source->HoldMoment(workers_, resolved_.TablesRead()));
    MIQ_ASSIGN(const HeldMoment target_moment, target_->HoldMoment(workers_, targets));
    source_readers_ = source_moment.readers;
    target_readers_ = target_moment.readers;
    ProgressTracker progress(context_.observer, "verify");
    progress.SetPhase("verifying");
    for (const TableTask& task : resolved_.tables) {
      report.tables.push_back({.source = task.source_label, .target = task.target_label});
      MIQ_TRY(CompareTable(task, report));
      progress.Event("info", "table " + task.target_label + ": " + report.tables.back().verified);
    }
    return {};
  }

 private:
  DiffSide SourceOf(const TableTask& task, Tally* seen = nullptr) {
    return SourceSide(*ends_.source, source_readers_, source_mutex_, context_.stop, task, plan_.on, seen);
  }

  /// Rows that the target's columns or the plan do not allow are not expected there, but they are told of.
  static void Account(const Tally& seen, TableReport& table, RunReport& report) {
    table.rows_read = seen.rows_read;
    table.rows_quarantined = seen.rows_quarantined;
    table.rows_filtered = seen.rows_filtered;
    AddTallyTo(seen, table);
    if (seen.rows_quarantined == 0) return;
    if (report.status == RunResult::kSucceeded) report.status = RunResult::kQuarantined;
    table.notes.push_back(
        std::to_string(seen.rows_quarantined) +
        " rows of the source cannot be in the target: a column does not hold them, or a rule forbids");
  }

  Status CompareTable(const TableTask& task, RunReport& report) {
    TableReport& table = report.tables.back();
    if (level_ == VerifyLevel::kCounts) return CompareCounts(task, table, report);
    Tally seen;
    const DiffSide counted = SourceOf(task, &seen);
    const DiffSide source = SourceOf(task);
    const DiffSide target = TargetSide(*target_, target_readers_, target_mutex_, context_.stop, task);
    MIQ_ASSIGN(const Digest sent, DigestSide(counted));
    MIQ_ASSIGN(const Digest found, DigestSide(target));
    table.rows_written = static_cast<int64_t>(sent.rows);
    Account(seen, table, report);
    table.source_digest = sent.ToHex();
    table.target_digest = found.ToHex();
    Judge(sent == found, sent.rows, found.rows, table, report);
    if (sent == found || level_ != VerifyLevel::kDiff) return {};
    const size_t most = repairing_ ? kMostRepairedRows : kMostShownDifferences;
    MIQ_ASSIGN(const bool all, DiffTable(source, target, task, most, report.differences));
    if (!all)
      table.notes.push_back("more rows differ than are " +
                            std::string(repairing_ ? "repaired: repair, then verify again" : "shown"));
    return {};
  }

  /// As many on both sides is enough where no row can be left out. Else the source's rows go through the plan.
  Status CompareCounts(const TableTask& task, TableReport& table, RunReport& report) {
    const Table definition = task.LoadTable();
    MIQ_ASSIGN(const int64_t found, target_->CountRows(task.ReadBack(definition)));
    if (task.transform.filter.empty() && task.rules.empty()) {
      MIQ_ASSIGN(const int64_t sent, ends_.source->CountRows(task.Request()));
      table.rows_read = table.rows_written = sent;
      if (sent == found) return JudgeCounts(sent, found, table, report);
    }
    MIQ_ASSIGN(const Tally seen, CountExpected(task));
    table.rows_written = seen.rows_read - seen.rows_filtered - seen.rows_quarantined;
    Account(seen, table, report);
    return JudgeCounts(table.rows_written, found, table, report);
  }

  Result<Tally> CountExpected(const TableTask& task) {
    Tally seen;
    MIQ_TRY(SourceOf(task, &seen).visit_all([](int, const Batch&) -> Status { return {}; }));
    return seen;
  }

  static Status JudgeCounts(int64_t sent, int64_t found, TableReport& table, RunReport& report) {
    Judge(sent == found, static_cast<uint64_t>(sent), static_cast<uint64_t>(found), table, report);
    return {};
  }

  static void Judge(bool same, uint64_t sent, uint64_t found, TableReport& table, RunReport& report) {
    table.verified = same ? "match" : "mismatch";
    if (same) return;
    std::string text = "the source has " + std::to_string(sent) + " rows, the target " + std::to_string(found);
    if (sent == found) text += ", with other values";
    report.errors.push_back(Error(codes::kVerifyMismatch, text).Table(table.target));
    report.status = RunResult::kMismatch;
  }

  const Plan& plan_;
  VerifyLevel level_;
  bool repairing_;
  EngineContext& context_;
  Ends& ends_;
  const ResolvedPlan& resolved_;
  std::unique_ptr<Source> target_;
  int workers_, source_readers_ = 1, target_readers_ = 1;
  std::mutex source_mutex_, target_mutex_;
};

Status WriteRepair(const std::string& path, const RunReport& report, const ResolvedPlan& resolved,
                   const Dialect& dialect) {
  std::ofstream file(path);
  for (const TableTask& task : resolved.tables) {
    for (const RowDifference& difference : report.differences) {
      if (difference.table == task.target_label) file << RepairStatements(difference, task, dialect);
    }
  }
  file.close();
  if (!file) return Fail(Error(codes::kConnOpenFile, "cannot write " + path));
  return {};
}

}  // namespace

Result<RunReport> Verify(const Plan& plan, VerifyLevel level, const std::string& repair_sql, EngineContext& context) {
  const auto begin = std::chrono::steady_clock::now();
  RunReport report;
  report.name = plan.name;
  report.started_at = Rfc3339(NowMicros());
  MIQ_ASSIGN(Ends ends, OpenEnds(plan, context, OptionsFor(plan, "", context), kLookOfRun));
  MIQ_ASSIGN(const ResolvedPlan resolved, ResolvePlan(plan, ends, ResolveFor::kCompare, NowMicros()));
  const VerifyLevel wanted = repair_sql.empty() ? level : VerifyLevel::kDiff;
  MIQ_TRY(Comparison(plan, wanted, !repair_sql.empty(), context, ends, resolved).Run(report));
  if (!repair_sql.empty()) {
    MIQ_TRY(WriteRepair(repair_sql, report, resolved, ends.target_connector->dialect()));
    if (report.differences.size() > 2 * kMostShownDifferences) report.differences.resize(2 * kMostShownDifferences);
  }
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return report;
}

}  // namespace migrateiq
