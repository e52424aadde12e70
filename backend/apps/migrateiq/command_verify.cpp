#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/plan_flags.hpp"
#include "apps/migrateiq/run_job.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq::cli {

namespace {

class VerifyCommand : public Command {
 public:
  const char* name() const override { return "verify"; }
  const char* summary() const override { return "Compare both sides now"; }

  void Declare(Options& options) override {
    options.Positional("PLAN_OR_SOURCE_URL", first_, "A plan file, or the source's URL");
    options.Positional("TARGET_URL", target_, "The target's URL, when there is no plan", false);
    options.Choice("--level", level_, {"counts", "checksum", "diff"}, "How closely (default: checksum)");
    options.Text("--repair-sql", repair_, "FILE", "Write the statements that would make the target equal");
    options.List("--tables", tables_, "PATTERNS", "Only these tables (shell patterns: a,b*)");
    options.List("--exclude", exclude_, "PATTERNS", "Not these tables");
    options.Example(
        "  migrateiq verify plan.yaml --level diff --repair-sql repair.sql\n"
        "  migrateiq verify sqlite:shop.db 'postgresql://app:${PG_PASSWORD}@db/crm' --level counts");
  }

  int Run(const Console& console) override {
    Result<Plan> plan = target_.empty() ? ReadPlanFile(first_) : Result<Plan>(PlanFor(first_, target_));
    if (!plan) return console.Fail(plan.error());
    if (!tables_.empty()) plan->include = tables_;
    if (!exclude_.empty()) plan->exclude = exclude_;
    if (const std::string advice = LiteralSecretAdvice(*plan); !advice.empty()) console.Note(advice);
    const Result<RunReport> report =
        RunJob(console, [&](EngineContext& context) { return Verify(*plan, Level(), repair_.value_or(""), context); });
    return report ? ShowReport(console, *report) : console.Fail(report.error());
  }

 private:
  VerifyLevel Level() const {
    if (level_ == "counts") return VerifyLevel::kCounts;
    return level_ == "diff" || (repair_ && !level_) ? VerifyLevel::kDiff : VerifyLevel::kChecksum;
  }

  std::string first_, target_;
  std::optional<std::string> level_, repair_;
  std::vector<std::string> tables_, exclude_;
};

}  // namespace

CommandPtr MakeVerify() { return std::make_unique<VerifyCommand>(); }

}  // namespace migrateiq::cli
