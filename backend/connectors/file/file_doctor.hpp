#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/connector/connector.hpp"

namespace migrateiq::file {

/// What can be said about a path before anything is read: whether it is there, readable, writable, and what is in it.
std::vector<DoctorFinding> ExaminePath(const std::string& path, const std::vector<std::string_view>& suffixes);

}  // namespace migrateiq::file
