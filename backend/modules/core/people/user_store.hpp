#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "modules/core/cursor.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

/// A user's row. A user belongs to one tenant; an address to one user.
struct UserRow {
  std::string user_id, tenant_id, email, name, password_hash, state;
  int64_t version = 1;
  Micros created_at = 0;
  std::optional<Micros> last_login_at;
  std::vector<std::string> roles;  ///< read where it is said so
};

Result<std::optional<UserRow>> FindUserByEmail(store::Session& session, const std::string& email);
/// With roles.
Result<std::optional<UserRow>> FindUser(store::Session& session, const std::string& tenant_id,
                                        const std::string& user_id);
/// With roles, in the order of their making; one more than the page's limit where there are so many.
Result<std::vector<UserRow>> ListUsers(store::Session& session, const std::string& tenant_id,
                                       const std::optional<std::string>& state, const PageRequest& page);
/// Errors: kApiConflict when the address is taken.
Status InsertUser(store::Session& session, const UserRow& row);
Status SetUserRoles(store::Session& session, const std::string& tenant_id, const std::string& user_id,
                    const std::vector<std::string>& roles);
Status SetPasswordHash(store::Session& session, const std::string& tenant_id, const std::string& user_id,
                       const std::string& hash);
/// How many active users have the role.
Result<int64_t> CountActiveWithRole(store::Session& session, const std::string& tenant_id, const std::string& role);

}  // namespace migrateiq::core
