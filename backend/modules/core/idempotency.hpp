#pragma once

#include "base/time.hpp"
#include "platform/http/gateway.hpp"
#include "platform/secrets/vault.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

/// Answers of POSTs with an Idempotency-Key, for a day, in the store: also another process knows them. The
/// bodies are sealed, for some show a secret once: a new API key, an invitation's link. Thread-safe.
class StoredIdempotency : public http::IdempotencyStore {
 public:
  StoredIdempotency(store::Store& store, secrets::Vault& vault, const Clock& clock)
      : store_(store), vault_(vault), clock_(clock) {}

  Result<std::optional<Saved>> Begin(const http::Principal& principal, const std::string& key,
                                     const std::string& fingerprint) override;
  Status Finish(const http::Principal& principal, const std::string& key, const Saved& answer) override;
  Status Abandon(const http::Principal& principal, const std::string& key) override;
  /// Forgets what is older than a day.
  Status Tidy();

 private:
  store::Store& store_;
  secrets::Vault& vault_;
  const Clock& clock_;
};

}  // namespace migrateiq::core
