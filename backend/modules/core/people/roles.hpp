#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "modules/core/actor.hpp"
#include "modules/core/epoch.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

struct RoleRow {
  std::string role_id;  ///< of built-in roles the name
  std::string name, text;
  std::vector<std::string> permissions;
  bool built_in = false;
  int64_t version = 1;
};

struct RoleChange {
  std::optional<std::string> name, text;
  std::optional<std::vector<std::string>> permissions;
};

/// `check` compares the row's version with what the client has seen.
using VersionCheck = std::function<Status(int64_t version)>;

/// Built-in roles and the tenant's own. Nobody makes a role that permits more than they may themselves. Thread-safe.
class Roles {
 public:
  Roles(store::Store& store, AccessCache& cache, const Clock& clock) : store_(store), cache_(cache), clock_(clock) {}

  /// All of them: a tenant has few.
  Result<std::vector<RoleRow>> List(const std::string& tenant_id);
  Result<RoleRow> Get(const std::string& tenant_id, const std::string& role_id);
  /// Errors: kApiConflict for a name that exists; kApiField for unknown permissions; kApiForbidden.
  Result<RoleRow> Create(const Actor& actor, const RoleRow& wanted);
  Result<RoleRow> Change(const Actor& actor, const std::string& role_id, const RoleChange& change,
                         const VersionCheck& check);
  /// Who had it loses it.
  Status Remove(const Actor& actor, const std::string& role_id, const VersionCheck& check);

 private:
  store::Store& store_;
  AccessCache& cache_;
  const Clock& clock_;
};

}  // namespace migrateiq::core
