#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "modules/core/actor.hpp"
#include "modules/core/cursor.hpp"
#include "modules/core/epoch.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

struct ApiKeyRow {
  std::string key_id, tenant_id, user_id, name;
  std::vector<std::string> permissions;
  Micros created_at = 0;
  std::optional<Micros> expires_at, last_used_at, revoked_at;
};

struct NewApiKey {
  std::string name;
  std::vector<std::string> permissions;
  std::optional<Micros> expires_at;
};

/// Keys for programs: `miq_<id>_<secret>`, the secret (32 random bytes) kept as a hash. A key may do what it was made
/// for, as far as its user still may; it never counts as a recent proof of identity. Thread-safe.
class ApiKeys {
 public:
  ApiKeys(store::Store& store, AccessCache& cache, const Clock& clock) : store_(store), cache_(cache), clock_(clock) {}

  struct Made {
    ApiKeyRow row;
    std::string key;  ///< shown once
  };
  /// Errors: kApiForbidden when the actor lacks one of the permissions; kApiField for unknown ones.
  Result<Made> Make(const Actor& actor, const NewApiKey& wanted);
  Result<std::vector<ApiKeyRow>> List(const std::string& tenant_id, const PageRequest& page);
  /// Errors: kApiNotFound.
  Status Revoke(const Actor& actor, const std::string& key_id);

  /// The key that this text is, if it may be used now. Errors: kApiUnauthenticated.
  Result<ApiKeyRow> Find(const std::string& text);
  Status Touch(const ApiKeyRow& row);

 private:
  store::Store& store_;
  AccessCache& cache_;
  const Clock& clock_;
};

}  // namespace migrateiq::core
