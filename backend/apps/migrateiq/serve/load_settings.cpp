#include "apps/migrateiq/serve/load_settings.hpp"

extern char** environ;

namespace migrateiq::serve {

namespace {

std::map<std::string, std::string> Environment() {
  std::map<std::string, std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const size_t equals = text.find('=');
    if (equals != std::string::npos) all[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return all;
}

}  // namespace

Result<Settings> LoadServerSettings(const std::string& file, const std::map<std::string, std::string>& flags,
                                    const std::string& state_folder) {
  MIQ_ASSIGN(Settings settings, LoadSettings({.file = file, .environment = Environment(), .flags = flags}));
  if (settings.state_folder.empty()) settings.state_folder = state_folder;
  const std::string& folder = settings.state_folder;
  if (settings.store_url.empty()) settings.store_url = "sqlite://" + folder + "/state.db";
  if (settings.master_key.empty()) settings.master_key = "file:" + folder + "/master.key";
  if (settings.objects_folder.empty()) settings.objects_folder = folder + "/objects";
  return settings;
}

}  // namespace migrateiq::serve
