#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

/// What a user may do in the whole tenant, as it stands in the store now.
struct UserAccess {
  std::string user_id, email, name;
  bool active = false;  ///< neither the user nor the tenant is disabled
  bool has_totp = false;
  std::vector<std::string> roles, permissions;  ///< sorted
};
Result<std::optional<UserAccess>> ReadUserAccess(store::Session& session, const std::string& tenant_id,
                                                 const std::string& user_id);

/// The roles that a user holds in the tenant: names of built-in ones, ids of others.
Result<std::vector<std::string>> ReadUserRoles(store::Session& session, const std::string& tenant_id,
                                               const std::string& user_id);

/// What these roles permit together, sorted; roles that don't exist (any more) permit nothing.
Result<std::vector<std::string>> PermissionsOfRoles(store::Session& session, const std::string& tenant_id,
                                                    const std::vector<std::string>& role_ids);
/// Errors: kApiField, when there is no such role.
Status CheckRolesExist(store::Session& session, const std::string& tenant_id, const std::vector<std::string>& role_ids);

/// What the user, or a team of theirs, was granted in one project, sorted.
Result<std::vector<std::string>> ReadProjectPermissions(store::Session& session, const std::string& tenant_id,
                                                        const std::string& user_id, const std::string& project_id);

/// May somebody with these permissions manage others? They are who a second factor can be demanded of.
bool IsAdministrator(const std::vector<std::string>& permissions);

bool Holds(const std::vector<std::string>& sorted_permissions, std::string_view permission);

}  // namespace migrateiq::core
