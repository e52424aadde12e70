#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/http/message.hpp"
#include "platform/http/router.hpp"
#include "platform/http/static_files.hpp"
#include "platform/http/websocket.hpp"
#include "platform/telemetry/metrics.hpp"

/// The gateway: what happens to a request before and after its handler, in this order: request id, trace, access log,
/// security headers, CORS, body limit and deadline, per-address rate limit, authentication, tenant, per-user rate
/// limit, authorisation, idempotency, handler, problem+json.
namespace migrateiq::http {

/// Finds out who asks. Implemented by modules/core.
class Authenticator {
 public:
  virtual ~Authenticator() = default;
  /// Nothing when the request carries no credentials. Errors: kApiUnauthenticated for bad, expired or revoked ones;
  /// kApiCsrf for a cookie without its token on a changing request.
  virtual Result<std::optional<Principal>> Authenticate(const Request& request) = 0;
  /// May this principal do that in that project (by a grant)? Tenant-wide permissions are in the principal already.
  virtual Result<bool> HasGrant(const Principal& principal, std::string_view permission,
                                const std::string& project_id) = 0;
};

/// Token buckets, in memory or in Redis. Thread-safe.
class RateLimiter {
 public:
  struct Limit {
    double per_second = 0;  ///< 0: unlimited
    double burst = 0;
  };
  struct Verdict {
    bool allowed = true;
    std::chrono::milliseconds retry_after{0};
    double remaining = 0;
  };
  virtual ~RateLimiter() = default;
  /// Takes one token of the bucket `key`. Fails closed only where `limit.per_second` is small (sign-in); else open.
  virtual Verdict Take(const std::string& key, const Limit& limit) = 0;
};
/// In this process. `now` replaces the clock in tests.
std::unique_ptr<RateLimiter> MakeMemoryRateLimiter(std::function<std::chrono::steady_clock::time_point()> now = {});

/// Remembers the answers of POSTs with an Idempotency-Key for a day. Implemented by modules/core over the store.
class IdempotencyStore {
 public:
  struct Saved {
    std::string fingerprint;  ///< of method, path and body
    int status = 0;           ///< 0: the first request is still at work
    std::string body, etag, location;
  };
  virtual ~IdempotencyStore() = default;
  /// Claims the key; the saved answer when it was used before.
  virtual Result<std::optional<Saved>> Begin(const Principal& principal, const std::string& key,
                                             const std::string& fingerprint) = 0;
  virtual Status Finish(const Principal& principal, const std::string& key, const Saved& answer) = 0;
  virtual Status Abandon(const Principal& principal, const std::string& key) = 0;
};

/// Told of every denied access and every changing request; implemented by modules/core's audit log.
class AccessAudit {
 public:
  virtual ~AccessAudit() = default;
  virtual void Denied(const Principal* principal, const Request& request, const Route* route, const Error& error) = 0;
};

struct GatewayOptions {
  std::vector<std::string> cors_origins;  ///< exact origins; none by default
  RateLimiter::Limit per_address{100, 400}, per_user{200, 800}, per_tenant{1000, 4000};
  std::string content_security_policy;       ///< empty: the built-in one
  bool hsts = true;                          ///< only sent over TLS
  std::shared_ptr<const StaticFiles> web{};  ///< the web app, for paths that no route has; shared with who made it
  telemetry::Metrics* metrics = nullptr;     ///< counts requests by route; must outlive the gateway
};

/// Runs one request through everything. Thread-safe; called on worker threads.
class Gateway {
 public:
  struct Parts {
    const Router& router;
    Authenticator& authenticator;
    RateLimiter& limiter;
    IdempotencyStore& idempotency;
    AccessAudit& audit;
  };
  Gateway(Parts parts, GatewayOptions options);
  ~Gateway();
  Response Handle(const Request& request);
  /// Limits for the server before it reads a body: the route's, or the default.
  size_t BodyLimit(Method method, const std::string& path) const;
  using Decide = std::function<Result<std::shared_ptr<WebSocketHandler>>(const Request&)>;
  /// For the server's `upgrade`: the per-address limit, the decision, and a line in the access log.
  Result<std::shared_ptr<WebSocketHandler>> Upgrade(const Request& request, const Decide& decide);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// problem+json (RFC 9457) of an error: type, title, status, detail, code, fix, instance, request_id, errors[].
/// `status`: HttpStatusOf(error) when 0. Of errors that are the server's own fault (5xx) only title and fix are told.
Response ProblemResponse(const Error& error, const std::string& request_id, const std::vector<FieldFault>& faults = {},
                         int status = 0);
/// The one place where codes become statuses.
int HttpStatusOf(const Error& error);

}  // namespace migrateiq::http
