#include "apps/migrateiq/serve/administration.hpp"

#include <boost/json.hpp>

#include "apps/migrateiq/serve/state_folder.hpp"
#include "base/errors/api.hpp"
#include "base/errors/run.hpp"
#include "modules/core/audit_chain.hpp"
#include "modules/core/core_services.hpp"
#include "platform/secrets/vault.hpp"
#include "platform/store/backup.hpp"

namespace migrateiq::serve {

namespace {

namespace json = boost::json;

constexpr std::string_view kEmbedded = "sqlite://";

struct Opened {
  std::unique_ptr<store::Store> store;
  std::unique_ptr<secrets::Vault> vault;
  std::unique_ptr<core::CoreServices> core;
};

Result<Opened> Open(const Settings& settings) {
  MIQ_TRY(MakeFolder(settings.state_folder));
  Opened opened;
  MIQ_ASSIGN(opened.store, store::Store::Open(settings.store_url, 2));
  MIQ_ASSIGN(opened.vault, secrets::OpenVault(*opened.store, settings.master_key, true));
  MIQ_ASSIGN(opened.core,
             core::CoreServices::Make(
                 {.store = *opened.store, .vault = *opened.vault, .options = core::CoreOptions::From(settings)}));
  return opened;
}

Result<std::string> StateFile(const Settings& settings) {
  if (settings.store_url.starts_with(kEmbedded)) return settings.store_url.substr(kEmbedded.size());
  return Fail(Error(codes::kUsage, "the store is PostgreSQL")
                  .Fix("Back it up and restore it with pg_dump, pg_basebackup or pgBackRest."));
}

Result<std::vector<std::string>> TenantIds(store::Store& store) {
  return store.ReadFor<std::vector<std::string>>(
      store::Scope::System(), [](store::Session& session) -> Result<std::vector<std::string>> {
        MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT tenant_id FROM tenant ORDER BY tenant_id"));
        std::vector<std::string> ids;
        for (const store::Row& row : rows) ids.push_back(row.Text(0));
        return ids;
      });
}

}  // namespace

Result<json::object> CreateOwner(const Settings& settings, const core::Setup::Owner& owner) {
  MIQ_ASSIGN(const Opened opened, Open(settings));
  MIQ_ASSIGN(const std::string user_id, opened.core->setup.CreateOwner(owner));
  return json::object{{"user_id", user_id}, {"email", owner.email}};
}

Result<json::object> SetupLink(const Settings& settings) {
  MIQ_ASSIGN(const Opened opened, Open(settings));
  MIQ_ASSIGN(const auto token, opened.core->setup.NewToken());
  if (!token) return Fail(codes::kApiState, "there is an administrator already");
  return json::object{{"link", opened.core->options.public_url + "/setup#token=" + *token}};
}

Result<json::object> VerifyAudit(const Settings& settings, const std::string& tenant_id) {
  MIQ_ASSIGN(const Opened opened, Open(settings));
  MIQ_ASSIGN(std::vector<std::string> tenants, TenantIds(*opened.store));
  if (!tenant_id.empty()) tenants = {tenant_id};
  json::object heads;
  json::array problems;
  int64_t entries = 0;
  for (const std::string& tenant : tenants) {
    MIQ_ASSIGN(const core::AuditProof proof, core::VerifyAudit(*opened.store, tenant));
    entries += proof.entries;
    heads[tenant] = proof.head;
    if (!proof.unbroken)
      problems.push_back(json::object{{"tenant", tenant}, {"entry", proof.broken_at}, {"problem", proof.problem}});
  }
  const bool unbroken = problems.empty();
  return json::object{
      {"unbroken", unbroken}, {"entries", entries}, {"newest", std::move(heads)}, {"problems", std::move(problems)}};
}

Result<json::object> BackUp(const Settings& settings, const std::string& file) {
  MIQ_ASSIGN(const std::string state, StateFile(settings));
  MIQ_TRY(store::BackUp(state, file));
  return json::object{
      {"backup", file},
      {"not_in_it", "the master key (" + settings.master_key + ") and the files in " + settings.objects_folder}};
}

Result<json::object> Restore(const Settings& settings, const std::string& file) {
  MIQ_ASSIGN(const std::string state, StateFile(settings));
  MIQ_TRY(store::Restore(file, state));
  return json::object{{"restored", state}};
}

Result<json::object> RotateKeys(const Settings& settings, const std::string& new_key_file) {
  MIQ_ASSIGN(const Opened opened, Open(settings));
  MIQ_TRY(opened.vault->RotateMaster(new_key_file));
  MIQ_ASSIGN(const std::vector<std::string> tenants, TenantIds(*opened.store));
  for (const std::string& tenant : tenants) MIQ_TRY(opened.vault->RotateTenantKey(tenant));
  return json::object{{"master_key", "file:" + new_key_file},
                      {"tenants", tenants.size()},
                      {"next", "set secrets.master_key to the new key and start the server again"}};
}

}  // namespace migrateiq::serve
