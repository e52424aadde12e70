#include "apps/migrateiq/assessment_flags.hpp"
#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/plan_flags.hpp"
#include "apps/migrateiq/read_text.hpp"
#include "apps/migrateiq/remote/chosen_server.hpp"
#include "apps/migrateiq/remote/remote_analysis.hpp"
#include "apps/migrateiq/render_objects.hpp"
#include "apps/migrateiq/render_profile.hpp"
#include "apps/migrateiq/run_control.hpp"
#include "apps/migrateiq/series_report.hpp"
#include "apps/migrateiq/show_run.hpp"
#include "apps/migrateiq/write_output.hpp"
#include "base/errors/run.hpp"
#include "pipeline/assess/assess.hpp"
#include "pipeline/assess/render_html.hpp"
#include "pipeline/profile/analysis.hpp"
#include "pipeline/profile/profile_json.hpp"
#include "pipeline/run/progress_tracker.hpp"
#include "pipeline/suite/count_rules.hpp"
#include "pipeline/suite/suite_file.hpp"

namespace migrateiq::cli {

namespace {

/// Shows a profiling as the progress of a run is shown.
class ProgressBridge : public ProfileObserver {
 public:
  explicit ProgressBridge(RunObserver& display) : tracker_(display, "") {}

  void OnPhase(const std::string& phase) override { tracker_.SetPhase(phase); }
  void OnTables(const std::vector<std::string>& names, const std::vector<int64_t>& rows_expected) override {
    std::vector<TableProgress> tables;
    for (size_t i = 0; i < names.size(); ++i) {
      tables.push_back({.table = names[i], .phase = "waiting", .rows_total = rows_expected[i]});
    }
    tracker_.SetTables(std::move(tables));
    for (size_t i = 0; i < names.size(); ++i) tracker_.SetTableTotal(i, rows_expected[i], 0);
  }
  void OnRows(size_t table, int64_t rows, int64_t bytes) override {
    tracker_.SetTablePhase(table, "reading");
    tracker_.AddRows(table, rows, bytes);
  }
  void OnTableDone(size_t table) override { tracker_.SetTablePhase(table, "done"); }

 private:
  ProgressTracker tracker_;
};

class AnalyzeCommand : public Command {
 public:
  const char* name() const override { return "analyze"; }
  const char* summary() const override {
    return "What a database or files hold: profile, keys, dependencies, troubles";
  }

  void Declare(Options& options) override {
    options.Positional("URL", url_, "The system to look at", false);
    options.Choice("--format", format_, {"text", "json", "html"}, "How to write it (default: text)");
    options.Text("--output,-o", output_, "FILE", "Write it to this file instead of stdout");
    options.List("--tables", tables_, "PATTERNS", "Only these tables (shell patterns: a,b*)");
    options.List("--exclude", exclude_, "PATTERNS", "Not these tables");
    options.Number("--sample", sample_, 1, 10'000'000, "Look closely at N rows of each table (default: 50000)");
    options.Flag("--full", full_, "Look closely at all rows, as far as a gigabyte of them goes");
    options.Text("--rules", rules_, "FILE", "Check the rules of this suite as well");
    options.Text("--series", series_, "FILE", "Instead: events in a series, a CSV file of times and numbers");
    options.Number("--workers", workers_, 1, 1000, "Readers at once (default: number of cores)");
    assessment_.Declare(options);
    options.Example(
        "  migrateiq analyze csv:exports/\n"
        "  migrateiq analyze 'postgresql://app:${PG_PASSWORD}@db/shop' --tables 'order*' --json -o shop.json\n"
        "  migrateiq analyze --series orders-per-hour.csv");
  }

  int Run(const Console& console) override {
    if (series_.has_value() == !url_.empty()) {
      return console.Fail(Error(codes::kUsage, "analyze takes either a URL or --series FILE"));
    }
    if (series_) return ShowSeries(console);
    const Result<Look> look = LookAt(console);
    if (!look) return console.Fail(look.error());
    if (const Status shown = Show(console, *look); !shown) return console.Fail(shown.error());
    return look->profile.failures.empty() ? 0 : 1;
  }

 private:
  /// What was found, here or by a server.
  struct Look {
    Profile profile;
    Assessment verdict;      ///< at least what decides it
    std::string assessment;  ///< JSON
    std::string page;        ///< with --format html
  };

