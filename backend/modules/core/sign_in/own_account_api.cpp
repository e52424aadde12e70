#include "modules/core/routes.hpp"

namespace migrateiq::core {

namespace {

using http::Context;
using http::Method;

struct MeView {
  std::string user_id, email, name, tenant_id;
  std::vector<std::string> roles, permissions;
  bool totp = false, stepped_up = false;
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(MeView, (), (user_id, email, name, tenant_id, roles, permissions, totp, stepped_up, version))

struct ChangeMe {
  std::optional<Text<1, 200>> name;
};
BOOST_DESCRIBE_STRUCT(ChangeMe, (), (name))

struct ChangePassword {
  Secret current_password, new_password;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (current_password, new_password))

struct TotpEnrolment {
  ShownOnce secret, uri;
};
BOOST_DESCRIBE_STRUCT(TotpEnrolment, (), (secret, uri))

struct ConfirmTotp {
  Text<6, 6> otp;
};
BOOST_DESCRIBE_STRUCT(ConfirmTotp, (), (otp))

struct RecoveryCodes {
  std::vector<ShownOnce> codes;
};
BOOST_DESCRIBE_STRUCT(RecoveryCodes, (), (codes))

struct SessionView {
  std::string session_id, address, agent;
  Moment created_at, used_at, expires_at;
  bool current = false;
};
BOOST_DESCRIBE_STRUCT(SessionView, (), (session_id, address, agent, created_at, used_at, expires_at, current))

Result<MeView> MeOf(CoreServices& services, const http::Principal& principal) {
  MIQ_ASSIGN(const UserRow user, services.users.Get(principal.tenant_id, principal.user_id));
  MIQ_ASSIGN(const bool totp, services.totp.IsEnrolled(principal.tenant_id, principal.user_id));
  return MeView{user.user_id, user.email,           user.name,   user.tenant_id, user.roles, principal.permissions,
                totp,         principal.stepped_up, user.version};
}

SessionView ViewOf(const SessionRow& row, const std::string& current) {
  return {row.session_id,           row.address, row.agent, {row.created_at}, {row.used_at}, {row.expires_at},
          row.session_id == current};
}

RecoveryCodes ShownCodes(Context& context, std::vector<std::string> codes) {
  context.response.headers.Set("Cache-Control", "no-store");
  RecoveryCodes shown;
  for (std::string& code : codes) shown.codes.push_back({std::move(code)});
  return shown;
}

http::Route OwnRoute(Method method, std::string path, std::string name, std::string summary, bool step_up) {
  http::Route route = SignedInRoute(method, "/api/v1/" + path, std::move(name), std::move(summary));
  route.step_up = step_up;
  route.idempotent_key = false;
  if (method == Method::kPost) route.success = 200;
  return route;
}

void AddMe(http::Router& router, CoreServices& services) {
  router.Add<Nothing, Nothing, MeView>(
      OwnRoute(Method::kGet, "me", "getMe", "Who you are and what you may do in your tenant.", false),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<MeView> {
        MIQ_ASSIGN(MeView view, MeOf(services, context.principal));
        return Versioned(context, std::move(view));
      });
  http::Route change = OwnRoute(Method::kPatch, "me", "changeMe", "Change your name.", false);
  change.conditional = true;
  router.Add<ChangeMe, Nothing, MeView>(
      std::move(change), [&](Context& context, const ChangeMe& body, const Nothing&) -> Result<MeView> {
        MIQ_ASSIGN(const MeView before, MeOf(services, context.principal));
        MIQ_TRY(services.users.ChangeOwn(ActorOf(context), body.name.value_or(before.name),
                                         [&](int64_t version) { return context.RequireMatch(version); }));
        MIQ_ASSIGN(MeView view, MeOf(services, context.principal));
        return Versioned(context, std::move(view));
      });
}

void AddPassword(http::Router& router, CoreServices& services) {
  http::Route route = OwnRoute(Method::kPost, "auth/password", "changePassword",
                               "Change your password; your other sessions end.", false);
  route.success = 204;
  router.Add<ChangePassword, Nothing, Nothing>(
      std::move(route), [&](Context& context, const ChangePassword& body, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(
            services.passwords.Change(ActorOf(context), body.current_password.Reveal(), body.new_password.Reveal()));
        return Nothing{};
      });
}

void AddTotp(http::Router& router, CoreServices& services) {
  router.Add<Nothing, Nothing, TotpEnrolment>(
      OwnRoute(Method::kPost, "auth/totp", "enrolTotp", "Begin to enrol an authenticator.", true),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<TotpEnrolment> {
        MIQ_ASSIGN(const UserRow user, services.users.Get(context.principal.tenant_id, context.principal.user_id));
        MIQ_ASSIGN(const Totp::Enrolment enrolment, services.totp.Begin(ActorOf(context), user.email));
        context.response.headers.Set("Cache-Control", "no-store");
        return TotpEnrolment{{enrolment.secret}, {enrolment.uri}};
      });
  router.Add<ConfirmTotp, Nothing, RecoveryCodes>(
      OwnRoute(Method::kPost, "auth/totp/confirm", "confirmTotp",
               "Finish the enrolment with a code; answers recovery codes.", true),
      [&](Context& context, const ConfirmTotp& body, const Nothing&) -> Result<RecoveryCodes> {
        MIQ_ASSIGN(auto codes, services.totp.Confirm(ActorOf(context), body.otp));
        return ShownCodes(context, std::move(codes));
      });
  router.Add<Nothing, Nothing, Nothing>(
      OwnRoute(Method::kDelete, "auth/totp", "removeTotp", "Remove your authenticator.", true),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.totp.Remove(ActorOf(context)));
        return Nothing{};
      });
  router.Add<Nothing, Nothing, RecoveryCodes>(
      OwnRoute(Method::kPost, "auth/recovery-codes", "makeRecoveryCodes",
               "Get new recovery codes; the old ones cease to work.", true),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<RecoveryCodes> {
        MIQ_ASSIGN(auto codes, services.totp.NewRecoveryCodes(ActorOf(context)));
        return ShownCodes(context, std::move(codes));
      });
}

void AddSessions(http::Router& router, CoreServices& services) {
  router.Add<Nothing, Nothing, Page<SessionView>>(
      http::Whole(OwnRoute(Method::kGet, "auth/sessions", "listSessions", "Your sessions.", false)),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Page<SessionView>> {
        MIQ_ASSIGN(const auto rows, services.sessions.List(context.principal.tenant_id, context.principal.user_id));
        Page<SessionView> page;
        for (const SessionRow& row : rows) page.items.push_back(ViewOf(row, context.principal.session_id));
        return page;
      });
  router.Add<Nothing, Nothing, Nothing>(
      OwnRoute(Method::kDelete, "auth/sessions/{session_id}", "endSession", "End one of your sessions.", false),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.sessions.End(ActorOf(context), context.Path("session_id")));
        return Nothing{};
      });
}

}  // namespace

void AddOwnAccountRoutes(http::Router& router, CoreServices& services) {
  AddMe(router, services);
  AddPassword(router, services);
  AddTotp(router, services);
  AddSessions(router, services);
}

}  // namespace migrateiq::core
