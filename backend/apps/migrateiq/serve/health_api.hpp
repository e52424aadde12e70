#pragma once

#include <atomic>
#include <string>

#include "platform/http/gateway.hpp"
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
  http::Authenticator& authenticator;
  std::string metrics_token;  ///< empty: none
};

/// Lets /metrics tell how deep the queue of tasks is and how busy the store's pool. Both must live as long as somebody
/// asks for the metrics.
void ReportParts(store::Store& store, queue::Queue& queue, telemetry::Metrics& metrics);

/// /healthz (the process lives), /readyz (store and queue answer, and it is not stopping), /metrics.
///
/// The metrics are of all tenants: they are for programs on this machine itself, who sends the token, and those of the
/// first tenant who may see the monitor.
void AddHealthRoutes(http::Router& router, HealthParts parts);

}  // namespace migrateiq::serve
