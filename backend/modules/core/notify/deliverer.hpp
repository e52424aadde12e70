#pragma once

#include <functional>
#include <string>
#include <vector>

#include "modules/core/notify/channels.hpp"
#include "modules/core/options.hpp"
#include "platform/outbound/client.hpp"

namespace migrateiq::core {

/// Sends what waits in the outbox: mails, and webhooks signed with HMAC-SHA256. Several processes may deliver at the
/// same time; a delivery whose process died is made again, so receivers may get one twice (X-MigrateIQ-Delivery tells).
/// Failures are repeated after 10 s, 40 s, ... at most 6 h, eight times in all. Webhooks reach only allowed addresses
/// and follow no redirect. Thread-safe.
class Deliverer {
 public:
  using SendHttp = std::function<Result<outbound::HttpAnswer>(const outbound::HttpRequest&)>;
  using SendMail = std::function<Status(const outbound::Mail&)>;
  struct Parts {
    store::Store& store;
    secrets::Vault& vault;
    Channels& channels;
    const Clock& clock;
    const CoreOptions& options;
    const Reach* reach;  ///< null: webhooks are not sent at all
    SendHttp send_http = outbound::Send;
    SendMail send_mail = {};  ///< empty: by smtp_url
  };
  explicit Deliverer(Parts parts);

  /// Tries what is due, `most` items at most; how many there were. Call it every second or so.
  Result<int> DeliverDue(int most = 20);
  /// Forgets what was delivered a week ago, or given up a month ago.
  Status Tidy();

 private:
  struct Item {
    std::string outbox_id, tenant_id, channel_id, kind, target, subject, sealed_payload;
    int64_t attempts = 0;
  };
  Result<std::vector<Item>> Claim(int most);
  Status Deliver(const Item& item);
  Status DeliverWebhook(const Item& item, const std::string& payload);
  Status Finish(const Item& item, const Status& result);

  Parts parts_;
};

/// "t=<unix seconds>,v1=<hex of HMAC-SHA256(secret, t + "." + body)>"
std::string WebhookSignature(const std::string& secret, Micros now, const std::string& body);

}  // namespace migrateiq::core
