#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/error.hpp"
#include "base/time.hpp"
#include "platform/secrets/vault.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

/// The keys that access tokens are signed with: ES256 (P-256), made by the server, private parts sealed in the store.
///
/// A key signs for 30 days after its making; what it signed can be verified for a day longer. Several processes may
/// share a store: a key another one made is found in the store when it is first met. Thread-safe.
class SigningKeys {
 public:
  SigningKeys(store::Store& store, secrets::Vault& vault, const Clock& clock);
  ~SigningKeys();

  /// A compact JWS (alg ES256, the present key's kid, this typ) of the claims.
  Result<std::string> Sign(std::string_view type, const boost::json::object& claims);
  /// The claims of a token whose header has alg ES256, this typ and a kid of ours, and whose signature is right.
  /// Nothing else in the header is believed: keys never come from the token. Errors: kAuthToken.
  Result<boost::json::object> Verify(std::string_view type, std::string_view token);
  /// The public keys that may be met, as a JWK set.
  Result<boost::json::value> Jwks();
  /// A new key now; the older ones go on verifying for their time.
  Status Rotate();

 private:
  struct Key;
  Status Load();
  Result<std::shared_ptr<Key>> Present();
  Result<std::shared_ptr<Key>> Find(const std::string& key_id);
  std::shared_ptr<Key> Newest() const;
  std::shared_ptr<Key> Known(const std::string& key_id) const;

  store::Store& store_;
  secrets::Vault& vault_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Key>> keys_;  ///< shared with the requests that use them
  Micros loaded_at_ = 0;
};

}  // namespace migrateiq::core
