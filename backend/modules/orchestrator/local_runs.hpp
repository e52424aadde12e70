#pragma once

#include <functional>
#include <string>

#include "modules/orchestrator/job_repository.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::orchestrator {

/// The kind of a run that the command line made: shown by the server, never acted upon by it.
inline constexpr const char* kLocalRun = "local";

/// Shows the runs that the command line made in this state folder among those of the tenant "default", in the state
/// they are in. For the embedded store only, which is the command line's too.
class LocalRuns {
 public:
  struct Parts {
    store::Store& store;
    std::string folder;                           ///< of the state, where locks tell which process controls a run
    std::function<void(const RunJob&)> announce;  ///< what changed
  };
  explicit LocalRuns(Parts parts) : parts_(std::move(parts)) {}
  /// Takes in new runs and what changed of those it knows. Called about once a second.
  Status Adopt();

 private:
  const Parts parts_;
};

/// kApiState for a run of the command line.
Status CheckActsHere(const RunJob& run);

}  // namespace migrateiq::orchestrator
