#pragma once

#include "pipeline/run/progress.hpp"

namespace migrateiq::orchestrator {

/// Observes nothing: previews and proposals have no progress.
class Unobserved : public RunObserver {
  void OnProgress(const Progress&) override {}
  void OnEvent(const std::string&, const std::string&) override {}
};

}  // namespace migrateiq::orchestrator
