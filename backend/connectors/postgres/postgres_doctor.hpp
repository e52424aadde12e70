#pragma once

#include <vector>

#include "pipeline/connector/connector.hpp"

namespace migrateiq::postgres {

/// Tests each step from reaching the server to the privileges a migration may need.
std::vector<DoctorFinding> Examine(const Url& url);

}  // namespace migrateiq::postgres
