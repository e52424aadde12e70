#include <algorithm>
#include <ranges>

#include "base/errors/connect.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "pipeline/run/active_run.hpp"
#include "pipeline/run/journal.hpp"
#include "pipeline/verify/readback.hpp"

namespace migrateiq {

namespace {

constexpr size_t kTablesAtOnce = 100;

/// A step that may be there before the run: only what this run really makes is journalled, so that undo keeps the rest.
Result<bool> IsThere(Target& target, const DdlStep& step) {
  const std::string sql = target.dialect().ExistsQuery(step);
  if (sql.empty()) return false;
  MIQ_ASSIGN(const QueryRows rows, target.Query(sql));
  return !rows.empty();
}

class Creator {
 public:
  explicit Creator(ActiveRun& run) : run_(run) {}

  Status Run() {
    std::vector<const TableTask*> made;
    NameShadows(run_);
    for (const TableTask& task : run_.resolved.tables) {
      if (task.IsMadeByRun()) made.push_back(&task);
    }
    for (const TableTask* task : made) MIQ_TRY(CheckDefinition(*task));
    MIQ_TRY(RefuseBlockedSwaps());
    MIQ_ASSIGN(const std::string created, run_.Fact("created"));
    if (created.empty()) {
      MIQ_TRY(DropLeftovers(made));
      MIQ_TRY(CreateSequences());  // before the tables, whose defaults may use them
      for (size_t begin = 0; begin < made.size(); begin += kTablesAtOnce) {
        MIQ_TRY(CreateSome({made.begin() + static_cast<std::ptrdiff_t>(begin),
                            made.begin() + static_cast<std::ptrdiff_t>(std::min(begin + kTablesAtOnce, made.size()))}));
      }
      MIQ_TRY(IndexUpserted(made));
      MIQ_TRY(run_.Remember("created", "yes"));
    }
    for (const TableTask* task : made) run_.Object("table", task->target_label, "created");
    return EmptyTruncated();
  }

 private:
  Status CheckDefinition(const TableTask& task) const {
    Status possible = run_.target->CheckDefinition(task.LoadTable());
    if (possible) return possible;
    Error error = std::move(possible).error();
    error.table = task.target_label;
    error.message += "; nothing was written";
    return Fail(std::move(error));
  }

  Status RefuseBlockedSwaps() {
    std::vector<TableName> live;
    for (const TableTask& task : run_.resolved.tables) {
      if (task.fate == TableFate::kReplace) live.push_back(task.target.name);
    }
    if (live.empty() || run_.resumed) return {};
    MIQ_ASSIGN(const std::vector<std::string> blockers, run_.target->SwapBlockers(live));
    if (blockers.empty()) return {};
    std::string names;
    for (const std::string& blocker : blockers) names += (names.empty() ? "" : ", ") + blocker;
    return Fail(codes::kSchemaDependents, "these depend on tables to be replaced: " + names + "; nothing was written");
  }

  /// An earlier process may have died between the journal and the end of the creation: what it announced is dropped.
  Status DropLeftovers(const std::vector<const TableTask*>& made) {
    if (!run_.resumed) return {};
    std::vector<TableName> names;
    for (const TableTask* task : made) names.push_back(task->load_name);
    return run_.target->DropTables(names);
  }

  Status CreateSome(const std::vector<const TableTask*>& tasks) {
    std::vector<std::string> statements;
    std::vector<TableName> names;
    for (const TableTask* task : tasks) {
      names.push_back(task->load_name);
      for (const DdlStep& step : task->before) MIQ_TRY(AddStep(step, statements));
      for (const DdlStep& step : run_.target->dialect().CreateSteps(task->LoadTable()))
        MIQ_TRY(AddStep(step, statements));
      MIQ_TRY(SetCounters(*task, statements));
    }
    MIQ_TRY(Journal(run_, "create_tables", std::to_string(tasks.size()) + " tables", NamesJson(names)));
    return run_.target->Execute(statements);
  }

