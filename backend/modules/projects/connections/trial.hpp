#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/connector/connector.hpp"

namespace migrateiq::projects {

/// What a try of a connection found.
struct Trial {
  std::optional<Error> error;  ///< why it does not work
  int64_t milliseconds = 0, tables = 0;
  std::vector<DoctorFinding> findings;

  bool ok() const { return !error; }
};

/// Opens the system and reads its catalog (or, where nothing can be read, opens it for writing), then asks for
/// doctor's advice. Ends soon after the deadline; nothing it says holds a secret of the URL.
Trial TryConnection(const Url& url, std::chrono::milliseconds deadline);

}  // namespace migrateiq::projects
