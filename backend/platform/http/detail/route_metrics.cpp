#include "platform/http/detail/route_metrics.hpp"

#include <algorithm>

namespace migrateiq::http::detail {

RouteMetrics::RouteMetrics(const Router& router, telemetry::Metrics* metrics) : metrics_(metrics) {
  const auto add = [this](const Route* route, const std::string& name) {
    series_[route] = std::make_unique<Series>();
    series_[route]->name = name;
  };
  add(nullptr, "other");
  for (const auto& route : router.routes()) add(route.get(), route->name);
}

void RouteMetrics::Count(const Route* route, int status, double seconds) {
  const auto found = series_.find(route);
  if (metrics_ == nullptr || found == series_.end()) return;
  Series& series = *found->second;
  const auto kind = static_cast<size_t>(std::clamp(status / 100, 0, 5));
  telemetry::Counter* requests = series.requests.at(kind);
  if (requests == nullptr) {
    requests = &metrics_->AddCounter("miq_http_requests_total", "Requests by route and class of status",
                                     {{"route", series.name}, {"status", std::to_string(kind) + "xx"}});
    series.requests.at(kind) = requests;
  }
  telemetry::Histogram* durations = series.seconds;
  if (durations == nullptr) {
    durations = &metrics_->AddHistogram("miq_http_request_seconds", "Time from the whole request to its answer",
                                        telemetry::LatencyBounds(), {{"route", series.name}});
    series.seconds = durations;
  }
  requests->Increment();
  durations->Observe(seconds);
}

}  // namespace migrateiq::http::detail
