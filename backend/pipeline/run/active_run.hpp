#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "pipeline/run/engine.hpp"
#include "pipeline/run/progress_tracker.hpp"
#include "pipeline/run/resolve.hpp"

namespace migrateiq {

/// A run loads every row anyway: what only the rows tell of NOT NULL columns it learns from them.
inline const DiscoverOptions kLookOfRun{.schemas = {}, .leave_dates = true};

/// Opens both ends of a plan and discovers what they hold. The target may be missing tables, not be unreachable.
/// `look.leave_dates` counts only for targets that can make a column NOT NULL later.
Result<Ends> OpenEnds(const Plan& plan, EngineContext& context, const OpenOptions& options,
                      const DiscoverOptions& look = {});

/// Options for opening connectors in a run of this plan.
OpenOptions OptionsFor(const Plan& plan, const std::string& run_id, const EngineContext& context);

/// The plan's number of workers, or one a core.
int WorkersFor(const Plan& plan);

/// A run under way: the plan resolved, both ends open, what was found out so far. The phases below work on it in order.
struct ActiveRun {
  const Plan& plan;
  std::string run_id;
  EngineContext& context;
  bool resumed = false;
  Ends ends;
  std::unique_ptr<Target> target;
  ResolvedPlan resolved;
  int workers = 1;
  std::mutex open_mutex{};  ///< Source and Target are used by one thread at a time; guards lines and report as well
  std::unique_ptr<ProgressTracker> progress{};
  std::vector<std::vector<LedgerLine>> lines{};        ///< committed chunks per table
  std::optional<std::vector<JournalEntry>> journal{};  ///< what the target's journal says, once it was asked
  bool foreign_keys_bypassed = false;
  RunReport report{};

  const std::string& Label(size_t table) const { return resolved.tables[table].target_label; }
  void Object(const std::string& kind, const std::string& name, const std::string& status, const std::string& why = "");
  Result<std::string> Fact(const std::string& name) const;  ///< empty when unknown
  Status Remember(const std::string& name, const std::string& value) {
    return context.store.PutFact(run_id, name, value);
  }
};

/// Writes down, before it is done, what undo shall take back; nothing with `undo: none`. An entry that an interrupted
/// process wrote already is not repeated.
Status Journal(ActiveRun& run, const std::string& kind, const std::string& object, const std::string& detail);

/// Resolves the plan as the run's first process did, changing nothing that is remembered.
Status ResolveAgain(ActiveRun& run);
/// Where the rows of tables that are replaced go.
void NameShadows(ActiveRun& run);

/// Ledger and journal, tables, shadows; empties tables in mode truncate. Idempotent over resumes.
Status CreateTables(ActiveRun& run);
/// All chunks of all tables; also decides, after a resume, which started tables must be loaded again.
Status LoadTables(ActiveRun& run);
/// NOT NULL for the columns that had to wait for their rows (zero dates become NULL); those that hold NULL are
/// reported.
Status RequireWholeColumns(ActiveRun& run);
/// Primary keys, unique constraints, indexes, checks and comments of the tables this run made.
Status BuildIndexes(ActiveRun& run);
/// Compares what was sent with what the target gives back; fills digests and `verified` of the tables' reports.
Status VerifyTables(ActiveRun& run);
/// Puts shadows in the place of what they replace.
Status SwapTables(ActiveRun& run);
/// Foreign keys, after looking for orphans where the target does not.
Status AddForeignKeys(ActiveRun& run);
/// Identity counters, free sequences, statistics. May run beside VerifyTables: it uses `target`, which VerifyTables
/// does not, and writes to the report under `open_mutex`.
Status FinishTables(ActiveRun& run);
/// Counts of the ledger lines into the report's tables.
void FillTableReports(ActiveRun& run);

/// Runs one DDL step and reports it as created or failed; only a lost connection is an error.
Status RunStep(ActiveRun& run, Target& target, const DdlStep& step);

}  // namespace migrateiq
