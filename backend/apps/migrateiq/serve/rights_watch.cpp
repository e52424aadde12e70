#include "apps/migrateiq/serve/rights_watch.hpp"

#include <mutex>

namespace migrateiq::serve {

struct RightsWatch::Targets {
  std::mutex mutex;
  core::AccessCache* cache;
  http::Hub* hub;  ///< null: the watch is over
};

RightsWatch::RightsWatch(realtime::Bus& bus, core::AccessCache& cache, http::Hub& hub)
    : targets_(std::make_shared<Targets>()) {
  targets_->cache = &cache;
  targets_->hub = &hub;
  bus.Listen([targets = targets_](const realtime::Event& event) {
    const std::lock_guard lock(targets->mutex);
    if (targets->hub != nullptr && targets->cache->Hear(event)) targets->hub->Recheck();
  });
}

RightsWatch::~RightsWatch() {
  const std::lock_guard lock(targets_->mutex);
  targets_->hub = nullptr;
}

}  // namespace migrateiq::serve
