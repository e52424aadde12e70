#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/core/actor.hpp"
#include "modules/core/cursor.hpp"
#include "modules/core/notify/channels.hpp"
#include "modules/core/notify/notice.hpp"
#include "modules/core/notify/outbox.hpp"
#include "modules/core/notify/recipients.hpp"
#include "platform/realtime/bus.hpp"

namespace migrateiq::core {

struct NotificationRow {
  std::string notification_id, event, title, text, link;
  Micros created_at = 0;
  std::optional<Micros> read_at;
};

/// Tells people what happened: in the app and by mail, as each of them chose, and by the tenant's channels.
/// Thread-safe.
class Notifier {
 public:
  struct Parts {
    store::Store& store;
    secrets::Vault& vault;
    Channels& channels;
    realtime::Bus* bus;  ///< may be null
    const Clock& clock;
    std::string public_url;
  };
  explicit Notifier(Parts parts) : parts_(std::move(parts)) {}

  /// Returns when it is written down; sending follows.
  Status Notify(const std::string& tenant_id, const Notice& notice);
  /// Hands on what PutNotice wrote down, each notice once; how many there were. Several processes may do so at the same
  /// time. Call it every second or so.
  Result<int> SendPut(int most = 100);
  /// One delivery to one channel, to try it. Errors: kApiNotFound.
  Status Test(const Actor& actor, const std::string& channel_id);

  /// One's own, the newest first.
  Result<std::vector<NotificationRow>> List(const Actor& actor, bool unread_only, const PageRequest& page);
  /// Errors: kApiNotFound.
  Status MarkRead(const Actor& actor, const std::string& notification_id);
  Status MarkAllRead(const Actor& actor);

 private:
  Result<SealedItem> ItemFor(const ChannelRow& channel, const Notice& notice);
  Result<std::vector<SealedItem>> ItemsFor(const std::string& tenant_id, const Notice& notice,
                                           const std::vector<Recipient>& recipients);
  /// `notice_id`: of the notice that was put; empty: it was not.
  Status Send(const std::string& tenant_id, const Notice& notice, const std::string& notice_id);

  Parts parts_;
};

}  // namespace migrateiq::core
