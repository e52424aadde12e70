#include "modules/analyzer/analysis_job.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <chrono>
#include <mutex>
#include <thread>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "modules/analyzer/analysis_request.hpp"
#include "modules/analyzer/assessing.hpp"
#include "pipeline/profile/analysis.hpp"
#include "pipeline/suite/count_rules.hpp"

namespace migrateiq::analyzer {

namespace {

/// The server does other things too.
constexpr unsigned kMostReaders = 4;
constexpr std::chrono::milliseconds kTellEvery{250};

/// Rows of all tables, told a few times a second.
class ProgressTeller : public ProfileObserver {
 public:
  explicit ProgressTeller(projects::JobContext& job) : job_(job) {}

  void OnPhase(const std::string& phase) override {
    const std::lock_guard lock(mutex_);
    progress_.phase = phase;
    Tell(true);
  }
  void OnTables(const std::vector<std::string>& names, const std::vector<int64_t>& rows_expected) override {
    const std::lock_guard lock(mutex_);
    tables_ = names.size();
    progress_.unit = "rows";
    progress_.total = 0;
    for (const int64_t rows : rows_expected)
      progress_.total = rows < 0 || progress_.total < 0 ? -1 : progress_.total + rows;
    job_.Say("info", fmt::format("looks at {} tables", names.size()));
  }
  void OnRows(size_t, int64_t rows, int64_t) override {
    const std::lock_guard lock(mutex_);
    progress_.done += rows;
    Tell(false);
  }
  void OnTableDone(size_t) override {
    const std::lock_guard lock(mutex_);
    ++tables_done_;
    Tell(false);
  }

 private:
  void Tell(bool at_once) {
    const auto now = std::chrono::steady_clock::now();
    if (!at_once && now - told_ < kTellEvery) return;
    told_ = now;
    if (tables_ > 0) progress_.detail = fmt::format("{} of {} tables", tables_done_, tables_);
    job_.Progress(progress_);
  }

  projects::JobContext& job_;
  std::mutex mutex_;  ///< guards what follows
  projects::JobProgress progress_;
  size_t tables_ = 0, tables_done_ = 0;
  std::chrono::steady_clock::time_point told_{};
};

Result<AnalysisRequest> RequestFor(AnalyzerServices& services, projects::JobContext& job, const AnalysisRow& row) {
  MIQ_ASSIGN(const projects::ConnectionRow connection, services.connections.Get(row.tenant_id, row.connection_id));
  MIQ_ASSIGN(const std::string url,
             services.connections.Open(row.tenant_id, connection, projects::ConnectionUse::kSource));
  AnalysisRequest request{.include = row.options.tables, .exclude = row.options.exclude};
  MIQ_ASSIGN(request.url, ParseUrl(url, Secrets::kRefuse));
  request.options.full = row.options.full;
  if (row.options.sample_rows > 0) request.options.sample_rows = row.options.sample_rows;
  request.options.workers = static_cast<int>(std::min(kMostReaders, std::max(1U, std::thread::hardware_concurrency())));
  request.options.stop = job.stop();
  return request;
}

void SayFailures(projects::JobContext& job, const Profile& profile) {
  for (const ProfileFailure& failure : profile.failures)
    job.Say("warning", "table " + failure.table + " could not be read: " + failure.message + " " + failure.code);
}

Status CountRulesOf(const AnalysisRow& row, const AnalysisRequest& request, projects::JobContext& job,
                    Profile& profile) {
  if (!row.options.rules) return {};
  MIQ_ASSIGN(const Suite rules, RulesOf(*row.options.rules));
  job.Progress({.phase = "checking rules", .done = 0, .unit = "rows"});
  return CountRules(rules, request, profile);
}

std::string AnswerOf(const Profile& profile) {
  return JsonText(boost::json::object{{"tables", profile.tables.size()}, {"failures", profile.failures.size()}});
}

Result<std::string> CarryOut(AnalyzerServices& services, projects::JobContext& job) {
  MIQ_ASSIGN(const AnalysisDetail detail, services.analyses.Get(job.tenant_id(), job.job_id()));
  MIQ_ASSIGN(const AnalysisRequest request, RequestFor(services, job, detail.row));
  ProgressTeller teller(job);
  MIQ_ASSIGN(Analysis analysis, Analyze(request, teller));
  SayFailures(job, analysis.profile);
  MIQ_TRY(CountRulesOf(detail.row, request, job, analysis.profile));
  analysis.profile.source = detail.row.connection;  // the address that was used is nobody's business
  job.Progress({.phase = "assessing", .done = 0, .unit = "rows"});
  MIQ_ASSIGN(Assessment assessment, AssessFor(analysis, {.scheme = request.url.scheme,
                                                         .connection = detail.row.connection,
                                                         .target = detail.row.options.target,
                                                         .now = services.clock.Now()}));
  const std::string answer = AnswerOf(analysis.profile);
  MIQ_TRY(services.analyses.Finish(job, {.profile = std::move(analysis.profile), .assessment = std::move(assessment)}));
  return answer;
}

}  // namespace

projects::JobKind AnalyzeKind(AnalyzerServices& services) {
  return {
      .name = kAnalyzeJob,
      .noun = "analysis",
      .read_permission = kReadPermission,
      .act_permission = kWritePermission,
      .link = "/analyses/",
      .topic = {.event = "analysis", .id_name = "analysis_id"},
      .carry_out = [&services](projects::JobContext& job) { return CarryOut(services, job); },
      .changed = [&services](const projects::JobView& job) { services.analyses.Announce(job); },
      .check_subject = [&services](const std::string& tenant_id, const std::string& subject) -> Result<std::string> {
        MIQ_ASSIGN(const NewAnalysis wanted, WantedBySubject(subject));
        MIQ_TRY(services.analyses.Check(tenant_id, wanted));
        return wanted.project_id;
      },
      .start = [&services](const core::Actor& actor, const std::string& subject,
                           const std::string& schedule_id) -> Result<std::string> {
        MIQ_ASSIGN(NewAnalysis wanted, WantedBySubject(subject));
        wanted.schedule_id = schedule_id;
        MIQ_ASSIGN(const AnalysisDetail begun, services.analyses.Start(actor, wanted));
        return begun.row.analysis_id;
      }};
}

}  // namespace migrateiq::analyzer
