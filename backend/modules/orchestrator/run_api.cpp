#include "modules/orchestrator/run_api.hpp"

#include <boost/json.hpp>
#include <set>

#include "base/errors/api.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "modules/core/answer_values.hpp"
#include "modules/orchestrator/local_runs.hpp"
#include "modules/orchestrator/report_view.hpp"
#include "modules/orchestrator/run_watch.hpp"
#include "modules/orchestrator/throughput.hpp"
#include "modules/orchestrator/unobserved.hpp"
#include "modules/projects/job_view.hpp"
#include "pipeline/run/engine.hpp"

namespace migrateiq::orchestrator {

BOOST_DESCRIBE_ENUM(RunState, queued, running, paused, succeeded, failed, cancelled, undone)

namespace {

namespace json = boost::json;

enum class RunKind { run, rehearse, verify };
BOOST_DESCRIBE_ENUM(RunKind, run, rehearse, verify)
enum class VerifyDepth { counts, checksum, diff };
BOOST_DESCRIBE_ENUM(VerifyDepth, counts, checksum, diff)

struct StartRun {
  Text<1, 64> plan_id;
  std::optional<RunKind> kind;
  std::optional<Number<0, 1000000000>> plan_version;
  std::optional<Text<1, 200>> name;
  std::optional<Number<0, 100>> priority;
  std::optional<Number<0, 2592000>> timeout_seconds;
  std::optional<Number<1, 20>> max_attempts;
  std::optional<Moment> not_before;
  std::vector<Text<1, 64>> depends_on;
  std::optional<Number<0, 1000000000>> sample_rows;
  std::optional<VerifyDepth> level;
  std::optional<bool> repair;  ///< of a verification: compare every row, and keep the statements that would mend it
  std::optional<bool> confirm;
};
BOOST_DESCRIBE_STRUCT(StartRun, (),
                      (plan_id, kind, plan_version, name, priority, timeout_seconds, max_attempts, not_before,
                       depends_on, sample_rows, level, repair, confirm))

struct RunView {
  std::string run_id, project_id, plan_id;
  int64_t plan_version = 0;
  std::string kind, name;
  RunState state = RunState::queued;
  std::optional<std::string> waiting_for, result, pending;
  int64_t priority = 0;
  std::string requested_by, requested_by_name;
  Moment created_at;
  std::optional<Moment> started_at, finished_at, not_before, approved_at;
  int64_t timeout_seconds = 0, attempt = 0, max_attempts = 0;
  bool needs_approval = false;
  std::optional<std::string> approved_by, approved_by_name, schedule_id;
  std::string source_connection_id, target_connection_id;
  std::vector<std::string> depends_on;
  bool accepted = false;
  std::optional<std::string> asked_to;
  std::optional<projects::FaultView> error;
  std::optional<RunProgressView> progress;
  std::optional<RunFigures> figures;  ///< of a run that wrote, with what is unusual about them
  int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(RunView, (),
                      (run_id, project_id, plan_id, plan_version, kind, name, state, waiting_for, result, pending,
                       priority, requested_by, requested_by_name, created_at, started_at, finished_at, not_before,
                       approved_at, timeout_seconds, attempt, max_attempts, needs_approval, approved_by,
                       approved_by_name, schedule_id, source_connection_id, target_connection_id, depends_on, accepted,
                       asked_to, error, progress, figures, version))

struct RunListQuery {
  std::optional<Text<1, 64>> project_id, plan_id, schedule_id;
  std::optional<RunState> state;
  std::optional<Text<1, 32>> kind;  ///< run, rehearse, verify, local (of the command line), or a job's; absent: no jobs
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(RunListQuery, (), (project_id, plan_id, schedule_id, state, kind, limit, cursor))

struct ConfirmAction {
  std::optional<bool> confirm;
};
BOOST_DESCRIBE_STRUCT(ConfirmAction, (), (confirm))

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

struct RunPreviewQuery {
  Text<1, 64> plan_id;
  std::optional<Number<0, 1000000000>> plan_version;
};
BOOST_DESCRIBE_STRUCT(RunPreviewQuery, (), (plan_id, plan_version))

struct RunPreviewView {
  std::vector<std::string> creates, replaces, truncates, appends, upserts, warnings;
  bool destructive = false, needs_approval = false;
};
BOOST_DESCRIBE_STRUCT(RunPreviewView, (),
                      (creates, replaces, truncates, appends, upserts, warnings, destructive, needs_approval))

struct UndoPreviewView {
  std::vector<std::string> drops, restores;
};
BOOST_DESCRIBE_STRUCT(UndoPreviewView, (), (drops, restores))

using core::Given;
using core::WordOf;

RunView ViewOf(const RunJob& run) {
  return {.run_id = run.run_id,
          .project_id = run.project_id,
          .plan_id = run.plan_id,
          .plan_version = run.plan_version,
          .kind = run.kind,
          .name = run.name,
          .state = run.state,
          .waiting_for = Given(run.waiting_for),
          .result = Given(run.result),
          .pending = Given(run.pending),
          .priority = run.priority,
          .requested_by = run.requested_by,
          .requested_by_name = run.requested_by_name,
          .created_at = {run.created_at},
          .started_at = Given(run.started_at),
          .finished_at = Given(run.finished_at),
          .not_before = run.not_before > 0 ? std::optional(Moment{run.not_before}) : std::nullopt,
          .approved_at = Given(run.approved_at),
          .timeout_seconds = run.timeout_seconds,
          .attempt = run.attempt,
          .max_attempts = run.max_attempts,
          .needs_approval = run.needs_approval,
          .approved_by = Given(run.approved_by),
          .approved_by_name = Given(run.approved_by_name),
          .schedule_id = Given(run.schedule_id),
          .source_connection_id = run.source_connection_id,
          .target_connection_id = run.target_connection_id,
          .depends_on = run.depends_on,
          .accepted = run.accepted,
          .asked_to = Given(run.control),
          .error = projects::StoredView<projects::FaultView>(run.error),
          .progress = projects::StoredView<RunProgressView>(run.progress),
          .figures = run.kind == "run" ? FiguresFrom(run.answer) : std::nullopt,
          .version = run.version};
}

TaskView ViewOf(const Task& task) {
  return {.task_id = task.task_id,
          .run_id = task.run_id,
          .kind = task.kind,
          .state = task.state,
          .worker = Given(task.owner),
          .attempt = task.attempt,
          .epoch = task.epoch,
          .chunks = task.chunks > 0 ? std::optional(task.chunks) : std::nullopt,
          .rows = task.chunks > 0 ? std::optional(task.rows_loaded) : std::nullopt,
          .created_at = {task.created_at},
          .started_at = Given(task.started_at),
          .finished_at = Given(task.finished_at),
          .error = projects::StoredView<projects::FaultView>(task.error)};
}

std::string OptionsOf(const StartRun& request) {
  json::object options;
  if (request.sample_rows) options["sample_rows"] = static_cast<int64_t>(*request.sample_rows);
  if (request.level) options["level"] = WordOf(request.level);
  if (request.repair.value_or(false)) options["repair"] = true;
  return JsonText(options);
}

/// Of jobs, their kinds say what they need.
std::string PermissionFor(const projects::JobKind* kind, std::string_view of_runs) {
  if (kind != nullptr && of_runs == "runs.read") return kind->read_permission;
  if (kind != nullptr && of_runs == "runs.start") return kind->act_permission;
  return std::string(of_runs);
}

class RunApi {
 public:
  explicit RunApi(ApiParts parts) : parts_(std::move(parts)) {}

