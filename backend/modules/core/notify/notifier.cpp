#include "modules/core/notify/notifier.hpp"

#include <boost/json/object.hpp>

#include "base/json_text.hpp"
#include "base/random.hpp"

namespace migrateiq::core {

namespace {

constexpr std::string_view kSelect =
    "SELECT notification_id, event, title, text, link, created_at, read_at FROM notification ";

NotificationRow RowOf(const store::Row& row) {
  return {row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Integer(5), row.OptionalInteger(6)};
}

Status InsertFor(store::Session& session, const std::string& tenant_id, const Notice& notice,
                 const std::string& user_id, Micros now) {
  MIQ_TRY(session.Execute(
      "INSERT INTO notification (notification_id, tenant_id, user_id, event, title, text, link, created_at) "
      "SELECT $1, $2, user_id, $4, $5, $6, $7, $8 FROM user_account WHERE tenant_id = $2 AND user_id = $3",
      NewId(), tenant_id, user_id, notice.event, notice.title, notice.text, notice.link, now));
  return {};
}

}  // namespace

Result<SealedItem> Notifier::ItemFor(const ChannelRow& channel, const Notice& notice) {
  const bool webhook = channel.kind == "webhook";
  const std::string link = notice.link.empty() ? "" : parts_.public_url + notice.link;
  const boost::json::object body{{"event", notice.event}, {"tenant_id", channel.tenant_id},
                                 {"title", notice.title}, {"text", notice.text},
                                 {"link", link},          {"at", FormatTime(parts_.clock.Now())}};
  const std::string text = notice.text + (link.empty() ? "" : "\n\n" + link) + "\n";
  return SealItem(parts_.vault, {channel.tenant_id, channel.channel_id, webhook ? "webhook" : "mail", channel.target,
                                 webhook ? notice.event : notice.title, webhook ? JsonText(body) : text});
}

Status Notifier::Notify(const std::string& tenant_id, const Notice& notice) {
  MIQ_ASSIGN(const auto channels, parts_.channels.List(tenant_id));
  std::vector<SealedItem> items;
  for (const ChannelRow& channel : channels) {
    if (!channel.Wants(notice.event)) continue;
    MIQ_ASSIGN(SealedItem item, ItemFor(channel, notice));
    items.push_back(std::move(item));
  }
  const Micros now = parts_.clock.Now();
  MIQ_TRY(parts_.store.Write(store::Scope::Tenant(tenant_id), [&](store::Session& session) -> Status {
    for (const std::string& user_id : notice.user_ids) MIQ_TRY(InsertFor(session, tenant_id, notice, user_id, now));
    for (const SealedItem& item : items) MIQ_TRY(Enqueue(session, item, now));
    return {};
  }));
  if (parts_.bus == nullptr) return {};
  // The list is the truth; the event only makes the app look at it.
  for (const std::string& user_id : notice.user_ids) {
    static_cast<void>(parts_.bus->Publish({.topic = "user:" + user_id, .type = "notification.created", .data = "{}"}));
  }
  return {};
}

Status Notifier::Test(const Actor& actor, const std::string& channel_id) {
  MIQ_ASSIGN(const ChannelRow channel, parts_.channels.Get(actor.tenant_id, channel_id));
  MIQ_ASSIGN(const SealedItem item,
             ItemFor(channel, {"test", "A test of MigrateIQ's notifications", "It works.", "", {}}));
  return parts_.store.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(Enqueue(session, item, parts_.clock.Now()));
    return AppendAudit(session, actor.tenant_id, actor.Entry("channel.tested", "notification_channel", channel_id));
  });
}

Result<std::vector<NotificationRow>> Notifier::List(const Actor& actor, bool unread_only, const PageRequest& page) {
  MIQ_ASSIGN(const MomentCursor before, ReadMomentCursor(page.cursor, true));
  return parts_.store.ReadFor<std::vector<NotificationRow>>(
      store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Result<std::vector<NotificationRow>> {
        MIQ_ASSIGN(
            const store::Rows rows,
            session.Query(std::string(kSelect) +
                              "WHERE tenant_id = $1 AND user_id = $2 AND (created_at < $3 OR (created_at = $3 "
                              "AND notification_id < $4)) AND ($5 = 0 OR read_at IS NULL) "
                              "ORDER BY created_at DESC, notification_id DESC LIMIT $6",
                          actor.tenant_id, actor.user_id, before.moment, before.id, unread_only, page.limit + 1));
        std::vector<NotificationRow> notifications;
        for (const store::Row& row : rows) notifications.push_back(RowOf(row));
        return notifications;
      });
}

Status Notifier::MarkRead(const Actor& actor, const std::string& notification_id) {
  return parts_.store.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const int64_t changed,
               session.Execute("UPDATE notification SET read_at = COALESCE(read_at, $1) "
                               "WHERE tenant_id = $2 AND user_id = $3 AND notification_id = $4",
                               parts_.clock.Now(), actor.tenant_id, actor.user_id, notification_id));
    if (changed == 0) return Fail(codes::kApiNotFound, "there is no such notification");
    return {};
  });
}

Status Notifier::MarkAllRead(const Actor& actor) {
  return parts_.store.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute(
        "UPDATE notification SET read_at = $1 WHERE tenant_id = $2 AND user_id = $3 AND read_at IS NULL",
        parts_.clock.Now(), actor.tenant_id, actor.user_id));
    return {};
  });
}

}  // namespace migrateiq::core
