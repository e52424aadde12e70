#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/plan_flags.hpp"
#include "apps/migrateiq/run_job.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq::cli {

namespace {

class RehearseCommand : public Command {
 public:
  const char* name() const override { return "rehearse"; }
  const char* summary() const override {
    return "Read and transform every row, write nothing, report what would happen";
  }

  void Declare(Options& options) override {
    options.Positional("PLAN", file_, "The plan file (YAML or JSON)");
    options.Number("--sample", sample_, 1, INT64_MAX, "Only about N rows of each table (default: every row)");
    flags_.Declare(options);
    options.Example("  migrateiq rehearse plan.yaml\n  migrateiq rehearse plan.yaml --sample 10000");
  }

  int Run(const Console& console) override {
    Result<Plan> plan = ReadPlanFile(file_);
    if (!plan) return console.Fail(plan.error());
    if (const Status prepared = flags_.Prepare(console, *plan); !prepared) return console.Fail(prepared.error());
    const Result<RunReport> report =
        RunJob(console, [&](EngineContext& context) { return Rehearse(*plan, sample_.value_or(0), context); });
    return report ? ShowReport(console, *report) : console.Fail(report.error());
  }

 private:
  std::string file_;
  std::optional<int64_t> sample_;
  PlanFlags flags_;
};

}  // namespace

CommandPtr MakeRehearse() { return std::make_unique<RehearseCommand>(); }

}  // namespace migrateiq::cli
