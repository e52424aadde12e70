#include "modules/core/notify/deliveries.hpp"

#include "base/errors/api.hpp"

namespace migrateiq::core {

namespace {

DeliveryRow RowOf(const store::Row& row) {
  DeliveryRow delivery{row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Integer(4), row.Integer(5)};
  if (delivery.outcome == "waiting") delivery.next_at = row.Integer(6);
  delivery.finished_at = row.OptionalInteger(7);
  return delivery;
}

}  // namespace

Result<std::vector<DeliveryRow>> Deliveries::List(const std::string& tenant_id, const std::string& channel_id,
                                                  const std::string& outcome, const PageRequest& page) {
  MIQ_ASSIGN(const MomentCursor before, ReadMomentCursor(page.cursor, true));
  return store_.ReadFor<std::vector<DeliveryRow>>(
      store::Scope::Tenant(tenant_id), [&](store::Session& session) -> Result<std::vector<DeliveryRow>> {
        MIQ_ASSIGN(const store::Rows rows,
                   session.Query("SELECT outbox_id, subject, outcome, problem, attempts, created_at, next_at, "
                                 "finished_at FROM outbox WHERE tenant_id = $1 AND channel_id = $2 AND ($3 = '' OR "
                                 "outcome = $3) AND (created_at < $4 OR (created_at = $4 AND outbox_id < $5)) "
                                 "ORDER BY created_at DESC, outbox_id DESC LIMIT $6",
                                 tenant_id, channel_id, outcome, before.moment, before.id, page.limit + 1));
        std::vector<DeliveryRow> deliveries;
        for (const store::Row& row : rows) deliveries.push_back(RowOf(row));
        return deliveries;
      });
}

Status Deliveries::Retry(const Actor& actor, const std::string& channel_id, const std::string& delivery_id) {
  return store_.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT outcome FROM outbox WHERE tenant_id = $1 AND channel_id = "
                                                     "$2 AND outbox_id = $3",
                                                     actor.tenant_id, channel_id, delivery_id));
    if (rows.empty()) return Fail(codes::kApiNotFound, "there is no such delivery");
    if (rows[0].Text(0) != "failed")
      return Fail(codes::kApiState,
                  "the delivery is " + rows[0].Text(0) + ": only one that was given up is tried again");
    MIQ_TRY(
        session.Execute("UPDATE outbox SET outcome = 'waiting', attempts = 0, next_at = $1, finished_at = NULL "
                        "WHERE tenant_id = $2 AND outbox_id = $3",
                        clock_.Now(), actor.tenant_id, delivery_id));
    return AppendAudit(session, actor.tenant_id, actor.Entry("delivery.retried", "notification_channel", channel_id));
  });
}

}  // namespace migrateiq::core
