#include "apps/migrateiq/serve/check_server.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "apps/migrateiq/serve/load_settings.hpp"
#include "base/nearest.hpp"
#include "modules/projects/project_services.hpp"
#include "platform/http/server.hpp"
#include "platform/outbound/reach.hpp"
#include "platform/queue/queue.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::serve {

namespace {

using Level = DoctorFinding::Level;

/// What the command line itself reads.
constexpr std::array<std::string_view, 3> kOfTheClient{"MIGRATEIQ_SERVER", "MIGRATEIQ_API_KEY", "MIGRATEIQ_CA_FILE"};

bool IsForServer(const std::string& name) {
  return name.starts_with("MIGRATEIQ_") && !name.starts_with("MIGRATEIQ_MASK_KEY_") &&
         std::ranges::find(kOfTheClient, name) == kOfTheClient.end();
}

std::vector<std::string> EnvironmentNames() {
  std::vector<std::string> names;
  for (const SettingInfo& setting : SettingTable()) names.push_back(setting.environment);
  return names;
}

class ServerCheck {
 public:
  ServerCheck(LoadedSettings loaded, const std::string& state_folder) : loaded_(std::move(loaded)) {
    Complete(loaded_.settings, state_folder);
  }

  std::vector<DoctorFinding> Check() && {
    for (const Error& fault : loaded_.faults) Block(fault);
    for (const Error& fault : CheckSettings(settings())) Block(fault);
    CheckNames();
    CheckLists();
    CheckCertificate();
    CheckMasterKey();
    CheckStore();
    CheckQueue();
    if (!blocked_)
      findings_.push_back(
          {Level::kOk, "settings", std::to_string(loaded_.places.size()) + " given, all understood", ""});
    return std::move(findings_);
  }

 private:
  const Settings& settings() const { return loaded_.settings; }

  /// The place in the file goes before the setting's name: that is where to mend it.
  void Block(const Error& error) {
    blocked_ = true;
    const auto given = loaded_.places.find(error.place);
    const std::string place = given == loaded_.places.end() ? error.place : error.place + " (" + given->second + ")";
    findings_.push_back(
        {Level::kBlocks, place, std::string(error.code.code) + ": " + error.message, std::string(error.FixText())});
  }
  void Report(const std::string& setting, const Status& status, const std::string& well) {
    if (!status) return Block(Error(status.error()).At(setting));
    findings_.push_back({Level::kOk, setting, well, ""});
  }

  /// Nobody reads a variable whose name is mistyped.
  void CheckNames() {
    const std::vector<std::string> known = EnvironmentNames();
    for (const auto& [name, value] : Environment()) {
      if (!IsForServer(name) || std::ranges::find(known, name) != known.end()) continue;
      findings_.push_back({Level::kWarning, name, "no setting has this variable" + DidYouMean(name, known),
                           "Write the name as docs/settings.md has it, or remove the variable."});
    }
  }

  void CheckLists() {
    if (const auto reach = Reach::Make(settings().connections_allow, IsLoopback(settings().listen)); !reach)
      Block(Error(reach.error()).At("connections.allow"));
    if (const auto options = projects::ProjectOptions::From(settings(), settings().state_folder); !options)
      return Block(Error(options.error()).At("connections.local_folders"));
    for (const std::string& pair : settings().local_folders) {
      const std::string folder = pair.substr(pair.find('=') + 1);
      std::error_code ignored;
      if (!std::filesystem::is_directory(folder, ignored))
        findings_.push_back({Level::kWarning, "connections.local_folders", "there is no folder " + folder,
                             "Make the folder, readable for the server's account."});
    }
  }

  void CheckCertificate() {
    if (settings().tls_certificate.empty() || settings().tls_key.empty()) return;
    Report("tls.certificate", http::CheckCertificate(settings().tls_certificate, settings().tls_key),
           "certificate and key belong together");
  }

  void CheckMasterKey() {
    constexpr std::string_view kFile = "file:";
    if (!settings().master_key.starts_with(kFile)) return;
    const std::string path = settings().master_key.substr(kFile.size());
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return;  // made at the first start
    if ((status.st_mode & 077) != 0)
      findings_.push_back({Level::kBlocks, "secrets.master_key", path + " can be read by others", "chmod 600 " + path});
  }

  /// Only one that exists by itself is asked: the embedded one is made by `serve`.
  void CheckStore() {
    if (!settings().store_url.starts_with("postgres")) return;
    const auto store = store::Store::Open(settings().store_url, 1);
    Report("store.url", store ? (*store)->Ping() : Status(std::unexpected(store.error())), "answers");
    if (!store) return;
    for (const std::string& warning : (*store)->Warnings())
      findings_.push_back({Level::kWarning, "store.url", warning, "Give the server a role of its own."});
  }

  void CheckQueue() {
    if (settings().redis_url.empty()) return;
    const auto queue = queue::OpenQueue({.redis_url = settings().redis_url});
    Report("redis.url", queue ? (*queue)->Ping() : Status(std::unexpected(queue.error())), "answers");
  }

  LoadedSettings loaded_;
  std::vector<DoctorFinding> findings_;
  bool blocked_ = false;
};

}  // namespace

bool IsServerConfigured() {
  return std::ranges::any_of(Environment(), [](const auto& entry) { return IsForServer(entry.first); });
}

std::vector<DoctorFinding> CheckServer(const std::string& file, const std::map<std::string, std::string>& flags,
                                       const std::string& state_folder) {
  return ServerCheck(LoadAllSettings({.file = file, .environment = Environment(), .flags = flags}), state_folder)
      .Check();
}

}  // namespace migrateiq::serve
