#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "platform/secrets/vault.hpp"
#include "platform/store/store.hpp"

/// What shall be sent, in the store until it has been: written in the transaction of what it tells about, delivered by
/// Deliverer.
namespace migrateiq::core {

struct OutboxItem {
  std::string tenant_id;
  std::optional<std::string> channel_id;  ///< nothing: a mail of the server itself
  std::string kind;                       ///< mail, webhook
  std::string target;                     ///< an address, or a URL
  std::string subject;                    ///< of a mail; the event of a webhook
  std::string payload;                    ///< text or JSON; may hold links that sign in, and is sealed therefore
};

struct SealedItem {
  std::string outbox_id;
  OutboxItem item;  ///< without the payload
  std::string sealed_payload;
};
/// Outside any transaction: the vault has its own.
Result<SealedItem> SealItem(secrets::Vault& vault, OutboxItem item);
/// `outcome` "dropped": written down, never sent.
Status Enqueue(store::Session& session, const SealedItem& sealed, Micros now, std::string_view outcome = "waiting");

}  // namespace migrateiq::core
