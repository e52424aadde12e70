#include "modules/core/notify/outbox.hpp"

#include "base/random.hpp"

namespace migrateiq::core {

Result<SealedItem> SealItem(secrets::Vault& vault, OutboxItem item) {
  SealedItem sealed{NewId(), std::move(item), ""};
  MIQ_ASSIGN(sealed.sealed_payload,
             vault.Seal(sealed.item.tenant_id, sealed.item.payload, "outbox:" + sealed.outbox_id));
  sealed.item.payload.clear();
  return sealed;
}

Status Enqueue(store::Session& session, const SealedItem& sealed, Micros now, std::string_view outcome) {
  const OutboxItem& item = sealed.item;
  MIQ_TRY(session.Execute(
      "INSERT INTO outbox (outbox_id, tenant_id, channel_id, kind, target, subject, sealed_payload, attempts, next_at, "
      "created_at, outcome) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $8, $9)",
      sealed.outbox_id, item.tenant_id, item.channel_id, item.kind, item.target, item.subject,
      store::Bytes{sealed.sealed_payload}, now, outcome));
  return {};
}

}  // namespace migrateiq::core
