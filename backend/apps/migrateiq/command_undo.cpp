#include <fmt/format.h>
#include <fmt/ranges.h>
#include <boost/json.hpp>

#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/run_job.hpp"
#include "base/json_text.hpp"

namespace migrateiq::cli {

namespace {

/// A run that nobody else controls while something is done to it.
struct HeldRun {
  std::unique_ptr<RunRepository> repository;
  RunLock lock;
  RunRecord record;
  Plan plan;
};

Result<HeldRun> Hold(const Console& console, const std::string& run_id) {
  MIQ_ASSIGN(std::unique_ptr<RunRepository> repository, OpenState(console));
  MIQ_ASSIGN(RunRecord record, repository->FindRun(run_id));
  MIQ_ASSIGN(RunLock lock, repository->Control(run_id));
  MIQ_ASSIGN(Plan plan, repository->LoadPlan(run_id));
  return HeldRun{std::move(repository), std::move(lock), std::move(record), std::move(plan)};
}

Status CheckUndoable(const RunRecord& run) {
  if (run.accepted) return Fail(codes::kRunState, "run " + run.run_id + " was accepted; what undo needs is gone");
  if (run.status == "undone") return Fail(codes::kRunState, "run " + run.run_id + " is undone already");
  return {};
}

// The ledger of a run that did not end is what `resume` needs.
Status CheckAcceptable(const RunRecord& run) {
  const bool ended = run.status == "succeeded" || run.status == "quarantined" || run.status == "mismatch";
  if (ended) return {};
  return Fail(codes::kRunState,
              "run " + run.run_id + " is " + run.status + "; only a run that was carried out is accepted");
}

std::string Question(const UndoPreview& preview) {
  std::string text = "Undo";
  if (!preview.drops.empty()) text += fmt::format(" drops {};", fmt::join(preview.drops, ", "));
  if (!preview.restores.empty()) text += fmt::format(" restores {};", fmt::join(preview.restores, ", "));
  return text + " this cannot be taken back.";
}

void ShowDone(const Console& console, const std::string& run_id, const std::string& status,
              const UndoPreview& preview) {
  const auto names = [](const std::vector<std::string>& texts) {
    return boost::json::array(texts.begin(), texts.end());
  };
  console.Result(JsonText(boost::json::object{{"run_id", run_id},
                                              {"status", status},
                                              {"drops", names(preview.drops)},
                                              {"restores", names(preview.restores)}}),
                 "run " + run_id + ": " + status);
}

class Undo : public Command {
 public:
  const char* name() const override { return "undo"; }
  const char* summary() const override { return "Take back what a run created or replaced"; }

  void Declare(Options& options) override {
    options.Positional("RUN_ID", run_id_, "As `migrateiq runs` lists it");
    options.Flag("-y,--yes", yes_, "Do not ask");
    options.Example("  migrateiq undo 20261122-223305-k3f9");
  }

  int Run(const Console& console) override {
    UndoPreview preview;
    if (const Status undone = UndoHeld(console, preview); !undone) return console.Fail(undone.error());
    ShowDone(console, run_id_, "undone", preview);
    return 0;
  }

 private:
  Status UndoHeld(const Console& console, UndoPreview& preview) const {
    MIQ_ASSIGN(const HeldRun run, Hold(console, run_id_));
    MIQ_TRY(CheckUndoable(run.record));
    MIQ_ASSIGN(preview,
               RunJob(console, [&](EngineContext& context) { return PreviewUndo(run.plan, run_id_, context); }));
    MIQ_TRY(console.Confirm(Question(preview), yes_));
    MIQ_TRY(RunJob(console, [&](EngineContext& context) { return UndoRun(run.plan, run_id_, context); }));
    return run.repository->SetStatus(run_id_, "undone");
  }

  std::string run_id_;
  bool yes_ = false;
};

class Accept : public Command {
 public:
  const char* name() const override { return "accept"; }
  const char* summary() const override { return "Drop kept-aside tables, journal and ledger of a run; undo ends here"; }

  void Declare(Options& options) override {
    options.Positional("RUN_ID", run_id_, "As `migrateiq runs` lists it");
    options.Flag("-y,--yes", yes_, "Do not ask");
    options.Example("  migrateiq accept 20261122-223305-k3f9");
  }

  int Run(const Console& console) override {
    if (const Status accepted = AcceptHeld(console); !accepted) return console.Fail(accepted.error());
    ShowDone(console, run_id_, "accepted", {});
    return 0;
  }

 private:
  Status AcceptHeld(const Console& console) const {
    MIQ_ASSIGN(const HeldRun run, Hold(console, run_id_));
    MIQ_TRY(CheckAcceptable(run.record));
    MIQ_TRY(console.ConfirmOnTerminal("Replaced tables are dropped and undo is no longer possible.", yes_));
    MIQ_TRY(RunJob(console, [&](EngineContext& context) { return AcceptRun(run.plan, run_id_, context); }));
    return run.repository->SetAccepted(run_id_);
  }

  std::string run_id_;
  bool yes_ = false;
};

}  // namespace

CommandPtr MakeUndo() { return std::make_unique<Undo>(); }

CommandPtr MakeAccept() { return std::make_unique<Accept>(); }

}  // namespace migrateiq::cli
