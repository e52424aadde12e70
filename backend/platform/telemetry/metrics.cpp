#include "platform/telemetry/metrics.hpp"

#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <mutex>

namespace migrateiq::telemetry {
namespace {

double ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  double total = 0;
  double resident = 0;
  file >> total >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double EntriesOf(const char* folder) {
  std::error_code error;
  double count = 0;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) ++count;
  return count;
}

}  // namespace

struct Metrics::Impl {
  prometheus::Registry registry;
  std::mutex mutex;  ///< of `refreshers`
  std::vector<std::function<void()>> refreshers;
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {
  Gauge& memory = AddGauge("process_resident_memory_bytes", "Resident memory of the process");
  Counter& cpu = AddCounter("process_cpu_seconds_total", "CPU time used, user and system");
  Gauge& files = AddGauge("process_open_fds", "Open file descriptors");
  Gauge& threads = AddGauge("process_threads", "Threads");
  OnCollect([&memory, &cpu, &files, &threads] {
    memory.Set(ResidentBytes());
    cpu.Increment(CpuSeconds() - cpu.Value());
    files.Set(EntriesOf("/proc/self/fd"));
    threads.Set(EntriesOf("/proc/self/task"));
  });
}

Metrics::~Metrics() = default;

Counter& Metrics::AddCounter(const std::string& name, const std::string& help, const Labels& labels) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(impl_->registry).Add(labels);
}

Gauge& Metrics::AddGauge(const std::string& name, const std::string& help, const Labels& labels) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(impl_->registry).Add(labels);
}

Histogram& Metrics::AddHistogram(const std::string& name, const std::string& help, const std::vector<double>& bounds,
                                 const Labels& labels) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(impl_->registry).Add(labels, bounds);
}

void Metrics::OnCollect(std::function<void()> refresh) {
  const std::lock_guard lock(impl_->mutex);
  impl_->refreshers.push_back(std::move(refresh));
}

std::string Metrics::Text() const {
  {
    const std::lock_guard lock(impl_->mutex);
    for (const auto& refresh : impl_->refreshers) refresh();
  }
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

std::vector<double> LatencyBounds() { return {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}; }

}  // namespace migrateiq::telemetry
