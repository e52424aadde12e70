#include <algorithm>

#include "base/parallel.hpp"
#include "pipeline/run/active_run.hpp"
#include "pipeline/run/journal.hpp"
#include "pipeline/run/made.hpp"

namespace migrateiq {

namespace {

constexpr size_t kStatementsAtOnce = 200;

/// One connection per worker, so that indexes are built in parallel.
Result<std::vector<std::unique_ptr<Target>>> OpenTargets(ActiveRun& run, size_t count) {
  std::vector<std::unique_ptr<Target>> targets;
  while (targets.size() < count) {
    MIQ_ASSIGN(std::unique_ptr<Target> target,
               OpenTarget(run.ends.target_url, OptionsFor(run.plan, run.run_id, run.context)));
    targets.push_back(std::move(target));
  }
  return targets;
}

Status RunSteps(ActiveRun& run, const std::vector<std::vector<DdlStep>>& groups) {
  const bool parallel = run.target->max_writers() > 1 && run.workers > 1 && groups.size() > 1;
  if (!parallel) {
    for (const auto& group : groups) {
      for (const DdlStep& step : group) MIQ_TRY(RunStep(run, *run.target, step));
    }
    return {};
  }
  MIQ_ASSIGN(const auto targets, OpenTargets(run, static_cast<size_t>(run.workers)));
  return ParallelFor(run.workers, groups.size(), [&](int slot, size_t index) -> Status {
    for (const DdlStep& step : groups[index]) MIQ_TRY(RunStep(run, *targets[static_cast<size_t>(slot)], step));
    return {};
  });
}

}  // namespace

Status BuildIndexes(ActiveRun& run) {
  run.progress->SetPhase("indexing");
  MIQ_ASSIGN(const std::string done, run.Fact("indexed"));
  std::vector<std::vector<DdlStep>> groups;
  for (const TableTask& task : run.resolved.tables) {
    if (!task.IsMadeByRun() || task.fate == TableFate::kUpsert) continue;  // upserted tables have theirs already
    std::vector<DdlStep> steps = run.target->dialect().IndexSteps(task.LoadTable());
    if (!steps.empty()) groups.push_back(std::move(steps));
  }
  if (!done.empty()) {
    for (const auto& group : groups) {
      for (const DdlStep& step : group) {
        if (step.kind != ObjectKind::kComment) run.Object(ToString(step.kind), step.name, "created");
      }
    }
    return {};
  }
  MIQ_TRY(RunSteps(run, groups));
  return run.Remember("indexed", "yes");
}

namespace {

/// Without a journal nobody could ask for the old tables again.
Status DropAside(ActiveRun& run, const std::vector<SwapTable>& swaps) {
  std::vector<TableName> aside;
  for (const SwapTable& swap : swaps) aside.push_back(swap.aside);
  Made made{.swaps = swaps};
  MIQ_ASSIGN(const std::string before, run.Fact("runs_before"));
  if (!before.empty()) { MIQ_ASSIGN(made.runs_before, TextsFromJson(before)); }
  MIQ_TRY(NoteSuperseded(*run.target, run.run_id, made));
  return run.target->DropTables(aside);
}

}  // namespace

Status SwapTables(ActiveRun& run) {
  std::vector<SwapTable> swaps;
  for (TableTask& task : run.resolved.tables) {
    if (task.fate != TableFate::kReplace) continue;
    swaps.push_back({task.target.name, task.load_name, run.target->AsideName(task.target.name, run.run_id)});
  }
  if (swaps.empty()) return {};
  MIQ_ASSIGN(const std::string done, run.Fact("swapped"));
  if (done.empty()) {
    MIQ_TRY(NoteRunsBefore(run));
    for (const SwapTable& swap : swaps) { MIQ_TRY(Journal(run, "swap_table", swap.live.ToString(), SwapJson(swap))); }
    MIQ_TRY(run.target->Swap(swaps));
    MIQ_TRY(run.Remember("swapped", "yes"));
    if (!run.plan.run.undo_journal) MIQ_TRY(DropAside(run, swaps));
  }
  for (TableTask& task : run.resolved.tables) {
    if (task.fate == TableFate::kReplace) task.load_name = task.target.name;
  }
  return {};
}

Status FinishTables(ActiveRun& run) {
  DdlStep together{.kind = ObjectKind::kStatistics, .name = "", .table = {}, .statements = {}};
  for (const TableTask& task : run.resolved.tables) {
    Table table = task.LoadTable();
    // An existing table's own counter is not the source's business; it is only moved past the data.
    for (CatalogColumn& column : table.columns) {
      if (task.exists && task.fate != TableFate::kReplace) column.identity_next.reset();
    }
    for (const DdlStep& step : run.target->dialect().FinishSteps(table)) {
      together.statements.insert(together.statements.end(), step.statements.begin(), step.statements.end());
    }
    if (together.statements.size() < kStatementsAtOnce && &task != &run.resolved.tables.back()) continue;
    MIQ_TRY(RunStep(run, *run.target, together));
    together.statements.clear();
  }
  return {};
}

}  // namespace migrateiq
