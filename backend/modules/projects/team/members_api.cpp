#include "modules/projects/api_support.hpp"
#include "modules/projects/project_services.hpp"
#include "modules/projects/routes.hpp"

namespace migrateiq::projects {

namespace {

struct MemberView {
  std::string grant_id;
  MemberKind kind = MemberKind::user;
  std::string subject_id, name, email, role;
  Moment created_at;
};
BOOST_DESCRIBE_STRUCT(MemberView, (), (grant_id, kind, subject_id, name, email, role, created_at))

struct MemberList {
  std::vector<MemberView> items;
};
BOOST_DESCRIBE_STRUCT(MemberList, (), (items))

struct AddMember {
  std::optional<MemberKind> kind;
  Text<1, 64> subject_id, role;
};
BOOST_DESCRIBE_STRUCT(AddMember, (), (kind, subject_id, role))

MemberView ViewOf(const MemberRow& row) {
  return {row.grant_id, row.kind, row.subject_id, row.name, row.email, row.role_id, {row.created_at}};
}

}  // namespace

void AddMemberRoutes(http::Router& router, ProjectServices& services) {
  router.Add<Nothing, Nothing, MemberList>(
      http::Whole(ProjectRoute(Method::kGet, "projects/{project_id}/members", "listMembers", "projects.read",
                               "Users and teams with a role in this project.")),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<MemberList> {
        MIQ_ASSIGN(const auto rows, services.members.List(context.principal.tenant_id, context.Path("project_id")));
        MemberList list;
        for (const MemberRow& row : rows) list.items.push_back(ViewOf(row));
        return list;
      });
  router.Add<AddMember, Nothing, MemberView>(
      ProjectRoute(Method::kPost, "projects/{project_id}/members", "addMember", "projects.admin",
                   "Grant a user or a team a role in this project."),
      [&](Context& context, const AddMember& body, const Nothing&) -> Result<MemberView> {
        MIQ_ASSIGN(
            const MemberRow row,
            Placed(context, services.members.Add(ActorOf(context), context.Path("project_id"),
                                                 body.kind.value_or(MemberKind::user), body.subject_id, body.role)));
        return ViewOf(row);
      });
  router.Add<Nothing, Nothing, Nothing>(
      ProjectRoute(Method::kDelete, "projects/{project_id}/members/{grant_id}", "removeMember", "projects.admin",
                   "Take a role in this project away."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.members.Remove(ActorOf(context), context.Path("project_id"), context.Path("grant_id")));
        return Nothing{};
      });
}

}  // namespace migrateiq::projects
