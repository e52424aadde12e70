#pragma once

#include <string>

#include "modules/orchestrator/sealer.hpp"
#include "platform/secrets/vault.hpp"

namespace migrateiq::orchestrator {

/// Quarantined rows of a tenant on the server: sealed under the tenant's key.
class VaultSealer : public Sealer {
 public:
  VaultSealer(secrets::Vault& vault, std::string tenant_id) : vault_(vault), tenant_id_(std::move(tenant_id)) {}
  Result<std::string> Seal(std::string_view plain, std::string_view context) override {
    return vault_.Seal(tenant_id_, plain, context);
  }
  Result<std::string> Open(std::string_view sealed, std::string_view context) override {
    return vault_.Open(tenant_id_, sealed, context);
  }

 private:
  secrets::Vault& vault_;
  const std::string tenant_id_;
};

}  // namespace migrateiq::orchestrator
