#pragma once

#include <map>
#include <string>
#include <vector>

#include "pipeline/connector/connector.hpp"

namespace migrateiq::serve {

/// Is anything said about the server: in the environment, that is?
bool IsServerConfigured();

/// What `serve` would say of these settings, all of it at once, with the place that each came from; and whether what
/// they name (certificate, folders, store, Redis) is there and answers. Makes nothing.
std::vector<DoctorFinding> CheckServer(const std::string& file, const std::map<std::string, std::string>& flags,
                                       const std::string& state_folder);

}  // namespace migrateiq::serve
