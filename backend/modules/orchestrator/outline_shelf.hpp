#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/error.hpp"
#include "pipeline/run/outline.hpp"

namespace migrateiq::orchestrator {

/// Outlines of plans, kept for a minute: a page that asks again does not make the systems read their catalogs again.
/// Thread-safe.
class OutlineShelf {
 public:
  using Outline = std::shared_ptr<const PlanOutline>;  // shared with answers that are being made of it
  /// What is there and not old, else what `make` yields.
  Result<Outline> Get(const std::string& key, const std::function<Result<PlanOutline>()>& make);
  void Forget(const std::string& key);

 private:
  struct Kept {
    Outline outline;
    std::chrono::steady_clock::time_point until;
  };
  std::mutex mutex_;
  std::map<std::string, Kept> kept_;
};

}  // namespace migrateiq::orchestrator
