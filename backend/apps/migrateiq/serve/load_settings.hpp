#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "platform/settings/settings.hpp"

namespace migrateiq::serve {

/// The settings from file (may be empty), environment and flags, with every default that depends on others filled in:
/// store, master key and objects stand in the state folder.
Result<Settings> LoadServerSettings(const std::string& file, const std::map<std::string, std::string>& flags,
                                    const std::string& state_folder);

/// "server.port=9000" -> ("server.port", "9000"), for each. Errors: kUsage.
Result<std::map<std::string, std::string>> SettingFlags(const std::vector<std::string>& texts);

/// All variables of this process.
std::map<std::string, std::string> Environment();
/// Fills in what depends on other settings.
void Complete(Settings& settings, const std::string& state_folder);

}  // namespace migrateiq::serve
