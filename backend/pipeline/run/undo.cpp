#include <set>

#include "base/errors/run.hpp"
#include "pipeline/run/active_run.hpp"
#include "pipeline/run/claim.hpp"
#include "pipeline/run/journal.hpp"
#include "pipeline/run/made.hpp"
#include "pipeline/run/resolve_tables.hpp"

namespace migrateiq {

namespace {

/// Tables that the run wrote into although they were there before: undo has nothing to give back for them.
Result<std::string> NotUndoable(const std::string& run_id, EngineContext& context) {
  MIQ_ASSIGN(const std::optional<std::string> fates, context.store.GetFact(run_id, "fates"));
  if (!fates) return "";
  MIQ_ASSIGN(const std::vector<RememberedTable> remembered, RememberedFromJson(*fates));
  std::string names;
  for (const RememberedTable& table : remembered) {
    if (!table.existed || table.fate == TableFate::kReplace || table.fate == TableFate::kCreate) continue;
    names += (names.empty() ? "" : ", ") + table.label;
  }
  return names;
}

Result<std::unique_ptr<Target>> OpenTargetOf(const Plan& plan, const std::string& run_id, EngineContext& context) {
  MIQ_ASSIGN(const Url url, ParseUrl(plan.target.url, context.secrets));
  OpenOptions options = OptionsFor(plan, run_id, context);
  options.create_database = false;
  return OpenTarget(url, options);
}

/// Schemas and types go only when nothing else uses them: a refusal is no error.
void DropLeftEmpty(Target& target, const Made& made) {
  const Dialect& dialect = target.dialect();
  for (const TableName& name : made.sequences) (void)target.Execute({"DROP SEQUENCE IF EXISTS " + dialect.Quote(name)});
  for (const std::string& type : made.types) (void)target.Execute({"DROP TYPE IF EXISTS " + type});  // quoted already
  for (const std::string& schema : made.schemas)
    (void)target.Execute({"DROP SCHEMA IF EXISTS " + dialect.Quote(schema)});
}

/// What undo drops, and what it brings back. A shadow that was swapped in is dropped where its table was not there
/// before; else it goes when the old one comes back.
struct WayBack {
  std::vector<TableName> drops, restores;
};

Result<WayBack> FindWayBack(const Made& made, const std::string& run_id, EngineContext& context) {
  MIQ_ASSIGN(const std::optional<std::string> fates, context.store.GetFact(run_id, "fates"));
  std::vector<RememberedTable> remembered;
  if (fates) { MIQ_ASSIGN(remembered, RememberedFromJson(*fates)); }
  MIQ_ASSIGN(const std::optional<std::string> swapped, context.store.GetFact(run_id, "swapped"));
  std::set<TableName> shadows, existed;
  for (const RememberedTable& table : remembered) {
    if (table.existed) existed.insert(table.name);
  }
  WayBack back;
  for (const SwapTable& swap : made.swaps) {
    if (swapped) shadows.insert(swap.shadow);
    (existed.contains(swap.live) ? back.restores : back.drops).push_back(swap.live);
  }
  for (const TableName& table : made.tables) {
    if (!shadows.contains(table)) back.drops.push_back(table);
  }
  return back;
}

/// What came after this run would be lost, or would later bring back what was undone.
Status RefuseReplaced(Target& target, const std::string& run_id, const Made& made) {
  if (!made.superseded.empty()) {
    std::string names;
    for (const std::string& name : made.superseded) names += (names.empty() ? "" : ", ") + name;
    return Fail(Error(codes::kRunUndoRefused, "tables of this run were replaced, and that was accepted: " + names)
                    .Fix("Accept run " + run_id + ": what it could undo is then forgotten."));
  }
  MIQ_ASSIGN(const std::string later, ReplacedSince(target, run_id, made));
  if (later.empty()) return {};
  return Fail(Error(codes::kRunUndoRefused, "later runs replaced tables of this run: " + later)
                  .Fix("Undo or accept the runs named first, the latest first."));
}

}  // namespace

Result<UndoPreview> PreviewUndo(const Plan& plan, const std::string& run_id, EngineContext& context) {
  MIQ_ASSIGN(const std::string refused, NotUndoable(run_id, context));
  if (!refused.empty())
    return Fail(codes::kRunUndoRefused, "rows were added to or changed in tables that were there before: " + refused);
  MIQ_ASSIGN(const std::unique_ptr<Target> target, OpenTargetOf(plan, run_id, context));
  MIQ_ASSIGN(const Made made, ReadMade(*target, run_id));
  if (made.empty())
    return Fail(codes::kRunUndoRefused,
                "the target's journal has nothing of run " + run_id +
                    ": it made nothing, kept none (`run.undo: none`), was undone, or was accepted");
  MIQ_TRY(RefuseReplaced(*target, run_id, made));
  MIQ_ASSIGN(const WayBack back, FindWayBack(made, run_id, context));
  UndoPreview preview;
  for (const TableName& table : back.drops) preview.drops.push_back(table.ToString());
  for (const TableName& table : back.restores) preview.restores.push_back(table.ToString());
  return preview;
}

Status UndoRun(const Plan& plan, const std::string& run_id, EngineContext& context) {
  MIQ_TRY(PreviewUndo(plan, run_id, context));
  MIQ_ASSIGN(const std::unique_ptr<Target> target, OpenTargetOf(plan, run_id, context));
  MIQ_ASSIGN(const Made made, ReadMade(*target, run_id));
  MIQ_ASSIGN(const WayBack back, FindWayBack(made, run_id, context));
  std::vector<TableName> touched = back.drops;
  touched.insert(touched.end(), back.restores.begin(), back.restores.end());
  MIQ_TRY(ClaimTables(*target, touched, context.stop));
  MIQ_TRY(target->CheckForget());
  if (!made.swaps.empty()) MIQ_TRY(target->SwapBack(made.swaps));
  MIQ_TRY(target->DropTables(back.drops));
  DropLeftEmpty(*target, made);
  MIQ_TRY(target->ForgetRun(run_id));
  context.observer.OnEvent("info", "run " + run_id + " undone");
  return {};
}

Status AcceptRun(const Plan& plan, const std::string& run_id, EngineContext& context) {
  MIQ_ASSIGN(const std::unique_ptr<Target> target, OpenTargetOf(plan, run_id, context));
  MIQ_ASSIGN(const Made made, ReadMade(*target, run_id));
  MIQ_TRY(target->CheckForget());
  MIQ_TRY(NoteSuperseded(*target, run_id, made));
  std::vector<TableName> aside;
  for (const SwapTable& swap : made.swaps) aside.push_back(swap.aside);
  if (!aside.empty()) MIQ_TRY(target->DropTables(aside));
  return target->ForgetRun(run_id);
}

}  // namespace migrateiq
