#include "modules/projects/plans/mask_keys.hpp"

#include "base/random.hpp"
#include "pipeline/mask/mask_key.hpp"

namespace migrateiq::projects {

namespace {

using store::Rows;
using store::Scope;
using store::Session;

std::string SealedFor(const std::string& name) { return "mask_key:" + name; }

Result<std::string> Find(store::Store& store, const std::string& tenant_id, const std::string& name) {
  MIQ_ASSIGN(const Rows rows, store.ReadFor<Rows>(Scope::Tenant(tenant_id), [&](Session& session) {
    return session.Query("SELECT sealed FROM mask_key WHERE tenant_id = $1 AND name = $2", tenant_id, name);
  }));
  return rows.empty() ? std::string() : rows[0].Binary(0);
}

}  // namespace

Status MaskKeys::Fill(const std::string& tenant_id, Plan& plan) {
  for (const std::string& name : MaskKeyNames(plan)) { MIQ_ASSIGN(plan.mask_keys[name], KeyOf(tenant_id, name)); }
  return {};
}

/// Of two processes that make it at once, both take the one that was first.
Result<std::string> MaskKeys::KeyOf(const std::string& tenant_id, const std::string& name) {
  MIQ_ASSIGN(std::string sealed, Find(parts_.store, tenant_id, name));
  if (sealed.empty()) {
    MIQ_TRY(Make(tenant_id, name));
    MIQ_ASSIGN(sealed, Find(parts_.store, tenant_id, name));
  }
  return parts_.vault.Open(tenant_id, sealed, SealedFor(name));
}

Status MaskKeys::Make(const std::string& tenant_id, const std::string& name) {
  const std::string key = RandomBytes(kLeastMaskKey);
  MIQ_ASSIGN(const std::string sealed, parts_.vault.Seal(tenant_id, key, SealedFor(name)));
  return parts_.store.Write(Scope::Tenant(tenant_id), [&](Session& session) -> Status {
    MIQ_TRY(
        session.Execute("INSERT INTO mask_key (tenant_id, name, print, sealed, created_at) "
                        "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id, name) DO NOTHING",
                        tenant_id, name, MaskKeyPrint(key), store::Bytes{sealed}, parts_.clock.Now()));
    return {};
  });
}

Result<std::vector<MaskKeyRow>> MaskKeys::List(const std::string& tenant_id) {
  MIQ_ASSIGN(const Rows rows, parts_.store.ReadFor<Rows>(Scope::Tenant(tenant_id), [&](Session& session) {
    return session.Query("SELECT name, print, created_at FROM mask_key WHERE tenant_id = $1 ORDER BY name", tenant_id);
  }));
  std::vector<MaskKeyRow> keys;
  for (const store::Row& row : rows) keys.push_back({row.Text(0), row.Text(1), row.Integer(2)});
  return keys;
}

}  // namespace migrateiq::projects
