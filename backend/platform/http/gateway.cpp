#include "platform/http/gateway.hpp"

#include <algorithm>
#include <exception>

#include "base/errors/api.hpp"
#include "platform/http/detail/access_log.hpp"
#include "platform/http/detail/exchange.hpp"
#include "platform/http/detail/idempotency.hpp"
#include "platform/http/detail/limits.hpp"
#include "platform/http/detail/response_rules.hpp"
#include "platform/http/detail/route_metrics.hpp"

namespace migrateiq::http {

using detail::Exchange;

namespace {

constexpr size_t kDefaultBodyLimit = 64 * 1024;

bool Holds(const Principal& principal, std::string_view permission) {
  return std::binary_search(principal.permissions.begin(), principal.permissions.end(), permission);
}

/// What a failed handler may still say to the client.
void KeepHeaders(const Response& from, Response& to) {
  for (const auto& [name, value] : from.headers.all()) {
    for (const std::string_view kept :
         {"set-cookie", "retry-after", "allow", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"}) {
      if (SameName(name, kept)) to.headers.Add(name, value);
    }
  }
}

std::vector<Method> WithOptions(std::vector<Method> methods) {
  const auto has = [&](Method method) { return std::find(methods.begin(), methods.end(), method) != methods.end(); };
  if (has(Method::kGet) && !has(Method::kHead)) methods.push_back(Method::kHead);
  methods.push_back(Method::kOptions);
  return methods;
}

}  // namespace

struct Gateway::Impl {
  Impl(Parts given, GatewayOptions chosen)
      : parts(given), options(std::move(chosen)), metrics(parts.router, options.metrics) {}

  Parts parts;
  GatewayOptions options;
  detail::RouteMetrics metrics;