  Result<RunView> Start(http::Context& context, const StartRun& request) const {
    const std::string& tenant = context.principal.tenant_id;
    MIQ_ASSIGN(const projects::RunnablePlan plan,
               parts_.plans.Resolve(tenant, request.plan_id, request.plan_version.value_or(Number<0, 1000000000>{})));
    MIQ_TRY(context.require("runs.start", plan.project_id));
    const bool repair = request.repair.value_or(false);
    if (repair && WordOf(request.kind, "run") != "verify")
      return Fail(Error(codes::kApiField, "only a verification makes statements of repair").At("/repair"));
    MIQ_ASSIGN(const RunJob run,
               parts_.runs.Start(core::ActorOf(context),
                                 {.plan_id = request.plan_id,
                                  .plan_version = plan.version,
                                  .kind = WordOf(request.kind, "run"),
                                  .name = request.name.value_or(""),
                                  .priority = request.priority.value_or(Number<0, 100>{}),
                                  .timeout_seconds = request.timeout_seconds.value_or(Number<0, 2592000>{}),
                                  .max_attempts = request.max_attempts.value_or(Number<1, 20>{3}),
                                  .not_before = request.not_before.value_or(Moment{}).micros,
                                  .depends_on = {request.depends_on.begin(), request.depends_on.end()},
                                  .options = OptionsOf(request),
                                  .repair = repair,
                                  .confirmed = request.confirm.value_or(false)}));
    context.response.headers.Set("Location", "/api/v1/runs/" + run.run_id);
    return Show(context, run);
  }

