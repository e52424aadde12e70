#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/plan_flags.hpp"
#include "apps/migrateiq/show_run.hpp"

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
    const Result<RunReport> report = Rehearse(console);
    return report ? ShowReport(console, *report) : console.Fail(report.error());
  }

 private:
  Result<RunReport> Rehearse(const Console& console) const {
    MIQ_ASSIGN(PlanInput input, ReadPlanInput(file_));
    MIQ_TRY(flags_.Prepare(console, input.plan));
    MIQ_ASSIGN(const std::unique_ptr<Runs> runs, OpenRuns(console));
    return runs->Rehearse(input, sample_.value_or(0));
  }

  std::string file_;
  std::optional<int64_t> sample_;
  PlanFlags flags_;
};

}  // namespace

CommandPtr MakeRehearse() { return std::make_unique<RehearseCommand>(); }

}  // namespace migrateiq::cli
