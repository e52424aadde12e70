#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "pipeline/plan/plan.hpp"
#include "platform/secrets/vault.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::projects {

/// A mask key of a tenant, as may be told of it: never its bytes.
struct MaskKeyRow {
  std::string name;
  std::string print;  ///< tells whether two are equal
  Micros created_at = 0;
};

/// The keys of masks: 32 random bytes a tenant and name, made when a plan first needs them, sealed at rest, gone with
/// their tenant. Nothing gives them out but to the engine. Thread-safe; several processes may use one store.
class MaskKeys {
 public:
  struct Parts {
    store::Store& store;
    secrets::Vault& vault;
    const Clock& clock;
  };
  explicit MaskKeys(Parts parts) : parts_(parts) {}

  /// Puts the keys that the plan's masks name into the plan. Errors: kSecretOpen.
  Status Fill(const std::string& tenant_id, Plan& plan);
  /// By name.
  Result<std::vector<MaskKeyRow>> List(const std::string& tenant_id);

 private:
  Result<std::string> KeyOf(const std::string& tenant_id, const std::string& name);
  Status Make(const std::string& tenant_id, const std::string& name);
  Parts parts_;
};

}  // namespace migrateiq::projects
