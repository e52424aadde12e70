#pragma once

#include <functional>
#include <string>
#include <vector>

#include "modules/core/actor.hpp"
#include "modules/validation/alert_store.hpp"
#include "modules/validation/suite_store.hpp"
#include "platform/realtime/bus.hpp"

namespace migrateiq::validation {

using core::Actor;

/// What failed, could not be made, or is unusual: an alert for each check and reason, and for each figure of a plan's
/// runs, until it is resolved by hand or because it is well again. What is done about one is told to the project's
/// topic: check.alert. Thread-safe.
class Alerts {
 public:
  struct Parts {
    store::Store& store;
    realtime::Bus* bus = nullptr;
    const Clock& clock;
  };
  explicit Alerts(Parts parts) : parts_(parts) {}

  Result<std::vector<AlertRow>> List(const std::string& tenant_id, const AlertFilter& filter,
                                     const core::PageRequest& page);
  Result<AlertRow> Get(const std::string& tenant_id, const std::string& alert_id);
  /// Someone looks after it. Errors: kApiState when it is resolved.
  Result<AlertRow> Acknowledge(const Actor& actor, const std::string& alert_id, const std::string& note);
  Result<AlertRow> Resolve(const Actor& actor, const std::string& alert_id, const std::string& note);
  /// Nobody is told of its check before `until`; a moment that has passed ends that.
  Result<AlertRow> Mute(const Actor& actor, const std::string& alert_id, Micros until);

 private:
  using Work = std::function<Status(store::Session& session, AlertRow& alert)>;
  /// In one transaction with its audit entry "alert.<word>"; then it is told.
  Result<AlertRow> Change(const Actor& actor, const std::string& alert_id, const std::string& word, const Work& work);
  Result<AlertRow> Move(const Actor& actor, const std::string& alert_id, const std::string& state,
                        const std::string& note);
  Parts parts_;
};

/// In the transaction of a run's end: raises alerts, resolves those of what is well again, and puts one notice about
/// what is new. `results` of `run`, in the order of the suite.
Status RaiseAlerts(store::Session& session, const SuiteRow& suite, const CheckRunRow& run,
                   const std::vector<CheckResultRow>& results, Micros now);

/// A run of a plan that was carried out to its end.
struct AlertedRun {
  std::string tenant_id, project_id, plan_id, run_id;
};
/// A figure of it that is unlike those of the plan's runs before it.
struct RunCause {
  std::string measure;  ///< rows | duration | throughput | error_rate | bytes
  std::string reason;   ///< in words, without values of the data
};

/// In the transaction of the run's end: raises an alert for each measure, and resolves those of measures that are as
/// usual again. The reasons that people have not heard of yet. Of a plan that was removed meanwhile nothing is kept.
Result<std::vector<std::string>> RaiseRunAlerts(store::Session& session, const AlertedRun& run,
                                                const std::vector<RunCause>& causes, Micros now);

}  // namespace migrateiq::validation
