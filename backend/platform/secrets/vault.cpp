#include "platform/secrets/vault.hpp"

#include <fmt/format.h>

#include <optional>

#include "base/encoding.hpp"
#include "base/errors/server.hpp"
#include "platform/secrets/key_ring.hpp"
#include "platform/secrets/migrations.hpp"

namespace migrateiq::secrets {

namespace {

using store::Rows;
using store::Scope;
using store::Session;

constexpr char kFormat = 1;
constexpr size_t kKeyIdBytes = 16, kHeaderBytes = 1 + kKeyIdBytes;

/// What a value is bound to. The length keeps tenant and context apart.
std::string Authenticated(std::string_view header, const std::string& tenant_id, std::string_view context) {
  return fmt::format("{}{}\n{}{}", header, tenant_id.size(), tenant_id, context);
}

std::string Unhex(std::string_view text) {
  const auto digit = [](char letter) { return letter <= '9' ? letter - '0' : letter - 'a' + 10; };
  std::string bytes;
  for (size_t index = 0; index + 1 < text.size(); index += 2)
    bytes += static_cast<char>(digit(text[index]) << 4 | digit(text[index + 1]));
  return bytes;
}

class StoreVault : public Vault {
 public:
  explicit StoreVault(std::unique_ptr<detail::KeyRing> keys) : keys_(std::move(keys)) {}

  Result<std::string> Seal(const std::string& tenant_id, std::string_view plain, std::string_view context) override {
    MIQ_ASSIGN(const detail::DataKey key, keys_->Newest(tenant_id));
    const std::string header = kFormat + Unhex(key.id);
    MIQ_ASSIGN(const std::string sealed, SealBytes(key.key, plain, Authenticated(header, tenant_id, context)));
    return header + sealed;
  }

  Result<std::string> Open(const std::string& tenant_id, std::string_view sealed, std::string_view context) override {
    if (sealed.size() < kHeaderBytes || sealed[0] != kFormat) {
      return Fail(codes::kSecretOpen, "the sealed value is damaged");
    }
    const std::string_view header = sealed.substr(0, kHeaderBytes);
    MIQ_ASSIGN(const detail::DataKey key, keys_->ById(tenant_id, ToHexText(header.substr(1))));
    return OpenBytes(key.key, sealed.substr(kHeaderBytes), Authenticated(header, tenant_id, context));
  }

  Status RotateTenantKey(const std::string& tenant_id) override { return keys_->Add(tenant_id); }

  Status RotateMaster(const std::string& new_key_file) override {
    MIQ_TRY(CreateKeyFile(new_key_file));
    MIQ_ASSIGN(MasterKey fresh, LoadKeyFile(new_key_file));
    return keys_->Rewrap(std::move(fresh));
  }

 private:
  std::unique_ptr<detail::KeyRing> keys_;
};

Result<bool> HasMaster(store::Store& store) {
  MIQ_ASSIGN(const Rows rows, store.ReadFor<Rows>(Scope::System(), [](Session& session) {
    return session.Query("SELECT 1 FROM secret_master");
  }));
  return !rows.empty();
}

}  // namespace

Result<std::unique_ptr<Vault>> OpenVault(store::Store& store, const std::string& master, bool may_create) {
  MIQ_TRY(store.Migrate("secrets", detail::VaultMigrations()));
  MIQ_ASSIGN(const bool sealed_before, HasMaster(store));
  MIQ_ASSIGN(std::vector<MasterKey> masters, LoadMasterKeys(master, may_create && !sealed_before));
  auto keys = std::make_unique<detail::KeyRing>(store, master, std::move(masters));
  MIQ_TRY(keys->CheckMaster());
  return std::make_unique<StoreVault>(std::move(keys));
}

}  // namespace migrateiq::secrets
