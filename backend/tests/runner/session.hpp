#pragma once

#include <string>

#include "tests/runner/scenario.hpp"

namespace migrateiq::runner {

struct Verdict {
  enum class Kind : uint8_t { kPassed, kFailed, kSkipped } kind = Kind::kPassed;
  std::string why;  ///< of failed and skipped; "file:line: ..."
};

struct SessionOptions {
  std::string binary;    ///< absolute path of migrateiq
  std::string folder;    ///< of this scenario alone; exists
  bool verbose = false;  ///< print what the binary says
};

/// Carries out one scenario from its first step to its last or to the first that fails. Thread-safe.
Verdict RunScenario(const Scenario& scenario, const SessionOptions& options);

}  // namespace migrateiq::runner
