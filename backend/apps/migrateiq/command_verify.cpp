#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/plan_flags.hpp"
#include "apps/migrateiq/show_run.hpp"

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
    const Result<RunReport> report = Verify(console);
    return report ? ShowReport(console, *report) : console.Fail(report.error());
  }

 private:
  Result<PlanInput> Input() const {
    if (target_.empty()) return ReadPlanInput(first_);
    return PlanInput{.plan = PlanFor(first_, target_)};
  }

  Result<RunReport> Verify(const Console& console) const {
    MIQ_ASSIGN(PlanInput input, Input());
    if (!tables_.empty()) input.plan.include = tables_;
    if (!exclude_.empty()) input.plan.exclude = exclude_;
    if (const std::string advice = LiteralSecretAdvice(input.plan); !advice.empty()) console.Note(advice);
    MIQ_ASSIGN(const std::unique_ptr<Runs> runs, OpenRuns(console));
    return runs->Verify(input, Level(), repair_.value_or(""));
  }

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
