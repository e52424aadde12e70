#pragma once

#include <map>
#include <string>

#include "base/error.hpp"
#include "platform/settings/settings.hpp"

namespace migrateiq::serve {

/// The settings from file (may be empty), environment and flags, with every default that depends on others filled in:
/// store, master key and objects stand in the state folder.
Result<Settings> LoadServerSettings(const std::string& file, const std::map<std::string, std::string>& flags,
                                    const std::string& state_folder);

}  // namespace migrateiq::serve
