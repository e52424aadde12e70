#include "apps/migrateiq/serve/load_settings.hpp"

#include "base/errors/run.hpp"

extern char** environ;

namespace migrateiq::serve {

std::map<std::string, std::string> Environment() {
  std::map<std::string, std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const size_t equals = text.find('=');
    if (equals != std::string::npos) all[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return all;
}

void Complete(Settings& settings, const std::string& state_folder) {
  if (settings.state_folder.empty()) settings.state_folder = state_folder;
  const std::string& folder = settings.state_folder;
  if (settings.store_url.empty()) settings.store_url = "sqlite://" + folder + "/state.db";
  if (settings.master_key.empty()) settings.master_key = "file:" + folder + "/master.key";
  if (settings.objects_folder.empty()) settings.objects_folder = folder + "/objects";
}

Result<std::map<std::string, std::string>> SettingFlags(const std::vector<std::string>& texts) {
  std::map<std::string, std::string> flags;
  for (const std::string& text : texts) {
    const size_t equals = text.find('=');
    if (equals == std::string::npos)
      return std::unexpected(Error(codes::kUsage, "--set takes NAME=VALUE").Fix("For example: --set log.level=debug"));
    flags[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return flags;
}

Result<Settings> LoadServerSettings(const std::string& file, const std::map<std::string, std::string>& flags,
                                    const std::string& state_folder) {
  MIQ_ASSIGN(Settings settings, LoadSettings({.file = file, .environment = Environment(), .flags = flags}));
  Complete(settings, state_folder);
  return settings;
}

}  // namespace migrateiq::serve
