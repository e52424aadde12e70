#include "modules/core/notify/deliverer.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "base/errors/api.hpp"
#include "base/errors/server.hpp"

namespace migrateiq::core {

namespace {

/// While a delivery is at work, nobody else takes it.
constexpr Micros kLease = 5 * kMinute;
constexpr Micros kFirstPause = 10 * kSecond, kLongestPause = 6 * kHour;
constexpr int64_t kMostAttempts = 8;
constexpr size_t kLongestProblem = 500;

Micros PauseAfter(int64_t attempts) {
  const int64_t doublings = 2 * std::min<int64_t>(attempts - 1, 10);
  return std::min(kLongestPause, kFirstPause << doublings);
}

/// An error that no repetition helps against.
bool IsFinal(const Error& error) { return error.Is(codes::kApiNotFound) || error.Is(codes::kConnectionReach); }

}  // namespace

std::string WebhookSignature(const std::string& secret, Micros now, const std::string& body) {
  const std::string time = std::to_string(now / kSecond);
  return "t=" + time + ",v1=" + ToHexText(HmacSha256(secret, time + "." + body));
}

Deliverer::Deliverer(Parts parts) : parts_(std::move(parts)) {
  if (parts_.send_mail) return;
  parts_.send_mail = [&options = parts_.options](const outbound::Mail& mail) -> Status {
    if (options.smtp_url.empty()) return Fail(codes::kApiNotFound, "the setting smtp.url is empty");
    return outbound::SendMail(options.smtp_url, mail);
  };
}

Result<std::vector<Deliverer::Item>> Deliverer::Claim(int most) {
  const Micros now = parts_.clock.Now();
  std::vector<Item> items;
  MIQ_TRY(parts_.store.Write(store::Scope::System(), [&](store::Session& session) -> Status {
    items.clear();
    const std::string sql =
        "UPDATE outbox SET next_at = $1, attempts = attempts + 1 WHERE outbox_id IN (SELECT outbox_id FROM outbox "
        "WHERE outcome = 'waiting' AND next_at <= $2 ORDER BY next_at LIMIT $3" +
        std::string(session.SkipLocked()) +
        ") RETURNING outbox_id, tenant_id, channel_id, kind, target, subject, sealed_payload, attempts";
    MIQ_ASSIGN(const store::Rows rows, session.Query(sql, now + kLease, now, most));
    for (const store::Row& row : rows) {
      items.push_back({row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Binary(6),
                       row.Integer(7)});
    }
    return {};
  }));
  return items;
}

Status Deliverer::DeliverWebhook(const Item& item, const std::string& payload) {
  if (parts_.reach == nullptr) return Fail(codes::kConnectionReach, "webhooks are switched off");
  MIQ_ASSIGN(const ChannelRow channel, parts_.channels.Get(item.tenant_id, item.channel_id));
  MIQ_ASSIGN(const WebhookSecrets secrets, parts_.channels.OpenSecrets(channel));
  outbound::HttpRequest request;
  request.method = "POST";
  request.url = secrets.url;
  request.headers = {{"Content-Type", "application/json"},
                     {"User-Agent", "MigrateIQ"},
                     {"X-MigrateIQ-Event", item.subject},
                     {"X-MigrateIQ-Delivery", item.outbox_id},
                     {"X-MigrateIQ-Signature", WebhookSignature(secrets.secret, parts_.clock.Now(), payload)}};
  request.body = payload;
  request.timeout = std::chrono::seconds(10);
  request.answer_limit = 64 << 10;
  request.reach = parts_.reach;
  MIQ_ASSIGN(const outbound::HttpAnswer answer, parts_.send_http(request));
  if (answer.status == 410) return Fail(codes::kApiNotFound, "the receiver answered 410: it is gone");
  if (answer.status >= 200 && answer.status < 300) return {};
  return Fail(codes::kServerAnswer, "the receiver answered " + std::to_string(answer.status));
}

Status Deliverer::Deliver(const Item& item) {
  MIQ_ASSIGN(const std::string payload,
             parts_.vault.Open(item.tenant_id, item.sealed_payload, "outbox:" + item.outbox_id));
  if (item.kind == "webhook") return DeliverWebhook(item, payload);
  if (!item.channel_id.empty()) MIQ_TRY(parts_.channels.Get(item.tenant_id, item.channel_id));
  return parts_.send_mail({parts_.options.smtp_from, item.target, item.subject, payload});
}

Status Deliverer::Finish(const Item& item, const Status& result) {
  const Micros now = parts_.clock.Now();
  const bool over = result.has_value() || IsFinal(result.error()) || item.attempts >= kMostAttempts;
  const std::string outcome = result ? "delivered" : over ? "failed" : "waiting";
  const auto finished_at = over ? std::optional(now) : std::nullopt;
  return parts_.store.Write(store::Scope::Tenant(item.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute(
        "UPDATE outbox SET outcome = $1, next_at = $2, finished_at = $3, problem = $4 "
        "WHERE tenant_id = $5 AND outbox_id = $6",
        outcome, now + PauseAfter(item.attempts), finished_at,
        result ? "" : result.error().message.substr(0, kLongestProblem), item.tenant_id, item.outbox_id));
    return {};
  });
}

Result<int> Deliverer::DeliverDue(int most) {
  MIQ_ASSIGN(const std::vector<Item> items, Claim(most));
  for (const Item& item : items) MIQ_TRY(Finish(item, Deliver(item)));
  return static_cast<int>(items.size());
}

Status Deliverer::Tidy() {
  const Micros now = parts_.clock.Now();
  return parts_.store.Write(store::Scope::System(), [&](store::Session& session) -> Status {
    MIQ_TRY(
        session.Execute("DELETE FROM outbox WHERE (outcome IN ('delivered', 'dropped') AND created_at < $1) "
                        "OR (outcome = 'failed' AND created_at < $2)",
                        now - 7 * kDay, now - 30 * kDay));
    MIQ_TRY(session.Execute("DELETE FROM notice WHERE created_at < $1", now - 7 * kDay));
    MIQ_TRY(session.Execute("DELETE FROM notification WHERE created_at < $1", now - 90 * kDay));
    return {};
  });
}

}  // namespace migrateiq::core
