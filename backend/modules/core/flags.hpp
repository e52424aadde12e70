#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "modules/core/actor.hpp"
#include "modules/core/epoch.hpp"
#include "modules/core/people/roles.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

struct FlagRow {
  std::string name, text;
  bool enabled = false;
  int64_t percentage = 100;           ///< of the users, always the same ones
  std::vector<std::string> user_ids;  ///< on for these in any case, as long as it is enabled
  int64_t version = 1;

  bool IsOnFor(const std::string& user_id) const;
};

struct FlagChange {
  std::optional<std::string> text;
  std::optional<bool> enabled;
  std::optional<int64_t> percentage;
  std::optional<std::vector<std::string>> user_ids;
};

/// Feature flags of a tenant. Thread-safe.
class Flags {
 public:
  Flags(store::Store& store, AccessCache& cache) : store_(store), cache_(cache) {}

  /// All of them: a tenant has few.
  Result<std::vector<FlagRow>> List(const std::string& tenant_id);
  Result<FlagRow> Get(const std::string& tenant_id, const std::string& name);
  /// Errors: kApiConflict for a name that exists.
  Result<FlagRow> Create(const Actor& actor, const FlagRow& wanted);
  Result<FlagRow> Change(const Actor& actor, const std::string& name, const FlagChange& change,
                         const VersionCheck& check);
  Status Remove(const Actor& actor, const std::string& name, const VersionCheck& check);

  /// Each flag's value for the user.
  Result<std::map<std::string, bool>> Evaluate(const std::string& tenant_id, const std::string& user_id);
  /// An unknown flag is off. Remembered, and asked anew when the tenant's epoch rises.
  Result<bool> IsOn(const std::string& tenant_id, const std::string& user_id, const std::string& name);

 private:
  Result<std::shared_ptr<const std::vector<FlagRow>>> Remembered(const std::string& tenant_id);

  store::Store& store_;
  AccessCache& cache_;
};

}  // namespace migrateiq::core
