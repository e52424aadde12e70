#include "apps/migrateiq/serve/health_api.hpp"

#include <boost/json.hpp>

#include "base/json_text.hpp"

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

/// Says what is missing, not why: the log has the details.
Status Ready(const HealthParts& parts, http::Context& context) {
  const Status store = parts.store.Ping(), queue = parts.queue.Ping();
  const bool draining = parts.health.draining;
  const bool ready = store && queue && !draining;
  context.response.status = ready ? 200 : 503;
  context.response.body =
      JsonText(json::object{{"ready", ready}, {"store", Word(store)}, {"queue", Word(queue)}, {"stopping", draining}});
  return {};
}

}  // namespace

void AddHealthRoutes(http::Router& router, HealthParts parts) {
  router.AddRaw(PublicPage("/healthz", "getHealth", "Whether the process is alive.", "application/json"),
                [](http::Context& context) -> Status {
                  context.response.body = R"({"alive":true})";
                  return {};
                });
  router.AddRaw(PublicPage("/readyz", "getReadiness", "Whether it can serve requests now.", "application/json"),
                [parts](http::Context& context) { return Ready(parts, context); });
  router.AddRaw(PublicPage("/metrics", "getMetrics", "Numbers for Prometheus.", "text/plain"),
                [parts](http::Context& context) -> Status {
                  context.response.content_type = "text/plain; version=0.0.4; charset=utf-8";
                  context.response.body = parts.metrics.Text();
                  return {};
                });
}

}  // namespace migrateiq::serve
