#pragma once

#include <string>

namespace migrateiq {

/// One line of a run's history.
struct RunEvent {
  std::string at, level, text;
  std::string task_id = {};  ///< of the server's task that told of it; empty: none did
};

}  // namespace migrateiq