  Result<RunJob> Load(http::Context& context, std::string_view permission) const {
    MIQ_ASSIGN(RunJob run, parts_.runs.Find(context.principal.tenant_id, context.Path("run_id")));
    MIQ_TRY(context.require(PermissionFor(parts_.runs.KindOf(run), permission), run.project_id));
    return run;
  }

  Result<RunView> Show(http::Context& context, const RunJob& run) const {
    context.SetVersion(run.version);
    return ViewOf(run);
  }

  Result<RunView> Get(http::Context& context) const {
    MIQ_ASSIGN(const RunJob run, Load(context, "runs.read"));
    return Show(context, run);
  }

  /// Without the permission in the tenant, a list is possible for one project where it is granted.
  Result<Page<RunView>> List(http::Context& context, const RunListQuery& query,
                             const std::string& waiting_for = "") const {
    const std::string kind = query.kind.value_or("");
    MIQ_TRY(CheckKind(kind));
    MIQ_TRY(context.require(PermissionFor(parts_.runs.FindKind(kind), "runs.read"), query.project_id.value_or("")));
    const core::PageRequest page = core::PageOf(query);
    MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
    MIQ_ASSIGN(const std::vector<RunJob> runs,
               parts_.runs.List(context.principal.tenant_id, {.project_id = query.project_id.value_or(""),
                                                              .plan_id = query.plan_id.value_or(""),
                                                              .state = WordOf(query.state),
                                                              .kind = kind,
                                                              .schedule_id = query.schedule_id.value_or(""),
                                                              .waiting_for = waiting_for,
                                                              .after = after,
                                                              .limit = page.limit + 1}));
    return core::MakePage<RunView, RunJob>(runs, page.limit, &ViewOf,
                                           [](const RunJob& run) { return core::IdCursor(run.run_id); });
  }

  Result<RunView> Act(http::Context& context, RunAction action, const char* permission, bool confirmed) const {
    MIQ_ASSIGN(const RunJob before, Load(context, permission));
    const bool needs_confirmation = action == RunAction::kUndo || action == RunAction::kAccept;
    if (needs_confirmation && !confirmed)
      return Fail(Error(codes::kRunConfirm,
                        action == RunAction::kUndo ? "undo drops what the run created" : "accept makes undo impossible")
                      .At("/confirm")
                      .Fix("Look at GET /api/v1/runs/{run_id}/undo-preview, then send \"confirm\": true."));
    MIQ_ASSIGN(const RunJob run, parts_.runs.Act(core::ActorOf(context), before.run_id, action));
    return Show(context, run);
  }

  Result<TaskList> Tasks(http::Context& context) const {
    MIQ_ASSIGN(const RunJob run, Load(context, "runs.read"));
    MIQ_ASSIGN(const std::vector<Task> found, parts_.store.ReadFor<std::vector<Task>>(
                                                  store::Scope::Tenant(run.tenant_id), [&](store::Session& session) {
                                                    return tasks::OfRun(session, run.tenant_id, run.run_id);
                                                  }));
    TaskList list;
    for (const Task& task : found) list.items.push_back(ViewOf(task));
    return list;
  }

