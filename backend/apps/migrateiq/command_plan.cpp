#include <boost/json.hpp>

#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/plan_flags.hpp"
#include "apps/migrateiq/runs.hpp"
#include "base/json_text.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq::cli {

namespace {

class PlanCommand : public Command {
 public:
  const char* name() const override { return "plan"; }
  const char* summary() const override { return "Look at both sides and propose a plan to edit"; }

  void Declare(Options& options) override {
    options.Positional("SOURCE_URL", source_, "Where the data is");
    options.Positional("TARGET_URL", target_, "Where it shall be");
    options.Text("-o,--output", output_, "FILE", "Where to write the plan (default: stdout)");
    flags_.Declare(options);
    options.Example(
        "  migrateiq plan 'mysql://etl:${SHOP_PASSWORD}@db/shop' 'postgresql://app:${PG_PASSWORD}@db/crm' -o "
        "plan.yaml");
  }

  int Run(const Console& console) override {
    const Result<Plan> plan = Propose(console);
    if (!plan) return console.Fail(plan.error());
    const Status shown = Show(console, *plan);
    return shown ? 0 : console.Fail(shown.error());
  }

 private:
  Result<Plan> Propose(const Console& console) const {
    PlanInput skeleton{.plan = PlanFor(source_, target_)};
    MIQ_TRY(flags_.Apply(skeleton.plan));
    if (const std::string advice = LiteralSecretAdvice(skeleton.plan); !advice.empty()) console.Note(advice);
    MIQ_ASSIGN(const std::unique_ptr<Runs> runs, OpenRuns(console));
    return runs->Propose(skeleton);
  }

  Status Show(const Console& console, const Plan& plan) const {
    std::string note;
    const std::string text = WritePlan(WithReferences(plan, note));
    if (!note.empty()) console.Note(note);
    boost::json::object document = {{"tables", plan.mappings.size()}};
    for (const std::string& file : {flags_.plan_out(), output_.value_or("")}) {
      if (file.empty()) continue;
      MIQ_TRY(WritePlanFile(file, plan));
      console.Note("plan written to " + file + "; look through it, then: migrateiq rehearse " + file);
      document["file"] = file;
    }
    document["plan"] = text;
    console.Result(JsonText(document), output_ ? "" : text);
    return {};
  }

  std::string source_, target_;
  std::optional<std::string> output_;
  PlanFlags flags_;
};

}  // namespace

CommandPtr MakePlan() { return std::make_unique<PlanCommand>(); }

}  // namespace migrateiq::cli
