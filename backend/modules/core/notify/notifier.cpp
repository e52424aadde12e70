#include "modules/core/notify/notifier.hpp"

#include <spdlog/spdlog.h>

#include <boost/json/object.hpp>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "base/random.hpp"
#include "modules/core/json_list.hpp"

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
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      NewId(), tenant_id, user_id, notice.event, notice.title, notice.text, notice.link, now));
  return {};
}

/// Is it still to be handed on? Nobody else does so from here on.
Result<bool> Take(store::Session& session, const std::string& tenant_id, const std::string& notice_id) {
  if (notice_id.empty()) return true;
  MIQ_ASSIGN(const int64_t taken,
             session.Execute("DELETE FROM notice WHERE tenant_id = $1 AND notice_id = $2", tenant_id, notice_id));
  return taken > 0;
}

std::string LinkOf(const Notifier::Parts& parts, const Notice& notice) {
  return notice.link.empty() ? "" : parts.public_url + notice.link;
}

Result<SealedItem> MailTo(const Notifier::Parts& parts, const std::string& tenant_id,
                          const std::optional<std::string>& channel_id, const std::string& address,
                          const Notice& notice) {
  const std::string link = LinkOf(parts, notice);
  const std::string text = notice.text + (link.empty() ? "" : "\n\n" + link) + "\n";
  return SealItem(parts.vault, {tenant_id, channel_id, "mail", address, notice.title, text});
}

}  // namespace

Result<SealedItem> Notifier::ItemFor(const ChannelRow& channel, const Notice& notice) {
  if (channel.kind != "webhook") return MailTo(parts_, channel.tenant_id, channel.channel_id, channel.target, notice);
  const boost::json::object body{{"event", notice.event},
                                 {"tenant_id", channel.tenant_id},
                                 {"project_id", notice.project_id},
                                 {"title", notice.title},
                                 {"text", notice.text},
                                 {"link", LinkOf(parts_, notice)},
                                 {"at", FormatTime(parts_.clock.Now())}};
  return SealItem(parts_.vault,
                  {channel.tenant_id, channel.channel_id, "webhook", channel.target, notice.event, JsonText(body)});
}

Result<std::vector<SealedItem>> Notifier::ItemsFor(const std::string& tenant_id, const Notice& notice,
                                                   const std::vector<Recipient>& recipients) {
  MIQ_ASSIGN(const auto channels, parts_.channels.List(tenant_id));
  std::vector<SealedItem> items;
  for (const ChannelRow& channel : channels) {
    if (!channel.Wants(notice.event)) continue;
    MIQ_ASSIGN(SealedItem item, ItemFor(channel, notice));
    items.push_back(std::move(item));
  }
  for (const Recipient& recipient : recipients) {
    if (!recipient.mail) continue;
    MIQ_ASSIGN(SealedItem item, MailTo(parts_, tenant_id, std::nullopt, recipient.email, notice));
    items.push_back(std::move(item));
  }
  return items;
}

Status Notifier::Notify(const std::string& tenant_id, const Notice& notice) { return Send(tenant_id, notice, ""); }

/// Everything in one transaction, with the end of the notice that was put: so each is handed on once.
Status Notifier::Send(const std::string& tenant_id, const Notice& notice, const std::string& notice_id) {
  const store::Scope scope = store::Scope::Tenant(tenant_id);
  MIQ_ASSIGN(const auto recipients, parts_.store.ReadFor<std::vector<Recipient>>(scope, [&](store::Session& session) {
    return RecipientsOf(session, tenant_id, notice);
  }));
  MIQ_ASSIGN(const auto items, ItemsFor(tenant_id, notice, recipients));
  const Micros now = parts_.clock.Now();
  bool sent = false;
  MIQ_TRY(parts_.store.Write(scope, [&](store::Session& session) -> Status {
    MIQ_ASSIGN(sent, Take(session, tenant_id, notice_id));
    if (!sent) return {};
    for (const Recipient& recipient : recipients) {
      if (recipient.in_app) MIQ_TRY(InsertFor(session, tenant_id, notice, recipient.user_id, now));
    }
    for (const SealedItem& item : items) MIQ_TRY(Enqueue(session, item, now));
    return {};
  }));
  if (parts_.bus == nullptr || !sent) return {};
  // The list is the truth; the event only makes the app look at it.
  for (const Recipient& recipient : recipients) {
    if (recipient.in_app)
      static_cast<void>(
          parts_.bus->Publish({.topic = "user:" + recipient.user_id, .type = "notification.created", .data = "{}"}));
  }
  return {};
}

Result<int> Notifier::SendPut(int most) {
  MIQ_ASSIGN(const store::Rows rows,
             parts_.store.ReadFor<store::Rows>(store::Scope::System(), [&](store::Session& session) {
               return session.Query(
                   "SELECT notice_id, tenant_id, event, title, text, link, project_id, user_ids FROM "
                   "notice ORDER BY created_at, notice_id LIMIT $1",
                   most);
             }));
  for (const store::Row& row : rows) {
    const Notice notice{.event = row.Text(2),
                        .title = row.Text(3),
                        .text = row.Text(4),
                        .link = row.Text(5),
                        .user_ids = ParseJsonList(row.Text(7)),
                        .project_id = row.Text(6)};
    // One that cannot be handed on now does not keep the others waiting.
    if (const Status sent = Send(row.Text(1), notice, row.Text(0)); !sent)
      spdlog::warn("notice {} not handed on: {}", row.Text(0), sent.error().ToString());
  }
  return static_cast<int>(rows.size());
}

Status Notifier::Test(const Actor& actor, const std::string& channel_id) {
  MIQ_ASSIGN(const ChannelRow channel, parts_.channels.Get(actor.tenant_id, channel_id));
  MIQ_ASSIGN(const SealedItem item,
             ItemFor(channel, {"test", "A test of MigrateIQ's notifications", "It works.", "", {}, "", "", {}}));
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
