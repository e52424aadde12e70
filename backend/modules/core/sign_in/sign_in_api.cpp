#include <fmt/format.h>

#include <boost/json/serialize.hpp>

#include "base/errors/api.hpp"
#include "modules/core/routes.hpp"

namespace migrateiq::core {

namespace {

using http::Context;
using http::Method;

constexpr const char* kSecureCookie = "__Host-miq_refresh";
constexpr const char* kPlainCookie = "miq_refresh";

struct LogIn {
  Email email;
  Secret password;
  std::optional<Text<6, 24>> otp;
};
BOOST_DESCRIBE_STRUCT(LogIn, (), (email, password, otp))

struct SessionTokens {
  ShownOnce access_token;
  std::string token_type = "Bearer";
  int64_t expires_in = 0;
  std::optional<ShownOnce> refresh_token, csrf_token;
};
BOOST_DESCRIBE_STRUCT(SessionTokens, (), (access_token, token_type, expires_in, refresh_token, csrf_token))

struct CsrfToken {
  std::optional<ShownOnce> csrf_token;  ///< absent: nobody is signed in
};
BOOST_DESCRIBE_STRUCT(CsrfToken, (), (csrf_token))

struct RefreshTokens {
  std::optional<Secret> refresh_token;
};
BOOST_DESCRIBE_STRUCT(RefreshTokens, (), (refresh_token))

struct SetUpOwner {
  Secret token;
  Email email;
  Text<1, 200> name;
  Secret password;
  std::optional<Text<1, 200>> tenant_name;
};
BOOST_DESCRIBE_STRUCT(SetUpOwner, (), (token, email, name, password, tenant_name))

struct StepUp {
  std::optional<Secret> password;
  std::optional<Text<6, 24>> otp;
};
BOOST_DESCRIBE_STRUCT(StepUp, (), (password, otp))

struct ForgotPassword {
  Email email;
};
BOOST_DESCRIBE_STRUCT(ForgotPassword, (), (email))

struct ResetPassword {
  Secret token, password;
};
BOOST_DESCRIBE_STRUCT(ResetPassword, (), (token, password))

struct WebSocketTicket {
  ShownOnce ticket;
  int64_t expires_in = 30;
};
BOOST_DESCRIBE_STRUCT(WebSocketTicket, (), (ticket, expires_in))

bool IsBrowser(const Context& context) { return context.request.headers.Get("X-Client") == "web"; }

bool IsLoopbackAddress(const std::string& address) { return address == "::1" || address.starts_with("127."); }

ClientInfo ClientOf(const Context& context) {
  ClientInfo client{context.request.address, std::string(context.request.headers.Get("User-Agent").value_or("")),
                    context.request_id};
  client.browser = IsBrowser(context);
  return client;
}

/// Cookies that sign in go over TLS only; on the machine itself there is nobody between.
Status CheckCookieMayGo(const Context& context) {
  if (!IsBrowser(context) || context.request.secure || IsLoopbackAddress(context.request.address)) return {};
  return Fail(Error(codes::kApiState, "the web app signs in over HTTPS only")
                  .Fix("Set tls.certificate and tls.key, or server.trusted_proxies for a proxy that speaks HTTPS."));
}

std::string CookieText(const Context& context, const std::string& value, int64_t seconds) {
  const bool secure = context.request.secure;
  return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}", secure ? kSecureCookie : kPlainCookie,
                     value, seconds, secure ? "; Secure" : "");
}

std::optional<std::string> CookieOf(const Context& context) {
  return context.request.Cookie(context.request.secure ? kSecureCookie : kPlainCookie);
}

SessionTokens AnswerOf(Context& context, const TokenSet& set, const CoreOptions& options) {
  SessionTokens tokens{{set.access_token}, "Bearer", set.expires_in};
  context.response.headers.Set("Cache-Control", "no-store");
  if (set.browser) {
    context.response.headers.Add("Set-Cookie", CookieText(context, set.refresh_token, options.session_life / kSecond));
    tokens.csrf_token = ShownOnce{set.csrf_token};
  } else {
    tokens.refresh_token = ShownOnce{set.refresh_token};
  }
  return tokens;
}

