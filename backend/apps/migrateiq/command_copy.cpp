#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/plan_flags.hpp"
#include "apps/migrateiq/show_run.hpp"

namespace migrateiq::cli {

namespace {

class Copy : public Command {
 public:
  const char* name() const override { return "copy"; }
  const char* summary() const override { return "Copy a database or chosen tables, schema included, and verify it"; }

  void Declare(Options& options) override {
    options.Positional("SOURCE_URL", source_, "Where the data is");
    options.Positional("TARGET_URL", target_, "Where it shall be");
    flags_.Declare(options);
    options.Flag("-y,--yes", yes_, "Replace or truncate without asking");
    options.Example(
        "  migrateiq copy 'mysql://etl:${SHOP_PASSWORD}@db/shop' 'postgresql://app:${PG_PASSWORD}@db/crm'\n"
        "  migrateiq copy sqlite:shop.db csv:out --tables 'customer,order*'\n"
        "\nURLs: scheme://user:password@host:port/database?parameter=value, or scheme:path. ${NAME} and ${file:/path}\n"
        "are replaced from the environment and from files. `migrateiq doctor` lists the schemes.");
  }

  int Run(const Console& console) override {
    const Result<RunEnd> end = Start(console);
    return end ? ShowEnd(console, *end) : console.Fail(end.error());
  }

 private:
  Result<RunEnd> Start(const Console& console) const {
    PlanInput input{.plan = PlanFor(source_, target_)};
    MIQ_TRY(flags_.Prepare(console, input.plan));
    MIQ_ASSIGN(const std::unique_ptr<Runs> runs, OpenRuns(console));
    return runs->Start(input, AskBeforeRun(console, yes_));
  }

  std::string source_, target_;
  PlanFlags flags_;
  bool yes_ = false;
};

}  // namespace

CommandPtr MakeCopy() { return std::make_unique<Copy>(); }

}  // namespace migrateiq::cli
