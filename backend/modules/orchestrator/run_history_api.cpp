#include "base/errors/api.hpp"
#include "base/errors/run.hpp"
#include "modules/orchestrator/report_view.hpp"
#include "modules/orchestrator/run_api.hpp"
#include "modules/orchestrator/run_view.hpp"
#include "modules/orchestrator/task_view.hpp"
#include "modules/orchestrator/throughput.hpp"

namespace migrateiq::orchestrator {

namespace {

using http::Context;
using http::Method;

struct TaskView {
  std::string task_id, run_id, kind, state;
  std::optional<std::string> worker;
  int64_t attempt = 0, epoch = 0;
  std::optional<int64_t> chunks, rows;  ///< of a run that several workers share: what this one loaded
  Moment created_at;
  std::optional<Moment> started_at, finished_at;
  std::optional<projects::FaultView> error;
};
BOOST_DESCRIBE_STRUCT(TaskView, (),
                      (task_id, run_id, kind, state, worker, attempt, epoch, chunks, rows, created_at, started_at,
                       finished_at, error))

struct TaskList {
  std::vector<TaskView> items;
};
BOOST_DESCRIBE_STRUCT(TaskList, (), (items))

struct RunEventView {
  int64_t sequence = 0;
  std::string at, level, text;
  std::optional<std::string> task_id;
};
BOOST_DESCRIBE_STRUCT(RunEventView, (), (sequence, at, level, text, task_id))

struct RunEventQuery {
  std::optional<Text<1, 16>> level;
  std::optional<Text<1, 64>> task_id;
  std::optional<Text<1, 200>> search;
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(RunEventQuery, (), (level, task_id, search, limit, cursor))

/// What a run did, and what came of it.
class RunHistoryApi {
 public:
  explicit RunHistoryApi(ApiParts parts) : parts_(std::move(parts)) {}

  Result<TaskList> Tasks(http::Context& context) const {
    MIQ_ASSIGN(const RunJob run, LoadRun(context, parts_.runs, "runs.read"));
    MIQ_ASSIGN(const std::vector<Task> found, parts_.store.ReadFor<std::vector<Task>>(
                                                  store::Scope::Tenant(run.tenant_id), [&](store::Session& session) {
                                                    return tasks::OfRun(session, run.tenant_id, run.run_id);
                                                  }));
    TaskList list;
    for (const Task& task : found) list.items.push_back(TaskAs<TaskView>(task));
    return list;
  }

  Result<Page<RunEventView>> Events(http::Context& context, const RunEventQuery& query) const {
    MIQ_ASSIGN(const RunJob run, LoadRun(context, parts_.runs, "runs.read"));
    const core::PageRequest page = core::PageOf(query);
    int64_t after = 0;
    if (!page.cursor.empty()) {
      MIQ_ASSIGN(const auto parts, core::DecodeCursor(page.cursor, 1));
      after = std::strtoll(parts.front().c_str(), nullptr, 10);
    }
    MIQ_ASSIGN(const std::vector<RunEvent> events, EventsOf(run));
    Page<RunEventView> result;
    for (size_t index = static_cast<size_t>(after); index < events.size(); ++index) {
      const RunEvent& event = events[index];
      if (query.level && event.level != *query.level) continue;
      if (query.task_id && event.task_id != *query.task_id) continue;
      if (query.search && event.text.find(*query.search) == std::string::npos) continue;
      if (static_cast<int64_t>(result.items.size()) == page.limit) {
        result.next = core::EncodeCursor({std::to_string(result.items.back().sequence)});
        break;
      }
      result.items.push_back({.sequence = static_cast<int64_t>(index) + 1,
                              .at = event.at,
                              .level = event.level,
                              .text = event.text,
                              .task_id = core::Given(event.task_id)});
    }
    return result;
  }

  /// The history as one text, to keep or to send.
  Status Logs(http::Context& context) const {
    MIQ_ASSIGN(const RunJob run, LoadRun(context, parts_.runs, "runs.read"));
    MIQ_ASSIGN(const std::vector<RunEvent> events, EventsOf(run));
    std::string text;
    for (const RunEvent& event : events) text += event.at + " " + event.level + " " + event.text + "\n";
    context.response.content_type = "text/plain; charset=utf-8";
    context.response.headers.Set("Content-Disposition", "attachment; filename=\"run-" + run.run_id + ".log\"");
    context.response.body = std::move(text);
    return {};
  }

