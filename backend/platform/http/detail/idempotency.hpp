#pragma once

#include <functional>

#include "platform/http/detail/exchange.hpp"
#include "platform/http/gateway.hpp"

namespace migrateiq::http::detail {

/// Runs `handle` at most once for each Idempotency-Key: the same request with the same key gets the first one's answer
/// again (with Idempotency-Replayed: true). Only successes are kept; after a failure the key is free again. Requests
/// without a key, or that take none, are run as they are. Errors: kApiField for a key that is not 1 to 255 visible
/// characters, kApiIdempotency when the key was used for another request, kApiConflict while the first is at work.
Status OncePerKey(Exchange& exchange, IdempotencyStore& store, const std::function<Status()>& handle);

}  // namespace migrateiq::http::detail
