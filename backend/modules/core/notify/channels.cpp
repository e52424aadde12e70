#include "modules/core/notify/channels.hpp"

#include <algorithm>

#include "base/errors/api.hpp"
#include "base/errors/server.hpp"
#include "base/random.hpp"
#include "modules/core/json_list.hpp"
#include "modules/core/notify/notice.hpp"

namespace migrateiq::core {

namespace {

constexpr std::string_view kSelect =
    "SELECT channel_id, tenant_id, kind, name, target, sealed_secret, events, enabled, version, created_at "
    "FROM notification_channel WHERE tenant_id = $1 ";

ChannelRow RowOf(const store::Row& row) {
  ChannelRow channel{row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4)};
  if (!row.IsNull(5)) channel.sealed = row.Binary(5);
  channel.events = ParseJsonList(row.Text(6));
  channel.enabled = row.Boolean(7);
  channel.version = row.Integer(8);
  channel.created_at = row.Integer(9);
  return channel;
}

Result<ChannelRow> RequireChannel(store::Session& session, const std::string& tenant_id,
                                  const std::string& channel_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(std::string(kSelect) + "AND channel_id = $2", tenant_id, channel_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no such channel");
  return RowOf(rows[0]);
}

std::string Context(const std::string& channel_id) { return "channel:" + channel_id; }

/// "https://hooks.example.com/..." of a URL; nothing when it is none of http or https.
std::optional<std::string> ShownUrl(const std::string& url) {
  const size_t begin = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
  const size_t end = std::min(url.find_first_of("/?#", begin), url.size());
  const std::string host = url.substr(begin, end - begin);
  if (begin == 0 || host.empty() || host.find('@') != host.npos || url.size() > 2000) return std::nullopt;
  if (url.find_first_of(" \r\n\t") != url.npos) return std::nullopt;
  return url.substr(0, end) + "/...";
}

Status InsertRow(store::Session& session, const ChannelRow& row) {
  const auto sealed = row.sealed.empty() ? std::nullopt : std::optional(store::Bytes{row.sealed});
  MIQ_TRY(session.Execute(
      "INSERT INTO notification_channel (channel_id, tenant_id, kind, name, target, sealed_secret, events, enabled, "
      "version, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, 1, $8)",
      row.channel_id, row.tenant_id, row.kind, row.name, row.target, sealed, JsonListText(row.events), row.created_at));
  return {};
}

Status CheckEvents(const std::vector<std::string>& events) {
  for (size_t i = 0; i < events.size(); ++i) {
    if (!IsNotificationEvent(events[i]))
      return Fail(Error(codes::kApiField, "there is no event '" + events[i] + "'").At("/events/" + std::to_string(i)));
  }
  return {};
}

}  // namespace

bool ChannelRow::Wants(const std::string& event) const {
  return enabled && (events.empty() || std::find(events.begin(), events.end(), event) != events.end());
}

Result<std::vector<ChannelRow>> ReadChannels(store::Session& session, const std::string& tenant_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(std::string(kSelect) + "ORDER BY created_at, channel_id LIMIT 200", tenant_id));
  std::vector<ChannelRow> channels;
  for (const store::Row& row : rows) channels.push_back(RowOf(row));
  return channels;
}

Result<std::vector<ChannelRow>> Channels::List(const std::string& tenant_id) {
  return store_.ReadFor<std::vector<ChannelRow>>(
      store::Scope::Tenant(tenant_id), [&](store::Session& session) { return ReadChannels(session, tenant_id); });
}

Result<ChannelRow> Channels::Get(const std::string& tenant_id, const std::string& channel_id) {
  return store_.ReadFor<ChannelRow>(store::Scope::Tenant(tenant_id), [&](store::Session& session) {
    return RequireChannel(session, tenant_id, channel_id);
  });
}

Result<Channels::Made> Channels::Create(const Actor& actor, const NewChannel& wanted) {
  MIQ_TRY(CheckEvents(wanted.events));
  Made made;
  ChannelRow& row = made.row;
  row = {NewId(), actor.tenant_id, wanted.kind, wanted.name, wanted.target, "", wanted.events};
  row.created_at = clock_.Now();
  if (wanted.kind == "webhook") {
    const auto shown = ShownUrl(wanted.target);
    if (!shown) return Fail(Error(codes::kApiField, "must be an http or https URL").At("/target"));
    row.target = *shown;
    made.secret = RandomToken();
    MIQ_ASSIGN(row.sealed,
               vault_.Seal(actor.tenant_id, JsonListText({wanted.target, made.secret}), Context(row.channel_id)));
  }
  MIQ_TRY(store_.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(InsertRow(session, row));
    return AppendAudit(session, actor.tenant_id,
                       actor.Entry("channel.created", "notification_channel", row.channel_id));
  }));
  return made;
}

Result<ChannelRow> Channels::Change(const Actor& actor, const std::string& channel_id, const ChannelChange& change,
                                    const VersionCheck& check) {
  if (change.events) MIQ_TRY(CheckEvents(*change.events));
  return store_.WriteFor<ChannelRow>(
      store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Result<ChannelRow> {
        MIQ_ASSIGN(const ChannelRow row, RequireChannel(session, actor.tenant_id, channel_id));
        MIQ_TRY(check(row.version));
        MIQ_TRY(
            session.Execute("UPDATE notification_channel SET name = $1, events = $2, enabled = $3, "
                            "version = version + 1 WHERE tenant_id = $4 AND channel_id = $5",
                            change.name.value_or(row.name), JsonListText(change.events.value_or(row.events)),
                            change.enabled.value_or(row.enabled), actor.tenant_id, channel_id));
        MIQ_TRY(
            AppendAudit(session, actor.tenant_id, actor.Entry("channel.changed", "notification_channel", channel_id)));
        return RequireChannel(session, actor.tenant_id, channel_id);
      });
}

Status Channels::Remove(const Actor& actor, const std::string& channel_id, const VersionCheck& check) {
  return store_.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const ChannelRow row, RequireChannel(session, actor.tenant_id, channel_id));
    MIQ_TRY(check(row.version));
    MIQ_TRY(session.Execute("DELETE FROM notification_channel WHERE tenant_id = $1 AND channel_id = $2",
                            actor.tenant_id, channel_id));
    return AppendAudit(session, actor.tenant_id, actor.Entry("channel.removed", "notification_channel", channel_id));
  });
}

Result<WebhookSecrets> Channels::OpenSecrets(const ChannelRow& row) {
  MIQ_ASSIGN(const std::string text, vault_.Open(row.tenant_id, row.sealed, Context(row.channel_id)));
  const std::vector<std::string> parts = ParseJsonList(text);
  if (parts.size() != 2) return Fail(codes::kSecretOpen, "the channel's secret cannot be read");
  return WebhookSecrets{parts[0], parts[1]};
}

}  // namespace migrateiq::core
