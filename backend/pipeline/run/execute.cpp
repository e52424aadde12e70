#include <algorithm>
#include <chrono>

#include "base/errors/data.hpp"
#include "base/errors/run.hpp"
#include "pipeline/plan/plan_file.hpp"
#include "pipeline/run/active_run.hpp"
#include "pipeline/run/claim.hpp"
#include "pipeline/run/clock.hpp"
#include "pipeline/run/journal.hpp"
#include "pipeline/run/resolve_masks.hpp"
#include "pipeline/run/same_table.hpp"

namespace migrateiq {

namespace {

Status CheckFingerprint(const ActiveRun& run, const std::string& known) {
  if (known == PlanFingerprint(run.plan)) return {};
  return Fail(codes::kRunChanged, "the plan is not the one that run " + run.run_id + " began with");
}

/// Rows masked by one key and rows masked by another would lie in one table.
Status CheckMaskKeys(const ActiveRun& run, const std::string& known) {
  if (known.empty() || known == MaskKeyPrints(run.ends.mask_keys)) return {};
  return Fail(Error(codes::kRunChanged, "a mask key is not the one that run " + run.run_id + " began with")
                  .Fix("Give the key that the run began with, or undo the run and start a new one."));
}

Status RememberMaskKeys(ActiveRun& run) {
  MIQ_ASSIGN(const std::string known, run.Fact("mask_keys"));
  MIQ_TRY(CheckMaskKeys(run, known));
  const std::string prints = MaskKeyPrints(run.ends.mask_keys);
  return prints.empty() ? Status() : run.Remember("mask_keys", prints);
}

/// The plan's fingerprint and the run's start are fixed at the first start; a resume must find the same plan.
Status RememberStart(ActiveRun& run, int64_t& run_start) {
  MIQ_ASSIGN(const std::string known, run.Fact("fingerprint"));
  if (!known.empty()) MIQ_TRY(CheckFingerprint(run, known));
  MIQ_TRY(RememberMaskKeys(run));
  MIQ_ASSIGN(const std::string start, run.Fact("run_start"));
  run_start = start.empty() ? NowMicros() : std::stoll(start);
  MIQ_TRY(run.Remember("fingerprint", PlanFingerprint(run.plan)));
  return run.Remember("run_start", std::to_string(run_start));
}

/// A resume must not take the tables that the run itself made for somebody else's.
void ForgetOwnTables(const std::vector<RememberedTable>& remembered, Catalog& target) {
  std::erase_if(target.tables, [&](const Table& table) {
    const auto same = std::ranges::find(remembered, table.name, &RememberedTable::name);
    return same != remembered.end() && !same->existed;
  });
}

Status Resolve(ActiveRun& run) {
  int64_t run_start = 0;
  MIQ_TRY(RememberStart(run, run_start));
  MIQ_ASSIGN(const std::string fates, run.Fact("fates"));
  if (!fates.empty()) {
    MIQ_ASSIGN(const std::vector<RememberedTable> remembered, RememberedFromJson(fates));
    ForgetOwnTables(remembered, run.ends.target_catalog);
  }
  MIQ_ASSIGN(run.resolved, ResolvePlan(run.plan, run.ends, ResolveFor::kRun, run_start));
  run.report.objects = run.resolved.objects;
  return {};
}

/// Nobody else may write to the run's tables from here on. Who had to wait for that looks again at what is there.
Status ClaimTargets(ActiveRun& run, const OpenOptions& options) {
  std::vector<TableName> tables;
  for (const TableTask& task : run.resolved.tables) tables.push_back(task.target.name);
  Result<bool> waited = ClaimTables(*run.target, tables, run.context.stop);
  if (!waited) {
    for (const TableTask& task : run.resolved.tables) {
      if (task.target.name.ToString() == waited.error().table) waited.error().table = task.target_label;
    }
    return Fail(std::move(waited).error());
  }
  if (!*waited) return {};
  MIQ_ASSIGN(run.ends, OpenEnds(run.plan, run.context, options, kLookOfRun));
  return Resolve(run);
}

Status RememberFates(ActiveRun& run) {
  MIQ_ASSIGN(const std::string fates, run.Fact("fates"));
  return fates.empty() ? run.Remember("fates", RememberedJson(run.resolved.tables)) : Status();
}

Status CountMoment(ActiveRun& run) {
  MIQ_ASSIGN(const std::string moments, run.Fact("moments"));
  run.report.moments = (moments.empty() ? 0 : std::stoi(moments)) + 1;
  return run.Remember("moments", std::to_string(run.report.moments));
}

/// Where neither waits for the other, statistics are gathered while the rows are read back: over the connection of
/// `run.target`, as verification opens its own.
Status VerifyAndFinish(ActiveRun& run) {
  FillTableReports(run);
  const bool together = run.plan.run.verify != VerifyLevel::kNone && run.target->finishes_beside_readers();
  Status finished;
  std::jthread beside;
  if (together) beside = std::jthread([&] { finished = FinishTables(run); });
  const Status verified = VerifyTables(run);
  if (together) beside.join();
  if (!verified && !finished && !finished.error().Is(verified.error().code))
    run.report.errors.push_back(finished.error());  // not lost behind the other, unless both tell the same
  if (!verified) return verified;
  run.progress->SetPhase("finishing");
  if (!together) finished = FinishTables(run);
  for (size_t table = 0; finished && table < run.resolved.tables.size(); ++table)
    run.progress->SetTablePhase(table, "done");
  return finished;
}

/// Everything after the first write may have happened.
Status Carry(ActiveRun& run) {
  MIQ_TRY(run.target->Prepare());
  MIQ_TRY(CreateTables(run));
  MIQ_TRY(CountMoment(run));
  MIQ_TRY(LoadTables(run));
  MIQ_TRY(RequireWholeColumns(run));
  MIQ_TRY(BuildIndexes(run));
  MIQ_TRY(SwapTables(run));
  MIQ_TRY(AddForeignKeys(run));
  return VerifyAndFinish(run);
}

RunResult ResultOf(const RunReport& report) {
  bool mismatch = false;
  int64_t quarantined = 0;
  for (const TableReport& table : report.tables) {
    mismatch |= table.verified == "mismatch";
    quarantined += table.rows_quarantined;
  }
  for (const Error& error : report.errors) {
    if (!error.Is(codes::kVerifyMismatch)) return RunResult::kFailed;
  }
  if (mismatch) return RunResult::kMismatch;
  return quarantined > 0 ? RunResult::kQuarantined : RunResult::kSucceeded;
}

void Conclude(ActiveRun& run, const Status& carried) {
  if (run.report.tables.empty() && !run.lines.empty()) FillTableReports(run);
  if (carried) {
    run.report.status = ResultOf(run.report);
    return;
  }
  const bool stopped = run.context.stop.stop_requested() || carried.error().Is(codes::kRunInterrupted);
  run.report.status = stopped ? RunResult::kInterrupted : RunResult::kFailed;
  run.report.errors.push_back(stopped ? Error(codes::kRunInterrupted, "the run was stopped; what is committed stays")
                                      : carried.error());
}

}  // namespace

Status ResolveAgain(ActiveRun& run) {
  MIQ_ASSIGN(const std::string known, run.Fact("fingerprint"));
  MIQ_TRY(CheckFingerprint(run, known));
  MIQ_ASSIGN(const std::string keys, run.Fact("mask_keys"));
  MIQ_TRY(CheckMaskKeys(run, keys));
  MIQ_ASSIGN(const std::string start, run.Fact("run_start"));
  MIQ_ASSIGN(const std::string fates, run.Fact("fates"));
  if (start.empty() || fates.empty()) return Fail(codes::kRunState, "run " + run.run_id + " has not begun yet");
  MIQ_ASSIGN(const std::vector<RememberedTable> remembered, RememberedFromJson(fates));
  ForgetOwnTables(remembered, run.ends.target_catalog);
  MIQ_ASSIGN(run.resolved, ResolvePlan(run.plan, run.ends, ResolveFor::kRun, std::stoll(start)));
  return {};
}

Result<RunReport> ExecuteRun(const Plan& plan, const std::string& run_id, bool resume, EngineContext& context) {
  const auto begin = std::chrono::steady_clock::now();
  ActiveRun run{plan, run_id, context};
  run.resumed = resume;
  run.workers = WorkersFor(plan);
  run.report.run_id = run_id;
  run.report.name = plan.name;
  run.report.started_at = Rfc3339(NowMicros());
  run.progress = std::make_unique<ProgressTracker>(context.observer, run_id);
  run.progress->SetPhase("discovering");
  const OpenOptions options = OptionsFor(plan, run_id, context);
  MIQ_ASSIGN(run.ends, OpenEnds(plan, context, options, kLookOfRun));
  MIQ_TRY(Resolve(run));
  MIQ_TRY(RefuseOwnSource(run.ends, run.resolved, options));
  MIQ_ASSIGN(run.target, OpenTarget(run.ends.target_url, options));
  MIQ_TRY(ClaimTargets(run, options));
  MIQ_TRY(RememberFates(run));
  const Status carried = Carry(run);
  Conclude(run, carried);
  run.progress.reset();
  run.report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return std::move(run.report);
}

Result<Preview> PreviewRun(const Plan& plan, EngineContext& context) {
  // Which tables there are does not depend on their values, and a look at every row can take as long as reading them.
  const DiscoverOptions look{.schemas = {}, .probe_values = false};
  MIQ_ASSIGN(Ends ends, OpenEnds(plan, context, OptionsFor(plan, "", context), look));
  MIQ_ASSIGN(const ResolvedPlan resolved, ResolvePlan(plan, ends, ResolveFor::kRun, NowMicros()));
  Preview preview;
  std::string no_undo;
  for (const TableTask& task : resolved.tables) {
    auto& list = !task.exists                        ? preview.creates
                 : task.fate == TableFate::kReplace  ? preview.replaces
                 : task.fate == TableFate::kTruncate ? preview.truncates
                 : task.fate == TableFate::kUpsert   ? preview.upserts
                                                     : preview.appends;
    list.push_back(task.target_label);
    if (task.exists && task.fate != TableFate::kReplace) no_undo += (no_undo.empty() ? "" : ", ") + task.target_label;
  }
  if (!plan.run.undo_journal) preview.warnings.push_back("run.undo is none: undo will not be possible");
  if (!no_undo.empty())
    preview.warnings.push_back("undo will not be possible for: " + no_undo + " (append, truncate and upsert)");
  if (ends.source_connector->info().file_based) preview.files = std::move(ends.source);
  return preview;
}

}  // namespace migrateiq
