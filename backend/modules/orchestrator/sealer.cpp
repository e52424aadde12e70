#include "modules/orchestrator/sealer.hpp"

#include <mutex>
#include <optional>

#include "modules/orchestrator/state_key.hpp"

namespace migrateiq {

namespace {

class StateKeySealer : public Sealer {
 public:
  explicit StateKeySealer(std::string folder) : folder_(std::move(folder)) {}

  Result<std::string> Seal(std::string_view plain, std::string_view context) override {
    MIQ_ASSIGN(const StateKey key, Key(false));
    return key.Seal(plain, context);
  }
  Result<std::string> Open(std::string_view sealed, std::string_view context) override {
    MIQ_ASSIGN(const StateKey key, Key(true));
    return key.Open(sealed, context);
  }

 private:
  Result<StateKey> Key(bool must_exist) {
    const std::scoped_lock lock(mutex_);
    if (!key_) {
      MIQ_ASSIGN(StateKey key, StateKey::Load(folder_, must_exist));
      key_ = key;
    }
    return *key_;
  }

  const std::string folder_;
  std::mutex mutex_;
  std::optional<StateKey> key_;
};

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

}  // namespace

std::unique_ptr<Sealer> SealByStateKey(std::string folder) {
  return std::make_unique<StateKeySealer>(std::move(folder));
}

std::unique_ptr<Sealer> SealByVault(secrets::Vault& vault, std::string tenant_id) {
  return std::make_unique<VaultSealer>(vault, std::move(tenant_id));
}

}  // namespace migrateiq