  /// Rows that differ are data: whoever may not see quarantined rows does not see them either.
  Result<RunReportView> Report(http::Context& context) const {
    MIQ_ASSIGN(const RunJob run, LoadRun(context, parts_.runs, "runs.read"));
    if (parts_.runs.KindOf(run) != nullptr) return AnswerOf(run);
    MIQ_ASSIGN(const auto records, parts_.records(run.tenant_id));
    const auto record = records->FindRun(run.run_id);
    if (!record || record->report.empty()) return NoReport(run);
    MIQ_ASSIGN(const RunReport report, ReportFromJson(record->report));
    RunReportView view = orchestrator::ViewOf(report);
    if (!context.require("quarantine.read", run.project_id)) view.differences.clear();
    return view;
  }

  Result<ThroughputList> Throughput(http::Context& context) const {
    MIQ_ASSIGN(const RunJob run, LoadRun(context, parts_.runs, "runs.read"));
    MIQ_ASSIGN(const auto points, parts_.store.ReadFor<std::vector<ThroughputPoint>>(
                                      store::Scope::Tenant(run.tenant_id), [&](store::Session& session) {
                                        return throughput::OfRun(session, run.tenant_id, run.run_id);
                                      }));
    return ThroughputList{.items = throughput::Rates(points, run.started_at)};
  }

 private:
  Result<std::vector<RunEvent>> EventsOf(const RunJob& run) const {
    if (parts_.runs.KindOf(run) != nullptr) return parts_.runs.EventsOfJob(run);
    MIQ_ASSIGN(const auto records, parts_.records(run.tenant_id));
    return records->ListEvents(run.run_id);
  }

  static std::unexpected<Error> NoReport(const RunJob& run) {
    return Fail(codes::kApiState, "run " + run.run_id + " has no report yet: it is " + std::string(Word(run.state)));
  }

  static Result<RunReportView> AnswerOf(const RunJob& job) {
    auto answer = core::GivenJson(job.answer);
    if (!answer) return NoReport(job);
    return ViewOfAnswer(job, std::move(*answer));
  }

  ApiParts parts_;
};

}  // namespace

void AddRunHistoryRoutes(http::Router& router, ApiParts parts) {
  const auto api = std::make_shared<RunHistoryApi>(std::move(parts));  // shared by the handlers
  router.Add<Nothing, Nothing, TaskList>(
      http::Whole(RunRoute(Method::kGet, "runs/{run_id}/tasks", "listRunTasks",
                           "The run's tasks and who carries them out.", "runs.read")),
      [api](Context& c, const Nothing&, const Nothing&) { return api->Tasks(c); });
  router.Add<Nothing, RunEventQuery, Page<RunEventView>>(
      RunRoute(Method::kGet, "runs/{run_id}/events", "listRunEvents", "The run's history, line by line; searchable.",
               "runs.read"),
      [api](Context& c, const Nothing&, const RunEventQuery& query) { return api->Events(c, query); });
  router.AddRaw(http::Answering(RunRoute(Method::kGet, "runs/{run_id}/logs", "getRunLogs",
                                         "The run's whole history as text.", "runs.read"),
                                "text/plain"),
                [api](Context& c) { return api->Logs(c); });
  router.Add<Nothing, Nothing, RunReportView>(
      RunRoute(Method::kGet, "runs/{run_id}/report", "getRunReport", "The final report, as the command line prints it.",
               "runs.read"),
      [api](Context& c, const Nothing&, const Nothing&) { return api->Report(c); });
  router.Add<Nothing, Nothing, ThroughputList>(
      http::Whole(RunRoute(Method::kGet, "runs/{run_id}/throughput", "getRunThroughput",
                           "How fast the run went, at a few hundred moments at most.", "runs.read")),
      [api](Context& c, const Nothing&, const Nothing&) { return api->Throughput(c); });
}

}  // namespace migrateiq::orchestrator
