#include "modules/core/routes.hpp"

namespace migrateiq::core {

namespace {

using http::Context;
using http::Method;

enum class UserState { active, disabled };
BOOST_DESCRIBE_ENUM(UserState, active, disabled)

struct UserView {
  std::string user_id, email, name;
  UserState state = UserState::active;
  std::vector<std::string> roles;
  Moment created_at;
  std::optional<Moment> last_login_at;
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(UserView, (), (user_id, email, name, state, roles, created_at, last_login_at, version))

struct ChangeUser {
  std::optional<Text<1, 200>> name;
  std::optional<std::vector<std::string>> roles;
};
BOOST_DESCRIBE_STRUCT(ChangeUser, (), (name, roles))

struct ListUsersQuery {
  std::optional<PageLimit> limit;
  std::optional<std::string> cursor;
  std::optional<UserState> state;
};
BOOST_DESCRIBE_STRUCT(ListUsersQuery, (), (limit, cursor, state))

struct ResetLinkView {
  ShownOnce link;
};
BOOST_DESCRIBE_STRUCT(ResetLinkView, (), (link))

UserView ViewOf(const UserRow& row) {
  UserView view{row.user_id, row.email,       row.name, row.state == "active" ? UserState::active : UserState::disabled,
                row.roles,   {row.created_at}};
  if (row.last_login_at) view.last_login_at = Moment{*row.last_login_at};
  view.version = row.version;
  return view;
}

std::string CursorOf(const UserRow& row) { return EncodeCursor({std::to_string(row.created_at), row.user_id}); }

std::optional<std::string> StateText(const std::optional<UserState>& state) {
  if (!state) return std::nullopt;
  return *state == UserState::active ? "active" : "disabled";
}

http::Route WriteRoute(Method method, std::string path, std::string name, std::string summary) {
  http::Route route =
      PermissionRoute(method, "/api/v1/users/{user_id}" + path, std::move(name), "users.write", std::move(summary));
  route.idempotent_key = false;
  if (method == Method::kPost) route.success = 200;
  return route;
}

void AddReading(http::Router& router, CoreServices& services) {
  router.Add<Nothing, ListUsersQuery, Page<UserView>>(
      PermissionRoute(Method::kGet, "/api/v1/users", "listUsers", "users.read", "The tenant's users."),
      [&](Context& context, const Nothing&, const ListUsersQuery& query) -> Result<Page<UserView>> {
        const PageRequest page = PageOf(query);
        MIQ_ASSIGN(const auto rows, services.users.List(context.principal.tenant_id, StateText(query.state), page));
        return MakePage<UserView, UserRow>(rows, page.limit, ViewOf, CursorOf);
      });
  router.Add<Nothing, Nothing, UserView>(
      PermissionRoute(Method::kGet, "/api/v1/users/{user_id}", "getUser", "users.read", "One user."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<UserView> {
        MIQ_ASSIGN(const UserRow row, services.users.Get(context.principal.tenant_id, context.Path("user_id")));
        return Versioned(context, ViewOf(row));
      });
}

void AddChanging(http::Router& router, CoreServices& services) {
  http::Route change = WriteRoute(Method::kPatch, "", "changeUser", "Change a user's name or roles.");
  change.conditional = true;
  router.Add<ChangeUser, Nothing, UserView>(
      std::move(change), [&](Context& context, const ChangeUser& body, const Nothing&) -> Result<UserView> {
        UserChange wanted;
        if (body.name) wanted.name = *body.name;
        wanted.roles = body.roles;
        MIQ_ASSIGN(const UserRow row,
                   services.users.Change(ActorOf(context), context.Path("user_id"), wanted,
                                         [&](int64_t version) { return context.RequireMatch(version); }));
        return Versioned(context, ViewOf(row));
      });
  for (const bool active : {false, true}) {
    http::Route route = active
                            ? WriteRoute(Method::kPost, "/enable", "enableUser", "Let a disabled user sign in again.")
                            : WriteRoute(Method::kPost, "/disable", "disableUser",
                                         "Keep a user from signing in; their sessions and keys end at once.");
    router.Add<Nothing, Nothing, UserView>(
        std::move(route), [&services, active](Context& context, const Nothing&, const Nothing&) -> Result<UserView> {
          MIQ_ASSIGN(const UserRow row, services.users.SetActive(ActorOf(context), context.Path("user_id"), active));
          return Versioned(context, ViewOf(row));
        });
  }
}

void AddResetLink(http::Router& router, CoreServices& services) {
  http::Route route = WriteRoute(Method::kPost, "/reset-link", "makeResetLink",
                                 "Get a link with which the user sets a new password, to hand over yourself.");
  route.step_up = true;
  router.Add<Nothing, Nothing, ResetLinkView>(
      std::move(route), [&](Context& context, const Nothing&, const Nothing&) -> Result<ResetLinkView> {
        MIQ_ASSIGN(std::string link, services.passwords.ResetLink(ActorOf(context), context.Path("user_id")));
        context.response.headers.Set("Cache-Control", "no-store");
        return ResetLinkView{{std::move(link)}};
      });
}

void AddTotpRemoval(http::Router& router, CoreServices& services) {
  http::Route route = WriteRoute(Method::kDelete, "/totp", "removeUserTotp",
                                 "Remove the second factor of somebody who lost it; make sure first who they are.");
  route.step_up = true;
  router.Add<Nothing, Nothing, Nothing>(std::move(route),
                                        [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
                                          const std::string& user_id = context.Path("user_id");
                                          MIQ_TRY(services.totp.RemoveFor(ActorOf(context), user_id));
                                          services.sessions.Ended(context.principal.tenant_id, user_id);
                                          return Nothing{};
                                        });
}

}  // namespace

void AddUserRoutes(http::Router& router, CoreServices& services) {
  AddReading(router, services);
  AddChanging(router, services);
  AddResetLink(router, services);
  AddTotpRemoval(router, services);
}

}  // namespace migrateiq::core