  /// Merging by key needs the key before the first row.
  Status IndexUpserted(const std::vector<const TableTask*>& tasks) {
    for (const TableTask* task : tasks) {
      if (task->fate != TableFate::kUpsert) continue;
      for (const DdlStep& step : run_.target->dialect().IndexSteps(task->LoadTable()))
        MIQ_TRY(RunStep(run_, *run_.target, step));
    }
    return {};
  }

  /// Counters with a step, start or limits of their own, which are owned by a column of the table.
  Status SetCounters(const TableTask& task, std::vector<std::string>& statements) {
    for (Sequence counter : run_.resolved.sequences) {
      if (counter.owned_by != task.target.name) continue;
      counter.owned_by = task.load_name;
      for (const DdlStep& step : run_.target->dialect().SequenceSteps(counter)) MIQ_TRY(AddStep(step, statements));
    }
    return {};
  }

  Status AddStep(const DdlStep& step, std::vector<std::string>& statements) {
    const std::string key = std::string(ToString(step.kind)) + " " + step.name;
    if (step.kind == ObjectKind::kSchema || step.kind == ObjectKind::kType) {
      if (std::ranges::find(seen_, key) != seen_.end()) return {};
      seen_.push_back(key);
      MIQ_ASSIGN(const bool there, IsThere(*run_.target, step));
      if (!there)
        MIQ_TRY(Journal(run_, step.kind == ObjectKind::kSchema ? "create_schema" : "create_type", step.name, "{}"));
    }
    statements.insert(statements.end(), step.statements.begin(), step.statements.end());
    return {};
  }

  Status CreateSequences() {
    const std::vector<Sequence>& before = run_.ends.target_catalog.sequences;
    for (const Sequence& sequence : run_.resolved.sequences) {
      if (!sequence.owned_column.empty()) continue;
      const bool there = std::ranges::find(before, sequence.name, &Sequence::name) != before.end();
      for (const DdlStep& step : run_.target->dialect().SequenceSteps(sequence)) {
        if (!there) MIQ_TRY(Journal(run_, "create_sequence", step.name, NamesJson({sequence.name})));
        MIQ_TRY(RunStep(run_, *run_.target, step));
      }
    }
    return {};
  }

  /// Children before their parents, which may not lose rows that are referred to.
  Status EmptyTruncated() {
    for (const TableTask& task : run_.resolved.tables | std::views::reverse) {
      if (task.fate != TableFate::kTruncate) continue;
      MIQ_ASSIGN(const std::string done, run_.Fact("truncated:" + task.target_label));
      if (!done.empty()) continue;
      MIQ_TRY(run_.target->EmptyTable(run_.run_id, task.target_label, task.load_name));
      MIQ_TRY(run_.Remember("truncated:" + task.target_label, "yes"));
    }
    return {};
  }

  ActiveRun& run_;
  std::vector<std::string> seen_;
};

}  // namespace

Status RunStep(ActiveRun& run, Target& target, const DdlStep& step) {
  const Status done = target.Execute(step.statements);
  const std::string name = step.name.empty() ? step.table.ToString() : step.name;
  const bool reported = step.kind != ObjectKind::kStatistics && step.kind != ObjectKind::kComment;
  if (done) {
    const std::lock_guard lock(run.open_mutex);
    if (reported) run.Object(ToString(step.kind), name, "created");
    return {};
  }
  if (done.error().Is(codes::kConnLost) || done.error().Is(codes::kRunInterrupted) ||
      done.error().Is(codes::kConnDiskFull))
    return done;
  const std::lock_guard lock(run.open_mutex);
  run.Object(ToString(step.kind), name, "failed", done.error().message);
  Error error = done.error();
  if (error.table.empty()) error.table = step.table.ToString();
  run.report.errors.push_back(std::move(error));
  return {};
}

void NameShadows(ActiveRun& run) {
  for (TableTask& task : run.resolved.tables) {
    if (task.fate == TableFate::kReplace) task.load_name = run.target->ShadowName(task.target.name, run.run_id);
  }
}

Status CreateTables(ActiveRun& run) {
  run.progress->SetPhase("creating");
  return Creator(run).Run();
}

}  // namespace migrateiq
