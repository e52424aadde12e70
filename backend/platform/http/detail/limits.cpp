#include "platform/http/detail/limits.hpp"

#include <algorithm>
#include <cmath>

#include "base/errors/api.hpp"
#include "platform/http/detail/forwarded.hpp"

namespace migrateiq::http::detail {
namespace {

std::string Whole(double value) { return std::to_string(static_cast<int64_t>(std::ceil(value))); }

/// The network of an IPv6 client, who has 2^64 addresses to choose from.
std::string AddressKey(const std::string& address) {
  const auto bytes = ParseAddress(address);
  return "address:" + (bytes ? AddressText(NetworkOf(*bytes)) : address);
}

Status Check(RateLimiter& limiter, const std::string& key, const RateLimiter::Limit& limit, bool told,
             Response& response) {
  if (limit.per_second <= 0) return {};
  const RateLimiter::Verdict verdict = limiter.Take(key, limit);
  if (told || !verdict.allowed) {
    response.headers.Set("RateLimit-Limit", Whole(limit.burst));
    response.headers.Set("RateLimit-Remaining", std::to_string(static_cast<int64_t>(verdict.remaining)));
    response.headers.Set("RateLimit-Reset", Whole((limit.burst - verdict.remaining) / limit.per_second));
  }
  if (verdict.allowed) return {};
  response.headers.Set("Retry-After", Whole(std::max(1.0, std::chrono::duration<double>(verdict.retry_after).count())));
  return Fail(codes::kApiRateLimit, "more requests than the limit allows");
}

}  // namespace

Status LimitAddress(const Request& request, const GatewayOptions& options, RateLimiter& limiter, Response& response) {
  return Check(limiter, AddressKey(request.address), options.per_address, false, response);
}

Status LimitPrincipal(Exchange& exchange, const GatewayOptions& options, RateLimiter& limiter) {
  const Principal& principal = *exchange.principal;
  MIQ_TRY(Check(limiter, "subject:" + principal.subject(), options.per_user, true, exchange.response));
  return Check(limiter, "tenant:" + principal.tenant_id, options.per_tenant, false, exchange.response);
}

}  // namespace migrateiq::http::detail
