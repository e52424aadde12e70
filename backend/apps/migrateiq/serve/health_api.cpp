#include "apps/migrateiq/serve/health_api.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/encoding.hpp"
#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "modules/core/sign_in/system_tenant.hpp"
#include "platform/settings/settings.hpp"

namespace migrateiq::serve {

namespace {

namespace json = boost::json;

http::Route PublicPage(const char* path, const char* name, const char* summary, const char* type) {
  return {.method = http::Method::kGet,
          .path = path,
          .name = name,
          .tag = "health",
          .summary = summary,
          .access = http::Access::kPublic,
          .raw_type = type};
}

const char* Word(const Status& status) { return status ? "ok" : "down"; }

/// Says what is missing and no more: the log has the details.
Status Ready(const HealthParts& parts, http::Context& context) {
  const Status store = parts.store.Ping(), queue = parts.queue.Ping();
  const bool draining = parts.health.draining;
  json::array reasons;
  if (!store) reasons.emplace_back("the store does not answer");
  if (!queue) reasons.emplace_back("Redis, which carries tasks and events, does not answer");
  if (draining) reasons.emplace_back("the server is stopping");
  const bool ready = reasons.empty();
  context.response.status = ready ? 200 : 503;
  context.response.body = JsonText(json::object{{"ready", ready},
                                                {"store", Word(store)},
                                                {"queue", Word(queue)},
                                                {"stopping", draining},
                                                {"reasons", std::move(reasons)}});
  return {};
}

constexpr const char* kMonitorPermission = "monitor.read";

/// A request that a proxy passed on, trusted or not, is not from here.
bool IsFromHere(const http::Request& request) {
  for (const char* mark : {"X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"}) {
    if (request.headers.Get(mark)) return false;
  }
  return IsLoopback(request.address);
}

bool HasToken(const http::Request& request, const std::string& token) {
  const auto sent = request.headers.Get("Authorization");
  return !token.empty() && sent && EqualInConstantTime(*sent, "Bearer " + token);
}

Status MayReadMetrics(const HealthParts& parts, const http::Request& request) {
  if (IsFromHere(request) || HasToken(request, parts.metrics_token)) return {};
  MIQ_ASSIGN(const auto principal, parts.authenticator.Authenticate(request));
  if (!principal)
    return Fail(Error(codes::kApiUnauthenticated, "from other machines the metrics need a token")
                    .Fix("Send the setting metrics.token, or an API key with monitor.read, as bearer token."));
  const bool may = std::ranges::binary_search(principal->permissions, kMonitorPermission);
  if (may && principal->tenant_id == core::kDefaultTenant) return {};
  return Fail(codes::kApiForbidden, "the metrics are for users of the first tenant with monitor.read");
}

}  // namespace

void ReportParts(store::Store& store, queue::Queue& queue, telemetry::Metrics& metrics) {
  telemetry::Gauge& most = metrics.AddGauge("miq_store_connections_most", "Connections the store's pool may have");
  telemetry::Gauge& open = metrics.AddGauge("miq_store_connections_open", "Open connections of the store's pool");
  telemetry::Gauge& lent = metrics.AddGauge("miq_store_connections_lent", "Connections of the store's pool at work");
  telemetry::Gauge& waiting = metrics.AddGauge("miq_store_waiting", "Who waits for a connection of the store's pool");
  metrics.OnCollect([&store, &most, &open, &lent, &waiting] {
    const store::Store::Pool pool = store.pool();
    most.Set(pool.most);
    open.Set(pool.open);
    lent.Set(pool.lent);
    waiting.Set(pool.waiting);
  });
  metrics.OnCollect([&queue, &metrics] {
    const auto queues = queue.Inspect();
    if (!queues) return;
    for (const queue::Queue::Numbers& numbers : *queues) {
      const auto tell = [&](const char* state, int64_t count) {
        metrics.AddGauge("miq_queue_messages", "Tasks by queue and state", {{"queue", numbers.name}, {"state", state}})
            .Set(static_cast<double>(count));
      };
      tell("waiting", numbers.waiting);
      tell("delivered", numbers.delivered);
      tell("dead", numbers.dead);
    }
  });
}

void AddHealthRoutes(http::Router& router, HealthParts parts) {
  router.AddRaw(PublicPage("/healthz", "getHealth", "Whether the process is alive.", "application/json"),
                [](http::Context& context) -> Status {
                  context.response.body = R"({"alive":true})";
                  return {};
                });
  router.AddRaw(PublicPage("/readyz", "getReadiness", "Whether it can serve requests now.", "application/json"),
                [parts](http::Context& context) { return Ready(parts, context); });
  router.AddRaw(
      PublicPage("/metrics", "getMetrics", "Numbers for Prometheus: for this machine, or with a token.", "text/plain"),
      [parts](http::Context& context) -> Status {
        MIQ_TRY(MayReadMetrics(parts, context.request));
        context.response.content_type = "text/plain; version=0.0.4; charset=utf-8";
        context.response.body = parts.metrics.Text();
        return {};
      });
}

}  // namespace migrateiq::serve
