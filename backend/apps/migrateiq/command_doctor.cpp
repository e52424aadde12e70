#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json.hpp>
#include <filesystem>

#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/render_text.hpp"
#include "apps/migrateiq/run_job.hpp"
#include "base/json_text.hpp"
#include "modules/orchestrator/state_key.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::cli {

namespace {

namespace json = boost::json;
using Level = DoctorFinding::Level;

constexpr uint64_t kLeastFreeBytes = 200'000'000;

struct Subject {
  std::string name;  ///< "this machine", or a URL without its secrets
  std::vector<DoctorFinding> findings;
};

const char* Name(Level level) {
  if (level == Level::kOk) return "ok";
  return level == Level::kWarning ? "warning" : "blocks";
}

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

Subject CheckMachine(const Console& console) {
  return {"this machine", {CheckState(console), CheckKey(console), CheckSpace(console)}};
}

Subject CheckUrl(const std::string& text) {
  const Result<Url> url = ParseUrl(text, Secrets::kResolve);
  if (!url) return {MaskSecrets(text), {FromError("url", url.error())}};
  const Result<const Connector*> connector = Registry::Instance().Find(url->scheme);
  if (!connector) return {url->redacted, {FromError("url", connector.error())}};
  return {url->redacted, (*connector)->Doctor(*url)};
}

json::array Texts(const std::vector<std::string_view>& texts) { return json::array(texts.begin(), texts.end()); }

json::array ConnectorList() {
  json::array list;
  for (const Connector* connector : Registry::Instance().All()) {
    const ConnectorInfo& info = connector->info();
    list.push_back(json::object{{"name", info.name},
                                {"schemes", Texts(info.schemes)},
                                {"summary", info.summary},
                                {"example", info.example},
                                {"can_read", info.can_read},
                                {"can_write", info.can_write}});
  }
  return list;
}

std::string ConnectorTable() {
  std::vector<std::vector<std::string>> rows = {{"scheme", "reads", "writes", "what"}};
  for (const Connector* connector : Registry::Instance().All()) {
    const ConnectorInfo& info = connector->info();
    rows.push_back({fmt::format("{}", fmt::join(info.schemes, ", ")), info.can_read ? "yes" : "no",
                    info.can_write ? "yes" : "no", std::string(info.summary)});
  }
  return "Systems\n" + Columns(rows, "  ");
}

json::array FindingList(const std::vector<Subject>& subjects) {
  json::array list;
  for (const Subject& subject : subjects) {
    for (const DoctorFinding& finding : subject.findings) {
      list.push_back(json::object{{"at", subject.name},
                                  {"level", Name(finding.level)},
                                  {"subject", finding.subject},
                                  {"message", finding.message},
                                  {"fix", finding.fix}});
    }
  }
  return list;
}

std::string FindingText(const std::vector<Subject>& subjects, const Paint& paint) {
  std::string text;
  for (const Subject& subject : subjects) {
    text += paint.Strong(subject.name) + "\n";
    for (const DoctorFinding& finding : subject.findings) {
      const std::string level = Name(finding.level);
      const std::string shown = finding.level == Level::kOk ? paint.Good(level) : paint.Bad(level);
      text += "  " + shown + " " + finding.subject + ": " + finding.message + "\n";
      if (!finding.fix.empty()) text += "     fix: " + finding.fix + "\n";
    }
  }
  return text;
}

bool Blocks(const Subject& subject) {
  return std::ranges::any_of(subject.findings,
                             [](const DoctorFinding& finding) { return finding.level == Level::kBlocks; });
}

class Doctor : public Command {
 public:
  const char* name() const override { return "doctor"; }
  const char* summary() const override { return "What is missing or misconfigured here or at a database, and the fix"; }

  void Declare(Options& options) override {
    options.Positional("URL", urls_, "Systems to look at as well");
    options.Example("  migrateiq doctor\n  migrateiq doctor 'postgresql://app:${PG_PASSWORD}@db/crm'");
  }

  int Run(const Console& console) override {
    std::vector<Subject> subjects = {CheckMachine(console)};
    for (const std::string& url : urls_) subjects.push_back(CheckUrl(url));
    const json::object document = {{"findings", FindingList(subjects)}, {"connectors", ConnectorList()}};
    console.Result(JsonText(document),
                   FindingText(subjects, Paint(console.colour_out())) + (urls_.empty() ? ConnectorTable() : ""));
    return std::ranges::any_of(subjects, Blocks) ? 1 : 0;
  }

 private:
  std::vector<std::string> urls_;
};

}  // namespace

CommandPtr MakeDoctor() { return std::make_unique<Doctor>(); }

}  // namespace migrateiq::cli
