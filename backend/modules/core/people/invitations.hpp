#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/core/actor.hpp"
#include "modules/core/cursor.hpp"
#include "modules/core/options.hpp"
#include "modules/core/sign_in/sessions.hpp"
#include "platform/secrets/vault.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

struct InvitationRow {
  std::string invitation_id, tenant_id, email;
  std::vector<std::string> roles;
  std::string invited_by, state;  ///< open, accepted, revoked
  Micros created_at = 0, expires_at = 0;
};

/// How people become users: by a link that works once, for a week. Thread-safe.
class Invitations {
 public:
  struct Parts {
    store::Store& store;
    secrets::Vault& vault;
    const PasswordHasher& hasher;
    const Clock& clock;
    const CoreOptions& options;
  };
  explicit Invitations(Parts parts) : parts_(parts) {}

  struct Made {
    InvitationRow row;
    std::string link;  ///< empty when a mail goes out: who invites needs not see it
  };
  /// Errors: kApiForbidden for roles that permit more than the actor may; kApiField; kApiQuota.
  Result<Made> Create(const Actor& actor, const std::string& email, const std::vector<std::string>& roles);
  /// The same for the owner of a new tenant.
  Result<Made> CreateFor(const Actor& acting, const std::string& tenant_id, const std::string& email);
  Result<std::vector<InvitationRow>> List(const std::string& tenant_id, const PageRequest& page);
  Status Revoke(const Actor& actor, const std::string& invitation_id);
  /// Makes the user, who signs in then. Errors: kAuthToken, kAuthPassword, kApiConflict.
  Status Accept(const std::string& token, const std::string& name, const std::string& password,
                const ClientInfo& client);

 private:
  Result<Made> Insert(const Actor& actor, InvitationRow row);

  Parts parts_;
};

}  // namespace migrateiq::core