http::Route SignInRoute(std::string path, std::string name, std::string summary) {
  http::Route route = PublicRoute(Method::kPost, "/api/v1/auth/" + path, std::move(name), std::move(summary));
  route.idempotent_key = false;
  route.success = 200;
  return route;
}

void AddLogin(http::Router& router, CoreServices& services) {
  router.Add<LogIn, Nothing, SessionTokens>(
      SignInRoute("login", "logIn", "Sign in with e-mail, password and, where there is one, the second factor."),
      [&](Context& context, const LogIn& body, const Nothing&) -> Result<SessionTokens> {
        MIQ_TRY(CheckCookieMayGo(context));
        SignIn::Credentials credentials{body.email, body.password.Reveal()};
        if (body.otp) credentials.code = *body.otp;
        MIQ_ASSIGN(const TokenSet set, services.sign_in.Login(credentials, ClientOf(context)));
        return AnswerOf(context, set, services.options);
      });
}

void AddRefresh(http::Router& router, CoreServices& services) {
  router.Add<RefreshTokens, Nothing, SessionTokens>(
      SignInRoute("refresh", "refreshTokens", "Get a new access token; the refresh token is replaced too."),
      [&](Context& context, const RefreshTokens& body, const Nothing&) -> Result<SessionTokens> {
        const auto cookie = CookieOf(context);
        if (!body.refresh_token && !cookie) return Fail(codes::kApiUnauthenticated, "there is no refresh token");
        std::optional<std::string> csrf_token;
        if (!body.refresh_token) csrf_token = context.request.headers.Get("X-CSRF-Token").value_or("");
        const std::string& token = body.refresh_token ? body.refresh_token->Reveal() : *cookie;
        MIQ_ASSIGN(const TokenSet set, services.sessions.Refresh(token, csrf_token, ClientOf(context)));
        return AnswerOf(context, set, services.options);
      });
}

/// Only our own pages get it: another origin's script cannot send the header without being asked about it first, and
/// browsers say where a request comes from.
Status CheckSameOrigin(const Context& context) {
  const auto site = context.request.headers.Get("Sec-Fetch-Site"), origin = context.request.headers.Get("Origin");
  const bool own_site = !site || *site == "same-origin";
  const bool own_origin =
      !origin || *origin == (context.request.secure ? "https://" : "http://") + context.request.host;
  if (IsBrowser(context) && own_site && own_origin) return {};
  return Fail(Error(codes::kApiCsrf, "the CSRF token is for the web app's own pages")
                  .Fix("Programs send the refresh token in the body of auth/refresh; they need no such token."));
}

void AddCsrf(http::Router& router, CoreServices& services) {
  router.Add<Nothing, Nothing, CsrfToken>(
      PublicRoute(Method::kGet, "/api/v1/auth/csrf", "getCsrfToken",
                  "A fresh CSRF token for the session of the browser's cookie; the web app asks after a reload."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<CsrfToken> {
        MIQ_TRY(CheckSameOrigin(context));
        context.response.headers.Set("Cache-Control", "no-store");
        const auto cookie = CookieOf(context);
        if (!cookie) return CsrfToken{};
        MIQ_ASSIGN(auto token, services.sessions.CsrfToken(*cookie));
        return token ? CsrfToken{ShownOnce{std::move(*token)}} : CsrfToken{};
      });
}

void AddSetup(http::Router& router, CoreServices& services) {
  router.Add<SetUpOwner, Nothing, SessionTokens>(
      SignInRoute("setup", "setUpOwner",
                  "Make the first tenant and its owner with the one-time token of the first start."),
      [&](Context& context, const SetUpOwner& body, const Nothing&) -> Result<SessionTokens> {
        MIQ_TRY(CheckCookieMayGo(context));
        const Setup::Owner owner{body.email, body.name, body.password.Reveal(), body.tenant_name.value_or("Default")};
        MIQ_ASSIGN(const TokenSet set, services.setup.Run(body.token.Reveal(), owner, ClientOf(context)));
        return AnswerOf(context, set, services.options);
      });
}

void AddPasswordReset(http::Router& router, CoreServices& services) {
  http::Route forgot = SignInRoute("password/forgot", "forgotPassword",
                                   "Ask for a link to a new password; the answer is the same for every address.");
  forgot.success = 204;
  router.Add<ForgotPassword, Nothing, Nothing>(
      std::move(forgot), [&](Context& context, const ForgotPassword& body, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.guard.Check("forgot " + body.email, context.request.address));
        MIQ_TRY(services.guard.Failed("forgot " + body.email, context.request.address));
        MIQ_TRY(services.passwords.Forgot(body.email, ClientOf(context)));
        return Nothing{};
      });
  http::Route reset = SignInRoute("password/reset", "resetPassword", "Set a new password with the token of the link.");
  reset.success = 204;
  router.Add<ResetPassword, Nothing, Nothing>(
      std::move(reset), [&](Context& context, const ResetPassword& body, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.passwords.Reset(body.token.Reveal(), body.password.Reveal(), ClientOf(context)));
        return Nothing{};
      });
}