  Result<Page<RunEventView>> Events(http::Context& context, const RunEventQuery& query) const {
    MIQ_ASSIGN(const RunJob run, Load(context, "runs.read"));
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
    MIQ_ASSIGN(const RunJob run, Load(context, "runs.read"));
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
    MIQ_ASSIGN(const RunJob run, Load(context, "runs.read"));
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
    MIQ_ASSIGN(const RunJob run, Load(context, "runs.read"));
    MIQ_ASSIGN(const auto points, parts_.store.ReadFor<std::vector<ThroughputPoint>>(
                                      store::Scope::Tenant(run.tenant_id), [&](store::Session& session) {
                                        return throughput::OfRun(session, run.tenant_id, run.run_id);
                                      }));
    return ThroughputList{.items = throughput::Rates(points, run.started_at)};
  }

  Result<RunPreviewView> Preview(http::Context& context, const RunPreviewQuery& query) const {
    const std::string& tenant = context.principal.tenant_id;
    MIQ_ASSIGN(const projects::RunnablePlan plan,
               parts_.plans.Resolve(tenant, query.plan_id, query.plan_version.value_or(Number<0, 1000000000>{})));
    MIQ_TRY(context.require("runs.start", plan.project_id));
    MIQ_ASSIGN(const auto records, parts_.records(tenant));
    Unobserved observer;
    EngineContext engine{.store = *records, .observer = observer, .stop = {}, .secrets = Secrets::kRefuse};
    MIQ_ASSIGN(const migrateiq::Preview preview, PreviewRun(plan.plan, engine));
    return RunPreviewView{.creates = preview.creates,
                          .replaces = preview.replaces,
                          .truncates = preview.truncates,
                          .appends = preview.appends,
                          .upserts = preview.upserts,
                          .warnings = preview.warnings,
                          .destructive = preview.Destructive(),
                          .needs_approval = plan.target_is_production};
  }

  Result<UndoPreviewView> PreviewOfUndo(http::Context& context) const {
    MIQ_ASSIGN(const RunJob run, Load(context, "runs.undo"));
    MIQ_TRY(CheckActsHere(run));
    MIQ_ASSIGN(const projects::RunnablePlan plan, parts_.plans.Resolve(run.tenant_id, run.plan_id, run.plan_version));
    MIQ_ASSIGN(const auto records, parts_.records(run.tenant_id));
    Unobserved observer;
    EngineContext engine{.store = *records, .observer = observer, .stop = {}, .secrets = Secrets::kRefuse};
    MIQ_ASSIGN(const UndoPreview preview, PreviewUndo(plan.plan, run.run_id, engine));
    return UndoPreviewView{.drops = preview.drops, .restores = preview.restores};
  }

