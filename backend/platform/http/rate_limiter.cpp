#include <algorithm>
#include <array>
#include <mutex>
#include <unordered_map>

#include "platform/http/gateway.hpp"

namespace migrateiq::http {
namespace {

using std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;
using Now = std::function<steady_clock::time_point()>;

struct Bucket {
  double tokens = 0;
  steady_clock::time_point at;
  RateLimiter::Limit limit;

  double TokensAt(steady_clock::time_point now) const {
    return std::min(Capacity(), tokens + Seconds(now - at).count() * limit.per_second);
  }
  void Refill(steady_clock::time_point now) {
    tokens = TokensAt(now);
    at = now;
  }
  double Capacity() const { return std::max(1.0, limit.burst); }
};

/// Some of the keys, under one lock. A bucket that is full again is as good as none: those are swept away now and then.
class Shard {
 public:
  RateLimiter::Verdict Take(const std::string& key, const RateLimiter::Limit& limit, steady_clock::time_point now) {
    const std::lock_guard lock(mutex_);
    if (buckets_.size() >= sweep_at_) Sweep(now);
    Bucket& bucket = buckets_.try_emplace(key, Bucket{std::max(1.0, limit.burst), now, limit}).first->second;
    bucket.limit = limit;
    bucket.Refill(now);
    if (bucket.tokens < 1) {
      const Seconds wait((1 - bucket.tokens) / limit.per_second);
      return {false, std::chrono::ceil<std::chrono::milliseconds>(wait), 0};
    }
    bucket.tokens -= 1;
    return {true, {}, bucket.tokens};
  }

 private:
  void Sweep(steady_clock::time_point now) {
    std::erase_if(buckets_, [now](const auto& entry) { return entry.second.TokensAt(now) >= entry.second.Capacity(); });
    // A flood of new keys that all wait: some are forgotten, for memory has an end.
    while (buckets_.size() > kMost) buckets_.erase(buckets_.begin());
    sweep_at_ = std::max(kFew, buckets_.size() * 2);
  }

  static constexpr size_t kFew = 256, kMost = 8192;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
  size_t sweep_at_ = kFew;
};

class MemoryRateLimiter : public RateLimiter {
 public:
  explicit MemoryRateLimiter(Now now) : now_(std::move(now)) {}

  Verdict Take(const std::string& key, const Limit& limit) override {
    if (limit.per_second <= 0) return {true, {}, limit.burst};
    return shards_[std::hash<std::string>()(key) % shards_.size()].Take(key, limit, now_());
  }

 private:
  Now now_;
  std::array<Shard, 16> shards_;
};

}  // namespace

std::unique_ptr<RateLimiter> MakeMemoryRateLimiter(Now now) {
  return std::make_unique<MemoryRateLimiter>(now ? std::move(now) : Now(&steady_clock::now));
}

}  // namespace migrateiq::http