void AddLogout(http::Router& router, CoreServices& services) {
  http::Route route = SignedInRoute(Method::kPost, "/api/v1/auth/logout", "logOut", "End this session.");
  route.idempotent_key = false;
  router.Add<Nothing, Nothing, Nothing>(
      std::move(route), [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.sessions.End(ActorOf(context), context.principal.session_id));
        if (CookieOf(context)) context.response.headers.Add("Set-Cookie", CookieText(context, "", 0));
        return Nothing{};
      });
}

void AddStepUp(http::Router& router, CoreServices& services) {
  http::Route route = SignedInRoute(Method::kPost, "/api/v1/auth/step-up", "stepUp",
                                    "Prove again who you are, for what needs a recent proof.");
  route.idempotent_key = false;
  router.Add<StepUp, Nothing, Nothing>(std::move(route),
                                       [&](Context& context, const StepUp& body, const Nothing&) -> Result<Nothing> {
                                         std::optional<std::string> password, code;
                                         if (body.password) password = body.password->Reveal();
                                         if (body.otp) code = *body.otp;
                                         MIQ_TRY(services.sign_in.StepUp(ActorOf(context), password, code));
                                         return Nothing{};
                                       });
}

void AddTicket(http::Router& router, CoreServices& services) {
  http::Route route = SignedInRoute(Method::kPost, "/api/v1/auth/ws-ticket", "makeWebSocketTicket",
                                    "Get a ticket that opens one WebSocket within 30 seconds.");
  route.idempotent_key = false;
  router.Add<Nothing, Nothing, WebSocketTicket>(
      std::move(route), [&](Context& context, const Nothing&, const Nothing&) -> Result<WebSocketTicket> {
        MIQ_ASSIGN(std::string ticket, services.tickets.Make(ActorOf(context)));
        context.response.headers.Set("Cache-Control", "no-store");
        return WebSocketTicket{{std::move(ticket)}};
      });
}

void AddJwks(http::Router& router, CoreServices& services) {
  router.AddRaw(http::Answering(PublicRoute(Method::kGet, "/.well-known/jwks.json", "getJwks",
                                            "The public keys that access tokens are signed with."),
                                "application/json"),
                [&](Context& context) -> Status {
                  MIQ_ASSIGN(const boost::json::value keys, services.signing_keys.Jwks());
                  context.response.headers.Set("Cache-Control", "public, max-age=300");
                  context.response.body = boost::json::serialize(keys);
                  return {};
                });
}

}  // namespace

void AddSignInRoutes(http::Router& router, CoreServices& services) {
  AddSetup(router, services);
  AddLogin(router, services);
  AddRefresh(router, services);
  AddCsrf(router, services);
  AddLogout(router, services);
  AddStepUp(router, services);
  AddPasswordReset(router, services);
  AddTicket(router, services);
  AddJwks(router, services);
}

}  // namespace migrateiq::core
