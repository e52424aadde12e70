#include "modules/core/actor.hpp"

#include <algorithm>

#include "base/errors/api.hpp"

namespace migrateiq::core {

Actor Actor::System(std::string tenant_id) {
  Actor actor;
  actor.tenant_id = std::move(tenant_id);
  actor.id = actor.name = "system";
  return actor;
}

AuditEntry Actor::Entry(std::string action, std::string object_type, std::string object_id) const {
  AuditEntry entry;
  entry.actor_id = id;
  entry.actor = email.empty() ? name : name + " <" + email + ">";
  entry.action = std::move(action);
  entry.object_type = std::move(object_type);
  entry.object_id = std::move(object_id);
  entry.address = address;
  entry.request_id = request_id;
  return entry;
}

Status Actor::MayGive(const std::vector<std::string>& wanted) const {
  for (const std::string& permission : wanted) {
    if (std::find(permissions.begin(), permissions.end(), permission) == permissions.end())
      return Fail(codes::kApiForbidden, "you don't have the permission " + permission + " yourself");
  }
  return {};
}

Actor ActorOf(const http::Context& context) {
  const http::Principal& principal = context.principal;
  Actor actor;
  actor.tenant_id = principal.tenant_id;
  actor.user_id = principal.user_id;
  actor.session_id = principal.session_id;
  actor.id = principal.subject();
  actor.name = principal.name;
  actor.email = principal.email;
  actor.address = context.request.address;
  actor.request_id = context.request_id;
  actor.permissions = principal.permissions;
  return actor;
}

}  // namespace migrateiq::core