  Status Run(Exchange& exchange);
  Status Dispatch(Exchange& exchange);
  Status Unrouted(Exchange& exchange, const std::vector<Method>& allowed);
  Status Identify(Exchange& exchange);
  Status Authorise(Exchange& exchange);
  Status RequirePermission(const Principal& principal, std::string_view permission, const std::string& project);
  Status CallHandler(Exchange& exchange);
  void RunGuarded(Exchange& exchange);
  void TurnIntoProblem(Exchange& exchange);
  void Finish(Exchange& exchange);
};

/// Who asks? Routes for everybody do not look.
Status Gateway::Impl::Identify(Exchange& exchange) {
  if (exchange.route->access == Access::kPublic) return {};
  auto principal = parts.authenticator.Authenticate(exchange.request);
  if (!principal) {
    parts.audit.Denied(nullptr, exchange.request, exchange.route, principal.error());
    return Fail(std::move(principal).error());
  }
  if (!*principal) return Fail(codes::kApiUnauthenticated, "the request carries no credentials");
  exchange.principal = std::move(**principal);
  return {};
}

Status Gateway::Impl::RequirePermission(const Principal& principal, std::string_view permission,
                                        const std::string& project) {
  if (Holds(principal, permission)) return {};
  if (!project.empty()) {
    MIQ_ASSIGN(const bool granted, parts.authenticator.HasGrant(principal, permission, project));
    if (granted) return {};
  }
  return Fail(codes::kApiForbidden, "this needs the permission `" + std::string(permission) + "`");
}

Status Gateway::Impl::Authorise(Exchange& exchange) {
  const Route& route = *exchange.route;
  if (route.access == Access::kPublic) return {};
  if (route.step_up && !exchange.principal->stepped_up) {
    return Fail(codes::kApiStepUp, "this needs a proof of identity of the last minutes");
  }
  if (route.access != Access::kPermission) return {};
  const auto project = exchange.path.find(route.project_parameter);
  return RequirePermission(*exchange.principal, route.permission,
                           project == exchange.path.end() ? "" : project->second);
}

Status Gateway::Impl::CallHandler(Exchange& exchange) {
  static const Principal nobody;
  const Principal& principal = exchange.principal ? *exchange.principal : nobody;
  Context context{.request = exchange.request,
                  .principal = principal,
                  .path = exchange.path,
                  .request_id = exchange.id,
                  .trace_id = exchange.trace.trace_id,
                  .deadline = exchange.begin + exchange.route->deadline,
                  .response = exchange.response};
  context.require = [&](std::string_view permission, const std::string& project) {
    return RequirePermission(principal, permission, project);
  };
  Status status = exchange.route->handler(context);
  exchange.faults = std::move(context.faults);
  return status;
}

/// A path that no route has, or not for this method.
Status Gateway::Impl::Unrouted(Exchange& exchange, const std::vector<Method>& allowed) {
  const Request& request = exchange.request;
  if (allowed.empty()) {
    auto file = options.web ? options.web->Find(request) : std::nullopt;
    if (!file) return Fail(codes::kApiNotFound, "there is nothing at this path");
    exchange.response = std::move(*file);
    return {};
  }
  exchange.response.headers.Set("Allow", detail::MethodList(WithOptions(allowed)));
  if (request.method != Method::kOptions)
    return Fail(codes::kApiMethod, "the path does not take " + std::string(MethodName(request.method)));
  exchange.response.status = 204;
  return {};
}

Status Gateway::Impl::Dispatch(Exchange& exchange) {
  Router::Match match = parts.router.Find(exchange.request.method, exchange.request.path);
  if (match.route == nullptr) return Unrouted(exchange, match.allowed);
  exchange.route = match.route;
  exchange.path = std::move(match.path);
  if (exchange.request.body.size() > match.route->body_limit) {
    return Fail(codes::kApiTooLarge, "the body has more than " + std::to_string(match.route->body_limit) + " bytes");
  }
  MIQ_TRY(Identify(exchange));
  if (exchange.principal) MIQ_TRY(detail::LimitPrincipal(exchange, options, parts.limiter));
  MIQ_TRY(Authorise(exchange));
  return detail::OncePerKey(exchange, parts.idempotency, [&] { return CallHandler(exchange); });
}

Status Gateway::Impl::Run(Exchange& exchange) {
  MIQ_TRY(detail::LimitAddress(exchange.request, options, parts.limiter, exchange.response));
  return Dispatch(exchange);
}

/// What a handler throws is for the log only.
void Gateway::Impl::RunGuarded(Exchange& exchange) {
  try {
    Status status = Run(exchange);
    if (!status) exchange.error = std::move(status).error();
  } catch (const std::exception& exception) {
    exchange.error = Error(codes::kApiInternal, exception.what());
  } catch (...) { exchange.error = Error(codes::kApiInternal, "something unknown was thrown"); }
}

void Gateway::Impl::TurnIntoProblem(Exchange& exchange) {
  const Error& error = *exchange.error;
  Response problem = ProblemResponse(error, exchange.id, exchange.faults);
  KeepHeaders(exchange.response, problem);
  exchange.response = std::move(problem);
  if (exchange.principal && (error.Is(codes::kApiForbidden) || error.Is(codes::kApiStepUp))) {
    parts.audit.Denied(&*exchange.principal, exchange.request, exchange.route, error);
  }
}

void Gateway::Impl::Finish(Exchange& exchange) {
  if (exchange.error) TurnIntoProblem(exchange);
  Response& response = exchange.response;
  detail::AnswerConditional(exchange.request, response);
  detail::AddSecurityHeaders(exchange.request, options, response);
  detail::AddCors(exchange.request, options.cors_origins, response);
  response.headers.Set("X-Request-Id", exchange.id);
  response.headers.Set("traceparent", exchange.trace.Text());
  detail::LogAccess(exchange);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - exchange.begin;
  metrics.Count(exchange.route, response.status, taken.count());
}

Gateway::Gateway(Parts parts, GatewayOptions options) : impl_(std::make_unique<Impl>(parts, std::move(options))) {}
Gateway::~Gateway() = default;

Response Gateway::Handle(const Request& request) {
  Exchange exchange(request);
  impl_->RunGuarded(exchange);
  impl_->Finish(exchange);
  return std::move(exchange.response);
}

size_t Gateway::BodyLimit(Method method, const std::string& path) const {
  const Router::Match match = impl_->parts.router.Find(method, path);
  return match.route != nullptr ? match.route->body_limit : kDefaultBodyLimit;
}

Result<std::shared_ptr<WebSocketHandler>> Gateway::Upgrade(const Request& request, const Decide& decide) {
  Exchange exchange(request);
  Status limited = detail::LimitAddress(request, impl_->options, impl_->parts.limiter, exchange.response);
  auto handler = limited ? decide(request) : std::unexpected(std::move(limited).error());
  exchange.response.status = handler ? 101 : HttpStatusOf(handler.error());
  if (!handler) exchange.error = handler.error();
  detail::LogAccess(exchange);
  return handler;
}

}  // namespace migrateiq::http
