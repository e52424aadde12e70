#include <unistd.h>

#include <cctype>
#include <filesystem>

#include "apps/migrateiq/local_runs.hpp"
#include "apps/migrateiq/render_text.hpp"
#include "apps/migrateiq/run_job.hpp"
#include "modules/orchestrator/state_key.hpp"
#include "pipeline/mask/mask_key.hpp"

namespace migrateiq::cli {

namespace {

using Level = DoctorFinding::Level;

constexpr uint64_t kLeastFreeBytes = 200'000'000;

DoctorFinding FromError(const std::string& subject, const Error& error) {
  return {Level::kBlocks, subject, std::string(error.code.code) + ": " + error.message, std::string(error.FixText())};
}

DoctorFinding CheckState(const Console& console) {
  const Result<std::unique_ptr<RunRepository>> repository = OpenState(console);
  if (!repository) return FromError("state", repository.error());
  return {Level::kOk, "state", console.state() + " can be written", ""};
}

DoctorFinding CheckKey(const Console& console) {
  const std::string path = console.state() + "/key";
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return {Level::kOk, "key", "will be made when it is needed", ""};
  const Result<StateKey> key = StateKey::Load(console.state(), true);
  if (!key) return FromError("key", key.error());
  return {Level::kOk, "key", path + " is private", ""};
}

DoctorFinding CheckSpace(const Console& console) {
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(console.state(), error);
  const std::string free = Bytes(static_cast<double>(space.available)) + " free for the state";
  if (error) return {Level::kWarning, "disk", "the free space is not known", "Check the folder's file system."};
  if (space.available >= kLeastFreeBytes) return {Level::kOk, "disk", free, ""};
  return {Level::kWarning, "disk", free, "Free disk space, or choose another folder with --state DIR."};
}

/// Every mask key that the environment has.
void CheckMaskKeys(std::vector<DoctorFinding>& findings) {
  const std::string prefix = MaskKeyVariable("");
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    if (!text.starts_with(prefix)) continue;
    std::string name(text.substr(prefix.size(), text.find('=') - prefix.size()));
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const Result<std::string> key = MaskKeyFromEnvironment(name);
    if (key)
      findings.push_back({Level::kOk, "mask key " + name, "can be used; its print is " + MaskKeyPrint(*key), ""});
    else
      findings.push_back(FromError("mask key " + name, key.error()));
  }
}

DoctorSubject CheckMachine(const Console& console) {
  DoctorSubject machine{"this machine", {CheckState(console), CheckKey(console), CheckSpace(console)}};
  CheckMaskKeys(machine.findings);
  return machine;
}

DoctorSubject CheckUrl(const std::string& text) {
  const Result<Url> url = ParseUrl(text, Secrets::kResolve);
  if (!url) return {MaskSecrets(text), {FromError("url", url.error())}};
  const Result<const Connector*> connector = Registry::Instance().Find(url->scheme);
  if (!connector) return {url->redacted, {FromError("url", connector.error())}};
  return {url->redacted, (*connector)->Doctor(*url)};
}

}  // namespace

std::vector<DoctorSubject> LocalRuns::Examine(const std::vector<std::string>& urls) {
  std::vector<DoctorSubject> subjects = {CheckMachine(console_)};
  for (const std::string& url : urls) subjects.push_back(CheckUrl(url));
  return subjects;
}

}  // namespace migrateiq::cli
