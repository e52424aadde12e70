#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace migrateiq::telemetry {

using Counter = prometheus::Counter;
using Gauge = prometheus::Gauge;
using Histogram = prometheus::Histogram;
using Labels = std::map<std::string, std::string>;

/// What GET /metrics tells, for Prometheus. Modules ask for their numbers once and keep the reference, which lives as
/// long as this; counting is then cheap and thread-safe. Asking again for the same name and labels gives the same
/// number. Labels come from small closed sets (routes, states), never from ids or addresses: each is a time series.
///
///   Counter& copied = metrics.AddCounter("miq_rows_copied_total", "Rows written to targets", {{"connector", name}});
///   copied.Increment(rows);
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  Counter& AddCounter(const std::string& name, const std::string& help, const Labels& labels = {});
  Gauge& AddGauge(const std::string& name, const std::string& help, const Labels& labels = {});
  /// `bounds`: the upper ends of the buckets, ascending; seconds for durations.
  Histogram& AddHistogram(const std::string& name, const std::string& help, const std::vector<double>& bounds,
                          const Labels& labels = {});
  /// Called before each Text: to set gauges whose values are kept elsewhere. Must be quick.
  void OnCollect(std::function<void()> refresh);

  /// The text format 0.0.4 of Prometheus; with the process's own memory, CPU time, threads and open files.
  std::string Text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// For durations of requests and calls: 1 ms to 10 s.
std::vector<double> LatencyBounds();

}  // namespace migrateiq::telemetry
