#pragma once

#include <string>
#include <vector>

#include "modules/core/actor.hpp"
#include "modules/core/cursor.hpp"
#include "modules/core/epoch.hpp"
#include "modules/core/people/roles.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

struct TeamRow {
  std::string team_id, name;
  int64_t version = 1, members = 0;
  Micros created_at = 0;
};

/// Teams: users who get grants in projects together. Thread-safe.
class Teams {
 public:
  Teams(store::Store& store, AccessCache& cache, const Clock& clock) : store_(store), cache_(cache), clock_(clock) {}

  Result<std::vector<TeamRow>> List(const std::string& tenant_id, const PageRequest& page);
  Result<TeamRow> Get(const std::string& tenant_id, const std::string& team_id);
  /// Errors: kApiConflict for a name that exists.
  Result<TeamRow> Create(const Actor& actor, const std::string& name);
  Result<TeamRow> Rename(const Actor& actor, const std::string& team_id, const std::string& name,
                         const VersionCheck& check);
  /// With its grants.
  Status Remove(const Actor& actor, const std::string& team_id, const VersionCheck& check);

  /// Ids of users, sorted; after `cursor` (the last id of the page before).
  Result<std::vector<std::string>> Members(const std::string& tenant_id, const std::string& team_id,
                                           const PageRequest& page);
  /// Errors: kApiNotFound; kApiForbidden when the team was granted what the actor may not do.
  Status AddMember(const Actor& actor, const std::string& team_id, const std::string& user_id);
  Status RemoveMember(const Actor& actor, const std::string& team_id, const std::string& user_id);

 private:
  store::Store& store_;
  AccessCache& cache_;
  const Clock& clock_;
};

}  // namespace migrateiq::core
