#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/run_job.hpp"

namespace migrateiq::cli {

namespace {

class Resume : public Command {
 public:
  const char* name() const override { return "resume"; }
  const char* summary() const override {
    return "Continue an interrupted or failed run after its last committed chunk";
  }

  void Declare(Options& options) override {
    options.Positional("RUN_ID", run_id_, "As `migrateiq runs` lists it");
    options.Example("  migrateiq resume 20261122-223305-k3f9");
  }

  int Run(const Console& console) override { return ResumeRun(console, run_id_); }

 private:
  std::string run_id_;
};

}  // namespace

CommandPtr MakeResume() { return std::make_unique<Resume>(); }

}  // namespace migrateiq::cli
