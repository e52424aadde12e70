#include "apps/migrateiq/assessment_flags.hpp"
#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/count_rules.hpp"
#include "apps/migrateiq/plan_flags.hpp"
#include "apps/migrateiq/remote/chosen_server.hpp"
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
    const Result<Analysis> analysis = Analyze(console);
    if (!analysis) return console.Fail(analysis.error());
    if (const Status shown = Show(console, *analysis); !shown) return console.Fail(shown.error());
    return analysis->profile.failures.empty() ? 0 : 1;
  }

 private:
  Result<Analysis> Analyze(const Console& console) const {
    MIQ_TRY(RefuseServer(console, name()));
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
  static std::string Document(const Profile& profile, const Assessment& assessment) {
    std::string text = WriteProfile(profile);
    text.pop_back();
    return text + ", \"assessment\": " + AssessmentJson(assessment) + "}";
  }

  Result<std::string> Render(const Console& console, const Analysis& analysis) const {
    MIQ_ASSIGN(const Url url, ParseUrl(url_, Secrets::kResolve));
    MIQ_ASSIGN(const Assessment assessment, assessment_.Assess(analysis, url));
    if (console.json() || format_ == "json") return Document(analysis.profile, assessment);
    if (format_ == "html") return RenderAssessmentHtml(assessment);
    const bool terminal = !output_ && console.colour_out();
    return ProfileText(analysis.profile, terminal) + "\n" + AssessmentText(assessment);
  }

  Status Show(const Console& console, const Analysis& analysis) const {
    MIQ_ASSIGN(const std::string text, Render(console, analysis));
    return WriteOutput(console, output_, text);
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
