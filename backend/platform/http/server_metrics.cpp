#include "platform/http/server.hpp"

namespace migrateiq::http {

void ReportServer(const Server& server, telemetry::Metrics& metrics) {
  telemetry::Gauge& connections = metrics.AddGauge("miq_http_connections", "Open connections, without WebSockets");
  telemetry::Gauge& websockets = metrics.AddGauge("miq_http_websockets", "Open WebSockets");
  telemetry::Gauge& at_work =
      metrics.AddGauge("miq_http_requests_at_work", "Requests that wait for a worker thread or have one");
  telemetry::Counter& refused =
      metrics.AddCounter("miq_http_refused_total", "Requests and connections refused before the gateway saw them");
  telemetry::Gauge& waiting =
      metrics.AddGauge("miq_http_requests_waiting", "Requests that wait for a worker thread: the queue's depth");
  metrics.OnCollect([&server, &connections, &websockets, &at_work, &waiting, &refused] {
    const Server::Numbers numbers = server.numbers();
    connections.Set(static_cast<double>(numbers.connections));
    websockets.Set(static_cast<double>(numbers.websockets));
    at_work.Set(static_cast<double>(numbers.requests_at_work));
    waiting.Set(static_cast<double>(numbers.waiting));
    refused.Increment(static_cast<double>(numbers.refused) - refused.Value());
  });
}

}  // namespace migrateiq::http
