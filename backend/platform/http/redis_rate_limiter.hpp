#pragma once

#include <memory>
#include <string>

#include "platform/http/gateway.hpp"

namespace migrateiq::http {

/// Token buckets in Redis, one count for all processes. While Redis does not answer, small limits (up to 1 a second, as
/// for sign-in) refuse, others are counted in this process. Errors: kSettingValue for a bad URL.
Result<std::unique_ptr<RateLimiter>> MakeRedisRateLimiter(const std::string& redis_url, const std::string& prefix);

}  // namespace migrateiq::http
