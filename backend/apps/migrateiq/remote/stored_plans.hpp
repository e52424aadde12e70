#pragma once

#include "apps/migrateiq/remote/api_client.hpp"
#include "apps/migrateiq/runs.hpp"

namespace migrateiq::cli {

/// A version of a plan that a server has stored.
struct StoredPlan {
  std::string plan_id, name;
  int64_t version = 0;
  Plan plan;  ///< as stored: it names connections
};

/// Turns what the command line has into what a server has. The plan becomes one of the project "Command line"; a plan
/// of the same name there gets a new version. Its URLs become connections.
class StoredPlans {
 public:
  StoredPlans(ApiClient& client, const Console& console) : client_(client), console_(console) {}

  /// Errors: kUrl..., kConnectionForm, kConnectionReach, kApiForbidden.
  Result<StoredPlan> Store(const PlanInput& input);
  /// The connection for a URL: found again by name and address, else made. A password that is given becomes the
  /// connection's.
  struct Connection {
    std::string connection_id, name;
  };
  Result<Connection> ConnectionFor(const std::string& url);
  /// The id of the project "Command line", which is made when it is not there.
  Result<std::string> Project();

 private:
  Result<Connection> FindOrMake(const std::string& url);
  Status Rewire(Endpoint& endpoint);
  Status GiveSecret(const boost::json::object& known, const std::string& url);
  Result<std::string> FindOrMakeProject();
  Result<StoredPlan> StoreAs(const std::string& project_id, const std::string& name, Plan plan);

  ApiClient& client_;
  const Console& console_;
};

}  // namespace migrateiq::cli
