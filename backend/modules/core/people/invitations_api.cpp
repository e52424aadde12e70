#include "modules/core/routes.hpp"

namespace migrateiq::core {

namespace {

using http::Context;
using http::Method;

struct InvitationView {
  std::string invitation_id, email;
  std::vector<std::string> roles;
  Moment created_at, expires_at;
};
BOOST_DESCRIBE_STRUCT(InvitationView, (), (invitation_id, email, roles, created_at, expires_at))

struct CreateInvitation {
  Email email;
  std::vector<std::string> roles;
};
BOOST_DESCRIBE_STRUCT(CreateInvitation, (), (email, roles))

struct InvitationMade {
  InvitationView invitation;
  std::optional<ShownOnce> link;
};
BOOST_DESCRIBE_STRUCT(InvitationMade, (), (invitation, link))

struct AcceptInvitation {
  Secret token;
  Text<1, 200> name;
  Secret password;
};
BOOST_DESCRIBE_STRUCT(AcceptInvitation, (), (token, name, password))

struct ListInvitationsQuery {
  std::optional<PageLimit> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(ListInvitationsQuery, (), (limit, cursor))

InvitationView ViewOf(const InvitationRow& row) {
  return {row.invitation_id, row.email, row.roles, {row.created_at}, {row.expires_at}};
}

std::string CursorOf(const InvitationRow& row) {
  return EncodeCursor({std::to_string(row.created_at), row.invitation_id});
}

void AddAccepting(http::Router& router, CoreServices& services) {
  http::Route route = PublicRoute(Method::kPost, "/api/v1/auth/invitations/accept", "acceptInvitation",
                                  "Become a user with the token of an invitation.");
  route.idempotent_key = false;
  router.Add<AcceptInvitation, Nothing, Nothing>(
      std::move(route), [&](Context& context, const AcceptInvitation& body, const Nothing&) -> Result<Nothing> {
        const ClientInfo client{context.request.address, "", context.request_id};
        MIQ_TRY(services.invitations.Accept(body.token.Reveal(), body.name, body.password.Reveal(), client));
        return Nothing{};
      });
}

}  // namespace

void AddInvitationRoutes(http::Router& router, CoreServices& services) {
  http::Route create = PermissionRoute(Method::kPost, "/api/v1/invitations", "createInvitation", "users.write",
                                       "Invite somebody; answers the link where the server sends no mail.");
  create.idempotent_key = false;  // the answer may hold the link, which is kept nowhere
  router.Add<CreateInvitation, Nothing, InvitationMade>(
      std::move(create), [&](Context& context, const CreateInvitation& body, const Nothing&) -> Result<InvitationMade> {
        MIQ_ASSIGN(const Invitations::Made made, services.invitations.Create(ActorOf(context), body.email, body.roles));
        context.response.headers.Set("Cache-Control", "no-store");
        InvitationMade answer{ViewOf(made.row), std::nullopt};
        if (!made.link.empty()) answer.link = ShownOnce{made.link};
        return answer;
      });
  router.Add<Nothing, ListInvitationsQuery, Page<InvitationView>>(
      PermissionRoute(Method::kGet, "/api/v1/invitations", "listInvitations", "users.read",
                      "Invitations that nobody has accepted yet."),
      [&](Context& context, const Nothing&, const ListInvitationsQuery& query) -> Result<Page<InvitationView>> {
        const PageRequest page = PageOf(query);
        MIQ_ASSIGN(const auto rows, services.invitations.List(context.principal.tenant_id, page));
        return MakePage<InvitationView, InvitationRow>(rows, page.limit, ViewOf, CursorOf);
      });
  router.Add<Nothing, Nothing, Nothing>(
      PermissionRoute(Method::kDelete, "/api/v1/invitations/{invitation_id}", "revokeInvitation", "users.write",
                      "Revoke an invitation."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.invitations.Revoke(ActorOf(context), context.Path("invitation_id")));
        return Nothing{};
      });
  AddAccepting(router, services);
}

}  // namespace migrateiq::core
