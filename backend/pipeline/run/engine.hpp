#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "pipeline/plan/plan.hpp"
#include "pipeline/run/progress.hpp"
#include "pipeline/run/report.hpp"
#include "pipeline/run/run_store.hpp"
#include "pipeline/run/share.hpp"

/// The engine's entry points. Each opens the plan's systems, does one job and closes them again.
/// URLs' references (${...}) are resolved according to `secrets`. Thread-safe: different calls share nothing.
namespace migrateiq {

class Source;

struct EngineContext {
  RunStore& store;
  RunObserver& observer;
  std::stop_token stop;  ///< ends the job soon; what is committed stays
  Secrets secrets = Secrets::kResolve;
  RunShare* share = nullptr;  ///< null: no other process can load chunks of a run
};

/// Carries a plan out as run `run_id`, or continues it when `resume`. The report has status kFailed and errors when the
/// run failed after it began; an Error is returned only when nothing was begun (wrong usage, unreachable, refused).
Result<RunReport> ExecuteRun(const Plan& plan, const std::string& run_id, bool resume, EngineContext& context);

/// Loads chunks of a run that another process controls, in the moment which that one holds, until none is left to take.
/// `context.share` deals them. An Error: nothing could be begun. Neither it nor `ended` is the run's end: what was not
/// loaded is loaded by others.
struct Help {
  int64_t chunks = 0, rows = 0;
  Status ended;
};
Result<Help> HelpRun(const Plan& plan, const std::string& run_id, const ShareTerms& terms, EngineContext& context);

/// What ExecuteRun would replace, truncate or append to: shown before a confirmation is asked. Touches nothing.
struct Preview {
  std::vector<std::string> creates, replaces, truncates, appends, upserts;  ///< target tables
  std::vector<std::string> warnings;                                        ///< "undo is not possible for: ..."
  /// Source files as they were read; null for other systems. While it lives a run does not read them whole once more,
  /// unless they changed.
  std::shared_ptr<const Source> files{};
  bool Destructive() const { return !replaces.empty() || !truncates.empty(); }
};
Result<Preview> PreviewRun(const Plan& plan, EngineContext& context);

/// Everything but the writes. `sample_rows` 0 = every row.
Result<RunReport> Rehearse(const Plan& plan, int64_t sample_rows, EngineContext& context);

/// Compares both sides now. `repair_sql` (a path) receives the statements that would make the target equal; empty =
/// none.
Result<RunReport> Verify(const Plan& plan, VerifyLevel level, const std::string& repair_sql, EngineContext& context);

/// A complete plan: every table and column of the source written out, with types and proposals for existing targets.
Result<Plan> ProposePlan(const Plan& skeleton, EngineContext& context);

/// Takes back what a run created or replaced. kRunUndoRefused when it appended, truncated or upserted.
struct UndoPreview {
  std::vector<std::string> drops, restores;
};
Result<UndoPreview> PreviewUndo(const Plan& plan, const std::string& run_id, EngineContext& context);
Status UndoRun(const Plan& plan, const std::string& run_id, EngineContext& context);
/// Drops kept-aside tables, journal and ledger lines; undo is impossible afterwards.
Status AcceptRun(const Plan& plan, const std::string& run_id, EngineContext& context);

/// Writes open quarantined rows (all, or those with the ids) through the plan again; rows that fail stay open.
struct ReplayResult {
  int64_t replayed = 0, still_refused = 0;
  std::vector<QuarantinedRow> refused;
};
Result<ReplayResult> ReplayQuarantine(const Plan& plan, const std::string& run_id, const std::vector<int64_t>& ids,
                                      EngineContext& context);

}  // namespace migrateiq
