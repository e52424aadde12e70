#pragma once

#include <atomic>

#include "platform/http/router.hpp"
#include "platform/queue/queue.hpp"
#include "platform/store/store.hpp"
#include "platform/telemetry/metrics.hpp"

namespace migrateiq::serve {

struct Health {
  std::atomic<bool> draining = false;
};

struct HealthParts {
  store::Store& store;
  queue::Queue& queue;
  telemetry::Metrics& metrics;
  Health& health;
};

/// /healthz (the process lives), /readyz (store and queue answer, and it is not stopping), /metrics.
void AddHealthRoutes(http::Router& router, HealthParts parts);

}  // namespace migrateiq::serve
