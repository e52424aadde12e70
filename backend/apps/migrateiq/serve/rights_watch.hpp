#pragma once

#include <memory>

#include "modules/core/epoch.hpp"
#include "platform/http/hub.hpp"
#include "platform/realtime/bus.hpp"

namespace migrateiq::serve {

/// While it lives: when rights change or a session ends, in whatever process, what this one remembers of the tenant's
/// rights is forgotten, and its WebSockets are looked at again at once.
class RightsWatch {
 public:
  RightsWatch(realtime::Bus& bus, core::AccessCache& cache, http::Hub& hub);
  ~RightsWatch();
  RightsWatch(const RightsWatch&) = delete;
  RightsWatch& operator=(const RightsWatch&) = delete;

 private:
  struct Targets;
  std::shared_ptr<Targets> targets_;  ///< shared with the bus, which keeps its listeners for ever
};

}  // namespace migrateiq::serve
