#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "modules/projects/connections/addresses.hpp"
#include "modules/projects/connections/connection_store.hpp"
#include "modules/projects/connections/trial.hpp"
#include "modules/projects/events.hpp"
#include "platform/secrets/vault.hpp"

namespace migrateiq::projects {

struct NewConnection {
  std::string name, description, url;
  bool production = false;
  std::vector<std::string> labels;
};

/// What is given changes.
struct ConnectionChange {
  std::optional<std::string> name, description, url;
  std::optional<bool> production;
  std::optional<std::vector<std::string>> labels;
};

/// Stored connections. URLs are sealed under "connection:<id>" and leave this class only as what Addresses resolved.
/// Thread-safe.
class Connections {
 public:
  struct Parts {
    store::Store& store;
    secrets::Vault& vault;
    const Addresses& addresses;
    const Clock& clock;
    std::chrono::milliseconds test_deadline{20'000};
  };
  explicit Connections(Parts parts) : parts_(parts) {}

  Result<std::vector<ConnectionRow>> List(const std::string& tenant_id, const ConnectionFilter& filter,
                                          const core::PageRequest& page);
  Result<ConnectionRow> Get(const std::string& tenant_id, const std::string& connection_id);
  /// With `test`, a connection that does not work is not stored. Errors: kConnectionForm, kConnectionReach,
  /// kApiConflict, those of the test.
  Result<ConnectionRow> Create(const Actor& actor, const NewConnection& wanted, bool test);
  /// A URL whose password is `***` keeps the stored one, as long as it leads to the same place. A connection in use
  /// keeps its name, by which plans know it.
  Result<ConnectionRow> Change(const Actor& actor, const std::string& connection_id, const ConnectionChange& change,
                               const VersionCheck& check);
  /// Errors: kApiState while a plan uses it.
  Status Remove(const Actor& actor, const std::string& connection_id, const VersionCheck& check);
  Result<Trial> Test(const Actor& actor, const std::string& connection_id);
  Result<std::vector<ConnectionUser>> Usage(const std::string& tenant_id, const std::string& connection_id);
  /// The usable URL, checked anew. Errors: kApiNotFound, kSecretOpen, those of Addresses::Resolve.
  Result<std::string> Open(const std::string& tenant_id, const ConnectionRow& row, ConnectionUse use);

 private:
  Result<ConnectionRow> Require(store::Session& session, const std::string& tenant_id, const std::string& id) const;
  /// Is the address allowed now? A name that does not resolve now may later.
  Status CheckReach(const std::string& tenant_id, const std::string& url) const;
  Status SetUrl(ConnectionRow& row, const std::string& url) const;
  Result<std::string> KeepSecret(const ConnectionRow& row, const std::string& url) const;
  Trial Try(const std::string& tenant_id, const std::string& url) const;
  Status Apply(store::Session& session, ConnectionRow& row, const ConnectionChange& change) const;

  Parts parts_;
};

}  // namespace migrateiq::projects
