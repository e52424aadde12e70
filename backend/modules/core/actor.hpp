#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "modules/core/audit.hpp"
#include "platform/http/router.hpp"

namespace migrateiq::core {

/// Who does something, and from where: what services need for the audit log, and to see that nobody gives more than
/// they have.
struct Actor {
  std::string tenant_id, user_id, session_id;
  std::string id, name;  ///< of the user or API key, as others may read it: no address
  std::string email;     ///< the user's; for the audit log alone
  std::string address, request_id;
  std::vector<std::string> permissions;

  /// Who is behind it: the user, also where one of their API keys asks.
  const std::string& person() const { return user_id.empty() ? id : user_id; }

  /// For changes that the server itself makes in a tenant.
  static Actor System(std::string tenant_id);
  AuditEntry Entry(std::string action, std::string object_type, std::string object_id) const;
  /// Fails with kApiForbidden unless the actor has all of these: nobody hands out what they don't have.
  Status MayGive(const std::vector<std::string>& wanted) const;
};

Actor ActorOf(const http::Context& context);

}  // namespace migrateiq::core
