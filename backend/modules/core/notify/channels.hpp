#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/core/actor.hpp"
#include "modules/core/people/roles.hpp"
#include "platform/secrets/vault.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

struct ChannelRow {
  std::string channel_id, tenant_id;
  std::string kind;  ///< webhook, email
  std::string name;
  std::string target;               ///< an address; of webhooks the beginning of the URL, for its path may be a secret
  std::string sealed;               ///< of webhooks: the URL and the signing secret
  std::vector<std::string> events;  ///< empty: all
  bool enabled = true;
  int64_t version = 1;
  Micros created_at = 0;

  bool Wants(const std::string& event) const;
};

/// What a webhook needs to be called.
struct WebhookSecrets {
  std::string url, secret;
};

struct NewChannel {
  std::string kind, name, target;  ///< target: the whole URL, or an address
  std::vector<std::string> events;
};
struct ChannelChange {
  std::optional<std::string> name;
  std::optional<std::vector<std::string>> events;
  std::optional<bool> enabled;
};

/// Where a tenant's notifications go besides the app. Thread-safe.
class Channels {
 public:
  Channels(store::Store& store, secrets::Vault& vault, const Clock& clock)
      : store_(store), vault_(vault), clock_(clock) {}

  /// All of them: a tenant has few.
  Result<std::vector<ChannelRow>> List(const std::string& tenant_id);
  Result<ChannelRow> Get(const std::string& tenant_id, const std::string& channel_id);
  struct Made {
    ChannelRow row;
    std::string secret;  ///< of webhooks, shown once: deliveries are signed with it
  };
  /// Errors: kApiField for a target that is no http(s) URL.
  Result<Made> Create(const Actor& actor, const NewChannel& wanted);
  Result<ChannelRow> Change(const Actor& actor, const std::string& channel_id, const ChannelChange& change,
                            const VersionCheck& check);
  /// What waits for it is not sent any more.
  Status Remove(const Actor& actor, const std::string& channel_id, const VersionCheck& check);

  Result<WebhookSecrets> OpenSecrets(const ChannelRow& row);

 private:
  store::Store& store_;
  secrets::Vault& vault_;
  const Clock& clock_;
};

Result<std::vector<ChannelRow>> ReadChannels(store::Session& session, const std::string& tenant_id);

}  // namespace migrateiq::core
