#pragma once

#include <algorithm>
#include <chrono>

namespace migrateiq::http::detail {

/// How fast a WebSocket client may talk: 50 messages a second, 200 at once.
class MessageRate {
 public:
  bool Take(std::chrono::steady_clock::time_point now) {
    const std::chrono::duration<double> passed = now - last_;
    tokens_ = std::min(kBurst, tokens_ + passed.count() * kPerSecond);
    last_ = now;
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }

 private:
  static constexpr double kPerSecond = 50, kBurst = 200;
  std::chrono::steady_clock::time_point last_{};
  double tokens_ = kBurst;
};

}  // namespace migrateiq::http::detail