 private:
  Status CheckKind(const std::string& kind) const {
    static const std::set<std::string> kRunKinds{"", "run", "rehearse", "verify", kLocalRun};
    if (kRunKinds.contains(kind) || parts_.runs.FindKind(kind) != nullptr) return {};
    return Fail(Error(codes::kApiField, "there is no kind '" + kind + "'").At("/kind"));
  }

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

using http::Access;
using http::Context;
using http::Method;

struct ActionRoute {
  RunAction action;
  const char *path, *name, *permission, *summary;
};

constexpr ActionRoute kActions[] = {
    {RunAction::kPause, "pause", "pauseRun", "runs.start",
     "Stop at the next border of a chunk; resume goes on from there."},
    {RunAction::kResume, "resume", "resumeRun", "runs.start", "Go on with a paused run."},
    {RunAction::kCancel, "cancel", "cancelRun", "runs.start", "End a run; what is committed stays until undo."},
    {RunAction::kRetry, "retry", "retryRun", "runs.start",
     "Try a failed or cancelled run again; committed chunks are kept."},
    {RunAction::kUndo, "undo", "undoRun", "runs.undo", "Take back what a run created or replaced."},
    {RunAction::kAccept, "accept", "acceptRun", "runs.undo",
     "Drop kept-aside tables, journal and ledger; undo is impossible afterwards."},
    {RunAction::kApprove, "approve", "approveRun", "runs.approve",
     "Let what waits for approval begin; not by who asked for it."},
    {RunAction::kReject, "reject", "rejectRun", "runs.approve", "Refuse what waits for approval."},
};

}  // namespace

void AddRunRoutes(http::Router& router, ApiParts parts) {
  const auto api = std::make_shared<RunApi>(std::move(parts));  // shared by the handlers
  const auto route = [](Method method, const std::string& path, const char* name, const char* summary,
                        const char* permission) {
    return http::Route{.method = method,
                       .path = "/api/v1/" + path,
                       .name = name,
                       .tag = "runs",
                       .summary = summary,
                       .access = Access::kInHandler,
                       .permission = permission};
  };
  router.Add<StartRun, Nothing, RunView>(
      route(Method::kPost, "runs", "startRun", "Start a run, a rehearsal or a verification of a stored plan.",
            "runs.start"),
      [api](Context& c, const StartRun& body, const Nothing&) { return api->Start(c, body); });
  router.Add<Nothing, RunListQuery, Page<RunView>>(
      route(Method::kGet, "runs", "listRuns", "Runs, newest first; with the kind of a job, such jobs.", "runs.read"),
      [api](Context& c, const Nothing&, const RunListQuery& query) { return api->List(c, query); });
  router.Add<Nothing, RunPreviewQuery, RunPreviewView>(
      route(Method::kGet, "runs/preview", "previewRun", "What a run of the plan would create, replace and truncate.",
            "runs.start"),
      [api](Context& c, const Nothing&, const RunPreviewQuery& query) { return api->Preview(c, query); });
  router.Add<Nothing, Nothing, RunView>(
      route(Method::kGet, "runs/{run_id}", "getRun", "One run, with its last progress.", "runs.read"),
      [api](Context& c, const Nothing&, const Nothing&) { return api->Get(c); });
  router.Add<Nothing, Nothing, TaskList>(http::Whole(route(Method::kGet, "runs/{run_id}/tasks", "listRunTasks",
                                                           "The run's tasks and who carries them out.", "runs.read")),
                                         [api](Context& c, const Nothing&, const Nothing&) { return api->Tasks(c); });
  router.Add<Nothing, RunEventQuery, Page<RunEventView>>(
      route(Method::kGet, "runs/{run_id}/events", "listRunEvents", "The run's history, line by line; searchable.",
            "runs.read"),
      [api](Context& c, const Nothing&, const RunEventQuery& query) { return api->Events(c, query); });
  router.AddRaw(http::Answering(route(Method::kGet, "runs/{run_id}/logs", "getRunLogs",
                                      "The run's whole history as text.", "runs.read"),
                                "text/plain"),
                [api](Context& c) { return api->Logs(c); });
  router.Add<Nothing, Nothing, RunReportView>(
      route(Method::kGet, "runs/{run_id}/report", "getRunReport", "The final report, as the command line prints it.",
            "runs.read"),
      [api](Context& c, const Nothing&, const Nothing&) { return api->Report(c); });
  router.Add<Nothing, Nothing, ThroughputList>(
      http::Whole(route(Method::kGet, "runs/{run_id}/throughput", "getRunThroughput",
                        "How fast the run went, at a few hundred moments at most.", "runs.read")),
      [api](Context& c, const Nothing&, const Nothing&) { return api->Throughput(c); });
  router.Add<Nothing, Nothing, UndoPreviewView>(
      route(Method::kGet, "runs/{run_id}/undo-preview", "previewUndo", "What undo would drop and restore.",
            "runs.undo"),
      [api](Context& c, const Nothing&, const Nothing&) { return api->PreviewOfUndo(c); });
  router.Add<Nothing, RunListQuery, Page<RunView>>(
      route(Method::kGet, "approvals", "listApprovals", "Runs that wait for a second person.", "runs.read"),
      [api](Context& c, const Nothing&, const RunListQuery& query) {
        return api->List(c, query, std::string(kWaitsForApproval));
      });
  for (const ActionRoute& action : kActions) {
    http::Route declared = route(Method::kPost, std::string("runs/{run_id}/") + action.path, action.name,
                                 action.summary, action.permission);
    declared.success = 202;
    router.Add<ConfirmAction, Nothing, RunView>(
        std::move(declared), [api, action](Context& c, const ConfirmAction& body, const Nothing&) {
          return api->Act(c, action.action, action.permission, body.confirm.value_or(false));
        });
  }
}

}  // namespace migrateiq::orchestrator
