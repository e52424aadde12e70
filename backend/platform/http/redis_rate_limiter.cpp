#include "platform/http/redis_rate_limiter.hpp"

#include <spdlog/spdlog.h>

#include "platform/queue/redis.hpp"

namespace migrateiq::http {

namespace {

/// KEYS[1]: the bucket, a hash of tokens and moment. ARGV: tokens a second, burst. By Redis's clock, so that all
/// processes agree. Answers {allowed, tokens left, milliseconds until one is there}, in thousandths.
constexpr const char* kTake = R"(
local rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local state = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(state[1]) or burst
tokens = math.min(burst, tokens + math.max(0, now - (tonumber(state[2]) or now)) * rate)
local allowed = 0
if tokens >= 1 then
  allowed = 1
  tokens = tokens - 1
end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate * 1000) + 1000)
return {allowed, math.floor(tokens * 1000), math.ceil(math.max(0, 1 - tokens) / rate * 1000)}
)";

/// A limit that guards sign-in rather than load.
bool IsGuard(const RateLimiter::Limit& limit) { return limit.per_second <= 1; }

class RedisRateLimiter : public RateLimiter {
 public:
  RedisRateLimiter(redis::Options options, std::string prefix)
      : prefix_(std::move(prefix)), client_(std::move(options)), fallback_(MakeMemoryRateLimiter()) {}

  Verdict Take(const std::string& key, const Limit& limit) override {
    if (limit.per_second <= 0) return {};
    const auto answer =
        client_.RunScript(prefix_ + ":rate:" + key, kTake,
                          {std::to_string(limit.per_second), std::to_string(std::max(1.0, limit.burst))});
    if (answer && answer->items.size() == 3) {
      return {.allowed = answer->items[0].integer == 1,
              .retry_after = std::chrono::milliseconds(answer->items[2].integer),
              .remaining = static_cast<double>(answer->items[1].integer) / 1000};
    }
    spdlog::warn("rate limits are counted in this process: {}",
                 answer ? "odd answer of Redis" : answer.error().ToString());
    if (IsGuard(limit)) return {.allowed = false, .retry_after = std::chrono::seconds(5), .remaining = 0};
    return fallback_->Take(key, limit);
  }

 private:
  const std::string prefix_;
  redis::Client client_;
  const std::unique_ptr<RateLimiter> fallback_;
};

}  // namespace

Result<std::unique_ptr<RateLimiter>> MakeRedisRateLimiter(const std::string& redis_url, const std::string& prefix) {
  MIQ_ASSIGN(redis::Options options, redis::ParseUrl(redis_url));
  return std::make_unique<RedisRateLimiter>(std::move(options), prefix);
}

}  // namespace migrateiq::http
