#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/plan_flags.hpp"
#include "apps/migrateiq/read_text.hpp"
#include "apps/migrateiq/remote/chosen_server.hpp"
#include "apps/migrateiq/remote/connection_url.hpp"
#include "apps/migrateiq/remote/remote_checks.hpp"
#include "apps/migrateiq/render_suite.hpp"
#include "apps/migrateiq/run_control.hpp"
#include "base/errors/connect.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "base/time.hpp"
#include "pipeline/profile/analysis.hpp"
#include "pipeline/semantic/semantic.hpp"
#include "pipeline/suite/check_suite.hpp"
#include "pipeline/suite/propose.hpp"
#include "pipeline/suite/result_json.hpp"
#include "pipeline/suite/suite_file.hpp"

namespace migrateiq::cli {

namespace {

constexpr int64_t kMostSamples = 1000;

/// By its name alone.
bool NamesPersonalData(SuiteSide, const std::string& table, const std::string& column) {
  return Detect({.name = column, .table = table}).is_pii;
}

class CheckCommand : public Command {
 public:
  const char* name() const override { return "check"; }
  const char* summary() const override { return "Check that data keep to a suite of rules, or propose one"; }

  void Declare(Options& options) override {
    options.Positional("SUITE", first_, "The suite file; with --propose, the URL to look at");
    options.Positional("URL", second_, "The system that the suite is attached to; of a flow, the source", false);
    options.Positional("TARGET_URL", third_, "Of a flow, the target", false);
    options.Flag("--propose", propose_, "Look at the data and write a suite that they keep to");
    options.Text("--output,-o", output_, "FILE", "Where to write the suite (default: stdout)");
    options.List("--tables", tables_, "PATTERNS", "With --propose: only these tables (shell patterns: a,b*)");
    options.Number("--samples", samples_, 0, kMostSamples, "Show N rows of each check that fails (default: 5)");
    options.Number("--timeout", timeout_, 1, 86400, "Seconds for each question to a system (default: 600)");
    options.Flag("--batches", batches_, "Read the rows instead of asking the database");
    options.Example(
        "  migrateiq check --propose 'postgresql://app:${PG_PASSWORD}@db/crm' -o suite.yaml\n"
        "  migrateiq check suite.yaml 'postgresql://app:${PG_PASSWORD}@db/crm'\n"
        "  migrateiq check flow.yaml csv:exports/ 'postgresql://app:${PG_PASSWORD}@db/crm' --json");
  }

  int Run(const Console& console) override {
    if (propose_) {
      const Status proposed = Propose(console);
      return proposed ? 0 : console.Fail(proposed.error());
    }
    const Result<SuiteResult> result = Check(console);
    if (!result) return console.Fail(result.error());
    console.Result(JsonText(SuiteResultJson(*result)), SuiteText(*result, console.colour_out()));
    if (result->HasErrors()) return 1;
    return result->Failed() ? 4 : 0;
  }

 private:
  Result<Url> UrlOf(const Console& console, const std::string& text) const {
    if (const std::string advice = LiteralSecretAdvice(PlanFor(text, "")); !advice.empty()) console.Note(advice);
    return ParseUrl(text, Secrets::kResolve);
  }

  Result<SuiteResult> Check(const Console& console) const {
    MIQ_ASSIGN(const std::string server, ChosenServer(console));
    if (!server.empty()) return CheckThere(console, server);
    MIQ_ASSIGN(const Suite suite, ReadSuiteFile(first_));
    MIQ_ASSIGN(const SuiteSystems systems, Systems(console, suite));
    const RunControl control;
    CheckOptions options;
    options.now = SystemClock().Now();
    options.push_down = !batches_;
    options.samples = static_cast<int>(samples_.value_or(options.samples));
    options.timeout = std::chrono::seconds(timeout_.value_or(600));
    options.stop = control.token();
    options.personal = NamesPersonalData;
    return CheckSuite(suite, systems, options);
  }

