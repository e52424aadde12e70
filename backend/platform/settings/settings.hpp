#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace migrateiq {

using StringList = std::vector<std::string>;

/// The settings of `serve`, from one table (settings.def): file (YAML), environment (MIGRATEIQ_SECTION_NAME) and flags
/// (--section.name), the later beating the earlier. docs/settings.md is generated from the table.
///
///   MIQ_SETTING(type, member, "section.name", default, secret, "What it does; unit.")
struct Settings {
#define MIQ_SETTING(type, member, name, value, secret, text) type member = value;
#include "platform/settings/settings.def"
#undef MIQ_SETTING
};

struct SettingInfo {
  std::string name, type, environment, value, text;
  bool secret = false;
};
/// The table, with the defaults as text.
std::vector<SettingInfo> SettingTable();

struct SettingSources {
  std::string file;  ///< empty: none
  std::map<std::string, std::string> environment;
  std::map<std::string, std::string> flags;  ///< "server.port" -> "8080"
};
/// What could be taken from the sources, and everything that could not.
struct LoadedSettings {
  Settings settings;
  std::vector<Error> faults;                  ///< as LoadSettings has them
  std::map<std::string, std::string> places;  ///< "server.port" -> "config.yaml:3:5": where it was given last
};
LoadedSettings LoadAllSettings(const SettingSources& sources);
/// The first fault only. Errors: kSettingUnknown (with the nearest name, file:line), kSettingValue.
Result<Settings> LoadSettings(const SettingSources& sources);
/// What does not fit together or is unsafe: each an Error with its fix. Used by `serve` (refuses) and `doctor`.
std::vector<Error> CheckSettings(const Settings& settings);
/// "name: value (from file)" for each, secrets masked.
std::vector<std::string> DescribeSettings(const Settings& settings);

/// Is this listening address this machine's own (127.0.0.0/8, ::1, localhost)?
bool IsLoopback(const std::string& address);

}  // namespace migrateiq
