#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/core/actor.hpp"
#include "modules/core/cursor.hpp"
#include "modules/core/notify/channels.hpp"
#include "modules/core/notify/outbox.hpp"
#include "platform/realtime/bus.hpp"

namespace migrateiq::core {

/// Something people want to hear about.
struct Notice {
  std::string event;                  ///< "run.failed", "approval.wanted"
  std::string title, text;            ///< no values of data, no secrets
  std::string link;                   ///< path in the web app, "/runs/<id>"
  std::vector<std::string> user_ids;  ///< who sees it in the app; the channels get it in any case
};

struct NotificationRow {
  std::string notification_id, event, title, text, link;
  Micros created_at = 0;
  std::optional<Micros> read_at;
};

/// Tells people what happened: in the app, and by the tenant's channels. Thread-safe.
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
  /// One delivery to one channel, to try it. Errors: kApiNotFound.
  Status Test(const Actor& actor, const std::string& channel_id);

  /// One's own, the newest first.
  Result<std::vector<NotificationRow>> List(const Actor& actor, bool unread_only, const PageRequest& page);
  /// Errors: kApiNotFound.
  Status MarkRead(const Actor& actor, const std::string& notification_id);
  Status MarkAllRead(const Actor& actor);

 private:
  Result<SealedItem> ItemFor(const ChannelRow& channel, const Notice& notice);

  Parts parts_;
};

}  // namespace migrateiq::core
