#pragma once

#include "platform/http/detail/exchange.hpp"
#include "platform/http/gateway.hpp"

namespace migrateiq::http::detail {

/// Takes a token of the address (of the /64 network for IPv6). Errors: kApiRateLimit, with Retry-After set.
Status LimitAddress(const Request& request, const GatewayOptions& options, RateLimiter& limiter, Response& response);
/// The same of the user or key and of the tenant; tells by RateLimit-Limit, -Remaining and -Reset what is left.
Status LimitPrincipal(Exchange& exchange, const GatewayOptions& options, RateLimiter& limiter);

}  // namespace migrateiq::http::detail
