#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "modules/core/actor.hpp"
#include "modules/projects/with_job.hpp"
#include "modules/validation/check_run_store.hpp"
#include "modules/validation/suite_store.hpp"
#include "pipeline/suite/check_result.hpp"
#include "platform/realtime/bus.hpp"
#include "platform/secrets/vault.hpp"

namespace migrateiq::validation {

using core::Actor;

/// A suite carried out, with where its job is; without one when the job is gone.
using CheckRunDetail = projects::WithJob<CheckRunRow>;

/// Suites carried out. Documents are sealed under "check-run:<id>". Thread-safe.
class CheckRuns {
 public:
  struct Parts {
    store::Store& store;
    secrets::Vault& vault;
    projects::JobQueue& jobs;
    realtime::Bus* bus = nullptr;
    const Clock& clock;
  };
  explicit CheckRuns(Parts parts) : parts_(parts) {}

  /// Errors: kApiNotFound for the suite.
  Result<CheckRunDetail> Start(const Actor& actor, const std::string& suite_id, Micros not_before = 0,
                               const std::string& schedule_id = {});
  Result<CheckRunDetail> Get(const std::string& tenant_id, const std::string& check_run_id);
  Result<std::vector<CheckRunDetail>> List(const std::string& tenant_id, const CheckRunFilter& filter,
                                           const core::PageRequest& page);
  Result<CheckRunDetail> Cancel(const Actor& actor, const std::string& check_run_id);
  /// What came of it, as JSON (SuiteResultJson). Errors: kApiState while it is not finished.
  Result<std::string> Document(const std::string& tenant_id, const std::string& check_run_id);
  Result<std::vector<CheckResultRow>> History(const std::string& tenant_id, const std::string& suite_id,
                                              const std::string& check_name, const core::PageRequest& page);

  /// For the job's carrier: replaces what an earlier try left, and raises alerts.
  Status Finish(projects::JobContext& job, const SuiteRow& suite, const SuiteResult& result);
  /// Removes those that were over before that moment with their results, but for the newest of each suite.
  Status Tidy(Micros before);
  /// Tells the project's topic (the tenant's, without a project): check.started, check.finished.
  void Announce(const projects::JobView& job) const;

 private:
  Parts parts_;
};

/// The figures of a result, and of each check; no values of the data.
std::pair<CheckRunRow, std::vector<CheckResultRow>> FiguresOf(const SuiteResult& result, CheckRunRow row);

}  // namespace migrateiq::validation