  Result<SuiteResult> CheckThere(const Console& console, const std::string& server) const {
    MIQ_TRY(RefuseLocalFlags(
        {{"--samples", samples_.has_value()}, {"--timeout", timeout_.has_value()}, {"--batches", batches_}}));
    MIQ_ASSIGN(const Suite suite, ReadSuiteFile(first_));
    MIQ_TRY(CheckUrls(suite));
    const bool target = suite.attach == SuiteAttach::kTarget;
    RemoteCheckWish wish{
        .name = NameOf(suite.name.empty() ? std::filesystem::path(first_).stem().string() : suite.name),
        .text = {},
        .source_url = target ? "" : second_,
        .target_url = target ? second_ : third_};
    MIQ_ASSIGN(wish.text, ReadTextFile(first_));
    MIQ_ASSIGN(ApiClient client, ClientFor(console, server));
    RemoteJobs jobs(console, std::move(client));
    return CheckRemotely(jobs, wish);
  }

  Status CheckUrls(const Suite& suite) const {
    const bool flow = suite.attach == SuiteAttach::kFlow;
    if (!second_.empty() && flow != third_.empty()) return {};
    return Fail(Error(codes::kUsage, flow ? "the suite is about a flow: it needs the URLs of source and target"
                                          : "the suite is about one system: it needs its URL, and no other")
                    .Fix("See `migrateiq check --help`."));
  }

  Result<SuiteSystems> Systems(const Console& console, const Suite& suite) const {
    MIQ_TRY(CheckUrls(suite));
    const bool flow = suite.attach == SuiteAttach::kFlow;
    MIQ_ASSIGN(const Url first, UrlOf(console, second_));
    SuiteSystems systems;
    (suite.attach == SuiteAttach::kTarget ? systems.target : systems.source) = OpenerOf(first);
    if (!flow) return systems;
    MIQ_ASSIGN(const Url second, UrlOf(console, third_));
    systems.target = OpenerOf(second);
    return systems;
  }

  Status Propose(const Console& console) const {
    if (!second_.empty())
      return Fail(Error(codes::kUsage, "--propose looks at one system").Fix("See `migrateiq check --help`."));
    MIQ_ASSIGN(const std::string server, ChosenServer(console));
    if (!server.empty()) return ProposeThere(console, server);
    AnalysisRequest request{.include = tables_};
    MIQ_ASSIGN(request.url, UrlOf(console, first_));
    const RunControl control;
    request.options.stop = control.token();
    ProfileObserver nobody;
    MIQ_ASSIGN(const Analysis analysis, Analyze(request, nobody));
    const std::vector<ProposedCheck> proposed =
        ProposeChecks(analysis.profile, {.now = SystemClock().Now(), .side = SuiteSide::kSource});
    return Show(console, WriteSuite(SuiteOf(proposed, SuiteSide::kSource), RemarksOf(proposed)), proposed.size());
  }

  Status ProposeThere(const Console& console, const std::string& server) const {
    MIQ_ASSIGN(ApiClient client, ClientFor(console, server));
    RemoteJobs jobs(console, std::move(client));
    MIQ_ASSIGN(const RemoteSuite suite, ProposeRemotely(jobs, first_, tables_));
    return Show(console, suite.text, static_cast<size_t>(suite.checks));
  }

  Status Show(const Console& console, const std::string& suite, size_t checks) const {
    const std::string text =
        "# Proposed from what the data show; each remark is the confidence that further data keep to it, and why.\n" +
        suite;
    boost::json::object document = {{"checks", checks}, {"suite", text}};
    if (output_) {
      std::ofstream file(*output_, std::ios::binary);
      file << text;
      file.close();
      if (!file) return Fail(codes::kConnOpenFile, "cannot write " + *output_);
      console.Note(std::to_string(checks) + " checks written to " + *output_ +
                   "; look through them, then: migrateiq check " + *output_ + " URL");
      document["file"] = *output_;
    }
    console.Result(JsonText(document), output_ ? "" : text);
    return {};
  }

  std::string first_, second_, third_;
  bool propose_ = false, batches_ = false;
  std::optional<std::string> output_;
  std::vector<std::string> tables_;
  std::optional<int64_t> samples_, timeout_;
};

}  // namespace

CommandPtr MakeCheck() { return std::make_unique<CheckCommand>(); }

}  // namespace migrateiq::cli
