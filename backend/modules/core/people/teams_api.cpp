#include "modules/core/id_cursor.hpp"
#include "modules/core/routes.hpp"

namespace migrateiq::core {

namespace {

using http::Context;
using http::Method;

struct TeamView {
  std::string team_id, name;
  int64_t members = 0;
  Moment created_at;
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(TeamView, (), (team_id, name, members, created_at, version))

struct CreateTeam {
  Text<1, 100> name;
};
BOOST_DESCRIBE_STRUCT(CreateTeam, (), (name))

struct ChangeTeam {
  Text<1, 100> name;
};
BOOST_DESCRIBE_STRUCT(ChangeTeam, (), (name))

struct TeamMemberView {
  std::string user_id;
};
BOOST_DESCRIBE_STRUCT(TeamMemberView, (), (user_id))

struct AddTeamMember {
  Text<1, 100> user_id;
};
BOOST_DESCRIBE_STRUCT(AddTeamMember, (), (user_id))

struct ListTeamsQuery {
  std::optional<PageLimit> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(ListTeamsQuery, (), (limit, cursor))

TeamView ViewOf(const TeamRow& row) { return {row.team_id, row.name, row.members, {row.created_at}, row.version}; }

std::string CursorOf(const TeamRow& row) { return EncodeCursor({std::to_string(row.created_at), row.team_id}); }

TeamMemberView MemberOf(const std::string& user_id) { return {user_id}; }
std::string MemberCursor(const std::string& user_id) { return IdCursor(user_id); }

void AddReading(http::Router& router, CoreServices& services) {
  router.Add<Nothing, ListTeamsQuery, Page<TeamView>>(
      PermissionRoute(Method::kGet, "/api/v1/teams", "listTeams", "users.read", "The tenant's teams."),
      [&](Context& context, const Nothing&, const ListTeamsQuery& query) -> Result<Page<TeamView>> {
        const PageRequest page = PageOf(query);
        MIQ_ASSIGN(const auto rows, services.teams.List(context.principal.tenant_id, page));
        return MakePage<TeamView, TeamRow>(rows, page.limit, ViewOf, CursorOf);
      });
  router.Add<Nothing, Nothing, TeamView>(
      PermissionRoute(Method::kGet, "/api/v1/teams/{team_id}", "getTeam", "users.read", "One team."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<TeamView> {
        MIQ_ASSIGN(const TeamRow row, services.teams.Get(context.principal.tenant_id, context.Path("team_id")));
        return Versioned(context, ViewOf(row));
      });
  router.Add<Nothing, ListTeamsQuery, Page<TeamMemberView>>(
      PermissionRoute(Method::kGet, "/api/v1/teams/{team_id}/members", "listTeamMembers", "users.read",
                      "Who is in a team."),
      [&](Context& context, const Nothing&, const ListTeamsQuery& query) -> Result<Page<TeamMemberView>> {
        const PageRequest page = PageOf(query);
        MIQ_ASSIGN(const auto users,
                   services.teams.Members(context.principal.tenant_id, context.Path("team_id"), page));
        return MakePage<TeamMemberView, std::string>(users, page.limit, MemberOf, MemberCursor);
      });
}

http::Route WriteRoute(Method method, std::string path, std::string name, std::string summary) {
  return PermissionRoute(method, "/api/v1/teams" + path, std::move(name), "users.write", std::move(summary));
}

void AddWriting(http::Router& router, CoreServices& services) {
  router.Add<CreateTeam, Nothing, TeamView>(
      WriteRoute(Method::kPost, "", "createTeam", "Make a team."),
      [&](Context& context, const CreateTeam& body, const Nothing&) -> Result<TeamView> {
        MIQ_ASSIGN(const TeamRow row, services.teams.Create(ActorOf(context), body.name));
        context.response.headers.Set("Location", "/api/v1/teams/" + row.team_id);
        return Versioned(context, ViewOf(row));
      });
  http::Route change = WriteRoute(Method::kPatch, "/{team_id}", "changeTeam", "Rename a team.");
  change.conditional = true;
  router.Add<ChangeTeam, Nothing, TeamView>(
      std::move(change), [&](Context& context, const ChangeTeam& body, const Nothing&) -> Result<TeamView> {
        MIQ_ASSIGN(const TeamRow row,
                   services.teams.Rename(ActorOf(context), context.Path("team_id"), body.name,
                                         [&](int64_t version) { return context.RequireMatch(version); }));
        return Versioned(context, ViewOf(row));
      });
  http::Route remove = WriteRoute(Method::kDelete, "/{team_id}", "removeTeam", "Remove a team with its grants.");
  remove.conditional = true;
  router.Add<Nothing, Nothing, Nothing>(
      std::move(remove), [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.teams.Remove(ActorOf(context), context.Path("team_id"),
                                      [&](int64_t version) { return context.RequireMatch(version); }));
        return Nothing{};
      });
}

void AddMembership(http::Router& router, CoreServices& services) {
  router.Add<AddTeamMember, Nothing, TeamMemberView>(
      WriteRoute(Method::kPost, "/{team_id}/members", "addTeamMember", "Put a user into a team."),
      [&](Context& context, const AddTeamMember& body, const Nothing&) -> Result<TeamMemberView> {
        MIQ_TRY(services.teams.AddMember(ActorOf(context), context.Path("team_id"), body.user_id));
        return TeamMemberView{body.user_id};
      });
  router.Add<Nothing, Nothing, Nothing>(
      WriteRoute(Method::kDelete, "/{team_id}/members/{user_id}", "removeTeamMember", "Take a user out of a team."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.teams.RemoveMember(ActorOf(context), context.Path("team_id"), context.Path("user_id")));
        return Nothing{};
      });
}

}  // namespace

void AddTeamRoutes(http::Router& router, CoreServices& services) {
  AddReading(router, services);
  AddWriting(router, services);
  AddMembership(router, services);
}

}  // namespace migrateiq::core
