#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/plan_flags.hpp"
#include "apps/migrateiq/show_run.hpp"

namespace migrateiq::cli {

namespace {

class RunCommand : public Command {
 public:
  const char* name() const override { return "run"; }
  const char* summary() const override { return "Carry a plan out"; }

  void Declare(Options& options) override {
    options.Positional("PLAN", file_, "The plan file (YAML or JSON)");
    flags_.Declare(options);
    options.Flag("-y,--yes", yes_, "Replace or truncate without asking");
    options.Example("  migrateiq run plan.yaml\n  migrateiq run plan.yaml --schema replace --yes --json > report.json");
  }

  int Run(const Console& console) override {
    const Result<RunEnd> end = Start(console);
    return end ? ShowEnd(console, *end) : console.Fail(end.error());
  }

 private:
  Result<RunEnd> Start(const Console& console) const {
    MIQ_ASSIGN(PlanInput input, ReadPlanInput(file_));
    MIQ_TRY(flags_.Prepare(console, input.plan));
    MIQ_ASSIGN(const std::unique_ptr<Runs> runs, OpenRuns(console));
    return runs->Start(input, AskBeforeRun(console, yes_));
  }

  std::string file_;
  PlanFlags flags_;
  bool yes_ = false;
};

}  // namespace

CommandPtr MakeRun() { return std::make_unique<RunCommand>(); }

}  // namespace migrateiq::cli
