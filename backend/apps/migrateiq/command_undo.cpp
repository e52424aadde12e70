#include <fmt/format.h>
#include <fmt/ranges.h>
#include <boost/json.hpp>

#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/runs.hpp"
#include "base/json_text.hpp"

namespace migrateiq::cli {

namespace {

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
    const Result<UndoPreview> undone = Take(console);
    if (!undone) return console.Fail(undone.error());
    ShowDone(console, run_id_, "undone", *undone);
    return 0;
  }

 private:
  Result<UndoPreview> Take(const Console& console) const {
    MIQ_ASSIGN(const std::unique_ptr<Runs> runs, OpenRuns(console));
    return runs->Undo(run_id_, [&](const UndoPreview& preview) { return console.Confirm(Question(preview), yes_); });
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
    if (const Status accepted = Take(console); !accepted) return console.Fail(accepted.error());
    ShowDone(console, run_id_, "accepted", {});
    return 0;
  }

 private:
  Status Take(const Console& console) const {
    MIQ_ASSIGN(const std::unique_ptr<Runs> runs, OpenRuns(console));
    return runs->Accept(run_id_, [&] {
      return console.ConfirmOnTerminal("Replaced tables are dropped and undo is no longer possible.", yes_);
    });
  }

  std::string run_id_;
  bool yes_ = false;
};

}  // namespace

CommandPtr MakeUndo() { return std::make_unique<Undo>(); }

CommandPtr MakeAccept() { return std::make_unique<Accept>(); }

}  // namespace migrateiq::cli
