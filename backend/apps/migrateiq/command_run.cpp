#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/plan_flags.hpp"
#include "apps/migrateiq/run_job.hpp"
#include "pipeline/plan/plan_file.hpp"

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
    Result<Plan> plan = ReadPlanFile(file_);
    if (!plan) return console.Fail(plan.error());
    const PlanOrigin origin = OriginOf(file_, *plan);
    if (const Status prepared = flags_.Prepare(console, *plan); !prepared) return console.Fail(prepared.error());
    return StartRun(console, *plan, yes_, origin);
  }

 private:
  std::string file_;
  PlanFlags flags_;
  bool yes_ = false;
};

}  // namespace

CommandPtr MakeRun() { return std::make_unique<RunCommand>(); }

}  // namespace migrateiq::cli
