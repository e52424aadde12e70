#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <unordered_map>

#include "platform/http/router.hpp"
#include "platform/telemetry/metrics.hpp"

namespace migrateiq::http::detail {

/// Requests by route and class of status, and how long they took. Thread-safe.
class RouteMetrics {
 public:
  /// `metrics` may be null: nothing is counted then.
  RouteMetrics(const Router& router, telemetry::Metrics* metrics);
  void Count(const Route* route, int status, double seconds);

 private:
  /// Made when the first request comes, so that routes nobody uses cost no time series.
  struct Series {
    std::string name;
    std::array<std::atomic<telemetry::Counter*>, 6> requests{};
    std::atomic<telemetry::Histogram*> seconds = nullptr;
  };
  telemetry::Metrics* metrics_;
  std::unordered_map<const Route*, std::unique_ptr<Series>> series_;
};

}  // namespace migrateiq::http::detail
