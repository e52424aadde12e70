#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json.hpp>

#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/render_text.hpp"
#include "apps/migrateiq/runs.hpp"
#include "apps/migrateiq/serve/check_server.hpp"
#include "apps/migrateiq/serve/load_settings.hpp"
#include "base/json_text.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::cli {

namespace {

namespace json = boost::json;
using Level = DoctorFinding::Level;

const char* Name(Level level) {
  if (level == Level::kOk) return "ok";
  return level == Level::kWarning ? "warning" : "blocks";
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

json::array FindingList(const std::vector<DoctorSubject>& subjects) {
  json::array list;
  for (const DoctorSubject& subject : subjects) {
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

std::string FindingText(const std::vector<DoctorSubject>& subjects, const Paint& paint) {
  std::string text;
  for (const DoctorSubject& subject : subjects) {
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

bool Blocks(const DoctorSubject& subject) {
  return std::ranges::any_of(subject.findings,
                             [](const DoctorFinding& finding) { return finding.level == Level::kBlocks; });
}

class Doctor : public Command {
 public:
  const char* name() const override { return "doctor"; }
  const char* summary() const override { return "What is missing or misconfigured here or at a database, and the fix"; }

  void Declare(Options& options) override {
    options.Positional("URL", urls_, "Systems to look at as well");
    options.Text("--config", config_, "FILE", "Settings of a server to look at as well");
    options.Repeated("--set", set_, "NAME=VALUE", "A setting of it, as `serve` takes them");
    options.Example(
        "  migrateiq doctor\n  migrateiq doctor 'postgresql://app:${PG_PASSWORD}@db/crm'\n"
        "  migrateiq doctor --config /etc/migrateiq.yaml");
  }

  int Run(const Console& console) override {
    const Result<std::unique_ptr<Runs>> runs = OpenRuns(console);
    if (!runs) return console.Fail(runs.error());
    std::vector<DoctorSubject> subjects = (*runs)->Examine(urls_);
    if (config_ || !set_.empty() || serve::IsServerConfigured()) {
      const auto flags = serve::SettingFlags(set_);
      if (!flags) return console.Fail(flags.error());
      subjects.push_back({"the server", serve::CheckServer(config_.value_or(""), *flags, console.state())});
    }
    const json::object document = {{"findings", FindingList(subjects)}, {"connectors", ConnectorList()}};
    console.Result(JsonText(document),
                   FindingText(subjects, Paint(console.colour_out())) + (urls_.empty() ? ConnectorTable() : ""));
    return std::ranges::any_of(subjects, Blocks) ? 1 : 0;
  }

 private:
  std::optional<std::string> config_;
  std::vector<std::string> urls_, set_;
};

}  // namespace

CommandPtr MakeDoctor() { return std::make_unique<Doctor>(); }

}  // namespace migrateiq::cli
