#include <boost/json.hpp>

#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/runs.hpp"
#include "base/json_text.hpp"

namespace migrateiq::cli {

namespace {

/// `pause` and `cancel`.
class Request : public Command {
 public:
  Request(const char* name, const char* summary) : name_(name), summary_(summary) {}
  const char* name() const override { return name_; }
  const char* summary() const override { return summary_; }

  void Declare(Options& options) override {
    options.Positional("RUN_ID", run_id_, "As `migrateiq runs` lists it");
    options.Example("  migrateiq " + std::string(name_) + " 20261122-223305-k3f9");
  }

  int Run(const Console& console) override {
    const Result<std::string> status = Ask(console);
    if (!status) return console.Fail(status.error());
    const boost::json::object document = {{"run_id", run_id_}, {"request", name_}, {"status", *status}};
    console.Result(JsonText(document), "run " + run_id_ + ": " + *status);
    return 0;
  }

 private:
  Result<std::string> Ask(const Console& console) const {
    MIQ_ASSIGN(const std::unique_ptr<Runs> runs, OpenRuns(console));
    return runs->Request(run_id_, name_);
  }

  const char* name_;
  const char* summary_;
  std::string run_id_;
};

}  // namespace

CommandPtr MakePause() {
  return std::make_unique<Request>("pause", "Stop a run under way at its next batch; `resume` continues it");
}

CommandPtr MakeCancel() {
  return std::make_unique<Request>("cancel", "Stop a run for good; what was written stays until `undo`");
}

}  // namespace migrateiq::cli