  Result<Look> LookAt(const Console& console) const {
    MIQ_ASSIGN(const std::string server, ChosenServer(console));
    if (!server.empty()) return LookThere(console, server);
    return LookHere(console);
  }

  bool wants_page() const { return format_ == "html"; }

  Result<Look> LookHere(const Console& console) const {
    MIQ_ASSIGN(Analysis analysis, Analyze(console));
    MIQ_ASSIGN(const Url url, ParseUrl(url_, Secrets::kResolve));
    MIQ_ASSIGN(Assessment assessment, assessment_.Assess(analysis, url));
    Look look{
        .profile = std::move(analysis.profile), .verdict = {}, .assessment = AssessmentJson(assessment), .page = {}};
    if (wants_page()) look.page = RenderAssessmentHtml(assessment);
    look.verdict = std::move(assessment);
    return look;
  }

  Result<Look> LookThere(const Console& console, const std::string& server) const {
    auto local_flags = assessment_.local_flags();
    local_flags.emplace_back("--workers", workers_.has_value());
    MIQ_TRY(RefuseLocalFlags(local_flags));
    MIQ_ASSIGN(ApiClient client, ClientFor(console, server));
    RemoteJobs jobs(console, std::move(client));
    RemoteAnalysisWish wish{.url = url_,
                            .tables = tables_,
                            .exclude = exclude_,
                            .full = full_,
                            .sample_rows = sample_,
                            .target = assessment_.target(),
                            .rules = {}};
    if (rules_) { MIQ_ASSIGN(wish.rules, ReadTextFile(*rules_)); }
    MIQ_ASSIGN(RemoteAnalysis analysis, AnalyzeRemotely(jobs, wish));
    Look look{.profile = std::move(analysis.profile),
              .verdict = std::move(analysis.verdict),
              .assessment = std::move(analysis.assessment),
              .page = {}};
    if (wants_page()) { MIQ_ASSIGN(look.page, AssessmentPageOf(jobs, analysis.analysis_id)); }
    return look;
  }

  Result<Analysis> Analyze(const Console& console) const {
    if (const std::string advice = LiteralSecretAdvice(PlanFor(url_, "")); !advice.empty()) console.Note(advice);
    AnalysisRequest request{.include = tables_, .exclude = exclude_};
    MIQ_ASSIGN(request.url, ParseUrl(url_, Secrets::kResolve));
    request.options.sample_rows = sample_.value_or(ProfileOptions::kSampleRows);
    request.options.full = full_;
    request.options.workers = static_cast<int>(workers_.value_or(0));
    Suite suite;
    if (rules_) { MIQ_ASSIGN(suite, ReadSuiteFile(*rules_)); }
    const RunControl control;
    request.options.stop = control.token();
    const std::unique_ptr<RunObserver> display = MakeDisplay(console);
    ProgressBridge progress(*display);
    MIQ_ASSIGN(Analysis analysis, migrateiq::Analyze(request, progress));
    if (rules_) MIQ_TRY(CountRules(suite, request, analysis.profile));
    return analysis;
  }

  int ShowSeries(const Console& console) const {
    if (format_ == "html") return console.Fail(Error(codes::kUsage, "a series is told as text or JSON"));
    const auto text = SeriesReportText(*series_, console.json() || format_ == "json");
    if (!text) return console.Fail(text.error());
    const Status written = WriteOutput(console, output_, *text);
    return written ? 0 : console.Fail(written.error());
  }

  /// The profile's JSON with the assessment as one more member, which readers of profiles skip.
  static std::string Document(const Look& look) {
    std::string text = WriteProfile(look.profile);
    text.pop_back();
    return text + ", \"assessment\": " + look.assessment + "}";
  }

  Status Show(const Console& console, const Look& look) const {
    if (console.json() || format_ == "json") return WriteOutput(console, output_, Document(look));
    if (wants_page()) return WriteOutput(console, output_, look.page);
    const bool terminal = !output_ && console.colour_out();
    return WriteOutput(
        console, output_,
        ProfileText(look.profile, terminal) + "\n" + ObjectsText(look.verdict) + AssessmentText(look.verdict));
  }

  std::string url_;
  std::optional<std::string> format_, output_, series_, rules_;
  bool full_ = false;
  std::vector<std::string> tables_, exclude_;
  std::optional<int64_t> sample_, workers_;
  AssessmentFlags assessment_;
};

}  // namespace

CommandPtr MakeAnalyze() { return std::make_unique<AnalyzeCommand>(); }

}  // namespace migrateiq::cli
