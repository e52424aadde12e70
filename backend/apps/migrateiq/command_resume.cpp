#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/show_run.hpp"

namespace migrateiq::cli {

namespace {

class ResumeCommand : public Command {
 public:
  const char* name() const override { return "resume"; }
  const char* summary() const override {
    return "Continue an interrupted or failed run after its last committed chunk";
  }

  void Declare(Options& options) override {
    options.Positional("RUN_ID", run_id_, "As `migrateiq runs` lists it");
    options.Example("  migrateiq resume 20261122-223305-k3f9");
  }

  int Run(const Console& console) override {
    const Result<RunEnd> end = Resume(console);
    return end ? ShowEnd(console, *end) : console.Fail(end.error());
  }

 private:
  Result<RunEnd> Resume(const Console& console) const {
    MIQ_ASSIGN(const std::unique_ptr<Runs> runs, OpenRuns(console));
    return runs->Resume(run_id_);
  }

  std::string run_id_;
};

}  // namespace

CommandPtr MakeResume() { return std::make_unique<ResumeCommand>(); }

}  // namespace migrateiq::cli
