#include "modules/core/people/user_store.hpp"

#include <set>

#include "base/errors/api.hpp"
#include "modules/core/access.hpp"

namespace migrateiq::core {

namespace {

constexpr std::string_view kSelect =
    "SELECT user_id, tenant_id, email, name, password_hash, state, version, created_at, last_login_at "
    "FROM user_account ";

UserRow RowOf(const store::Row& row) {
  return {row.Text(0), row.Text(1),    row.Text(2),    row.Text(3),           row.Text(4),
          row.Text(5), row.Integer(6), row.Integer(7), row.OptionalInteger(8)};
}

std::string Select(std::string_view rest) { return std::string(kSelect).append(rest); }

}  // namespace

Result<std::optional<UserRow>> FindUserByEmail(store::Session& session, const std::string& email) {
  MIQ_ASSIGN(const store::Rows rows, session.Query(Select("WHERE email = $1"), email));
  if (rows.empty()) return std::nullopt;
  return RowOf(rows[0]);
}

Result<std::optional<UserRow>> FindUser(store::Session& session, const std::string& tenant_id,
                                        const std::string& user_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(Select("WHERE tenant_id = $1 AND user_id = $2"), tenant_id, user_id));
  if (rows.empty()) return std::nullopt;
  UserRow user = RowOf(rows[0]);
  MIQ_ASSIGN(user.roles, ReadUserRoles(session, tenant_id, user_id));
  return user;
}

Result<std::vector<UserRow>> ListUsers(store::Session& session, const std::string& tenant_id,
                                       const std::optional<std::string>& state, const PageRequest& page) {
  MIQ_ASSIGN(const MomentCursor after, ReadMomentCursor(page.cursor));
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(Select("WHERE tenant_id = $1 AND (created_at > $2 OR (created_at = $2 AND user_id > $3)) "
                                  "AND ($4 = '' OR state = $4) ORDER BY created_at, user_id LIMIT $5"),
                           tenant_id, after.moment, after.id, state.value_or(""), page.limit + 1));
  std::vector<UserRow> users;
  for (const store::Row& row : rows) {
    users.push_back(RowOf(row));
    MIQ_ASSIGN(users.back().roles, ReadUserRoles(session, tenant_id, users.back().user_id));
  }
  return users;
}

Status InsertUser(store::Session& session, const UserRow& row) {
  MIQ_ASSIGN(
      const int64_t inserted,
      session.Execute("INSERT INTO user_account (user_id, tenant_id, email, name, password_hash, state, version, "
                      "created_at) VALUES ($1, $2, $3, $4, $5, $6, 1, $7) ON CONFLICT (email) DO NOTHING",
                      row.user_id, row.tenant_id, row.email, row.name, row.password_hash, row.state, row.created_at));
  if (inserted == 0) return Fail(codes::kApiConflict, "somebody has this e-mail address already");
  return SetUserRoles(session, row.tenant_id, row.user_id, row.roles);
}

Status SetUserRoles(store::Session& session, const std::string& tenant_id, const std::string& user_id,
                    const std::vector<std::string>& roles) {
  MIQ_TRY(session.Execute("DELETE FROM user_role WHERE tenant_id = $1 AND user_id = $2", tenant_id, user_id));
  for (const std::string& role : std::set<std::string>(roles.begin(), roles.end())) {
    MIQ_TRY(session.Execute("INSERT INTO user_role (tenant_id, user_id, role_id) VALUES ($1, $2, $3)", tenant_id,
                            user_id, role));
  }
  return {};
}

Status SetPasswordHash(store::Session& session, const std::string& tenant_id, const std::string& user_id,
                       const std::string& hash) {
  MIQ_TRY(session.Execute("UPDATE user_account SET password_hash = $1 WHERE tenant_id = $2 AND user_id = $3", hash,
                          tenant_id, user_id));
  return {};
}

Result<int64_t> CountActiveWithRole(store::Session& session, const std::string& tenant_id, const std::string& role) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT COUNT(*) FROM user_role r JOIN user_account u ON u.user_id = r.user_id "
                           "WHERE r.tenant_id = $1 AND r.role_id = $2 AND u.state = 'active'",
                           tenant_id, role));
  return rows.at(0).Integer(0);
}

}  // namespace migrateiq::core
