#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/core/actor.hpp"
#include "modules/core/people/roles.hpp"
#include "modules/core/people/user_store.hpp"
#include "modules/core/sign_in/sessions.hpp"

namespace migrateiq::core {

struct UserChange {
  std::optional<std::string> name;
  std::optional<std::vector<std::string>> roles;
};

/// The users of a tenant. Nobody changes a user who may do what they may not, or gives roles they don't have; the last
/// active owner stays. Thread-safe.
class Users {
 public:
  Users(store::Store& store, Sessions& sessions, const Clock& clock)
      : store_(store), sessions_(sessions), clock_(clock) {}

  Result<std::vector<UserRow>> List(const std::string& tenant_id, const std::optional<std::string>& state,
                                    const PageRequest& page);
  /// Errors: kApiNotFound.
  Result<UserRow> Get(const std::string& tenant_id, const std::string& user_id);
  Result<UserRow> Change(const Actor& actor, const std::string& user_id, const UserChange& change,
                         const VersionCheck& check);
  /// One's own name.
  Result<UserRow> ChangeOwn(const Actor& actor, const std::string& name, const VersionCheck& check);
  /// Ends all sessions of the user; API keys of theirs cease to work. Errors: kApiState for oneself, the last owner.
  Result<UserRow> SetActive(const Actor& actor, const std::string& user_id, bool active);

 private:
  store::Store& store_;
  Sessions& sessions_;
  const Clock& clock_;
};

}  // namespace migrateiq::core
