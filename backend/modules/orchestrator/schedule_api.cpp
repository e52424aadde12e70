#include <set>

#include "base/errors/api.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "base/random.hpp"
#include "modules/core/answer_values.hpp"
#include "modules/orchestrator/cron.hpp"
#include "modules/orchestrator/run_api.hpp"

namespace migrateiq::orchestrator {

namespace {

namespace json = boost::json;

enum class ScheduledKind { run, rehearse, verify };
BOOST_DESCRIBE_ENUM(ScheduledKind, run, rehearse, verify)
enum class MissedMoments { once, skip };
BOOST_DESCRIBE_ENUM(MissedMoments, once, skip)
enum class OverlappingRuns { skip, allow };
BOOST_DESCRIBE_ENUM(OverlappingRuns, skip, allow)
enum class WindowMode { allow, deny };
BOOST_DESCRIBE_ENUM(WindowMode, allow, deny)

struct CreateSchedule {
  std::optional<Text<1, 64>> plan_id;  ///< of runs
  Text<1, 200> name;
  std::optional<Text<1, 32>> kind;     ///< run (when absent), rehearse, verify; or a job's kind, with its subject
  std::optional<json::value> subject;  ///< of jobs: an object that says what is to be done, as their own POST takes it
  std::optional<Text<1, 100>> cron;
  std::optional<Text<1, 64>> time_zone;
  std::optional<Moment> once_at;
  std::optional<MissedMoments> missed;     ///< once: one run makes up for moments at which no scheduler ran
  std::optional<OverlappingRuns> overlap;  ///< skip: a moment is left out while the last run is not over
  std::optional<bool> enabled, confirm;
};
BOOST_DESCRIBE_STRUCT(CreateSchedule, (),
                      (plan_id, name, kind, subject, cron, time_zone, once_at, missed, overlap, enabled, confirm))

struct ChangeSchedule {
  std::optional<Text<1, 200>> name;
  std::optional<ScheduledKind> kind;
  std::optional<Text<1, 100>> cron;
  std::optional<Text<1, 64>> time_zone;
  std::optional<Moment> once_at;
  std::optional<MissedMoments> missed;
  std::optional<OverlappingRuns> overlap;
  std::optional<bool> enabled, confirm;
};
BOOST_DESCRIBE_STRUCT(ChangeSchedule, (), (name, kind, cron, time_zone, once_at, missed, overlap, enabled, confirm))

struct ScheduleView {
  std::string schedule_id, project_id, plan_id, name, kind;
  std::optional<json::value> subject;
  std::optional<std::string> cron, time_zone;
  std::optional<Moment> once_at, next_at, last_at;
  std::string missed, overlap;
  bool enabled = true, confirmed = false;
  std::optional<std::string> last_run_id, last_error;
  std::string acts_for, acts_for_name;  ///< who made it, or changed it last
  int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(ScheduleView, (),
                      (schedule_id, project_id, plan_id, name, kind, subject, cron, time_zone, once_at, next_at,
                       last_at, missed, overlap, enabled, confirmed, last_run_id, last_error, acts_for, acts_for_name,
                       version))

struct ScheduleQuery {
  std::optional<Text<1, 64>> project_id;
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(ScheduleQuery, (), (project_id, limit, cursor))

struct CreateWindow {
  std::optional<Text<1, 64>> connection_id;  ///< absent: all of the tenant's
  Text<1, 200> name;
  WindowMode mode = WindowMode::allow;
  Text<1, 100> cron;
  Text<1, 64> time_zone;
  Number<1, 10080> minutes;
};
BOOST_DESCRIBE_STRUCT(CreateWindow, (), (connection_id, name, mode, cron, time_zone, minutes))

struct ChangeWindow {
  std::optional<Text<1, 200>> name;
  std::optional<WindowMode> mode;
  std::optional<Text<1, 100>> cron;
  std::optional<Text<1, 64>> time_zone;
  std::optional<Number<1, 10080>> minutes;
};
BOOST_DESCRIBE_STRUCT(ChangeWindow, (), (name, mode, cron, time_zone, minutes))

struct WindowView {
  std::string window_id, name, mode, cron, time_zone;
  std::optional<std::string> connection_id;
  int64_t minutes = 0, version = 0;
};
BOOST_DESCRIBE_STRUCT(WindowView, (), (window_id, name, mode, cron, time_zone, connection_id, minutes, version))

struct WindowQuery {
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(WindowQuery, (), (limit, cursor))

using core::Given;
using core::WordOf;

ScheduleView ViewOfSchedule(const Schedule& s) {
  return {.schedule_id = s.schedule_id,
          .project_id = s.project_id,
          .plan_id = s.plan_id,
          .name = s.name,
          .kind = s.kind,
          .subject = core::GivenJson(s.subject),
          .cron = Given(s.cron),
          .time_zone = Given(s.time_zone),
          .once_at = Given(s.once_at),
          .next_at = Given(s.next_at),
          .last_at = Given(s.last_at),
          .missed = s.missed,
          .overlap = s.overlap,
          .enabled = s.enabled,
          .confirmed = s.confirmed,
          .last_run_id = Given(s.last_run_id),
          .last_error = Given(s.last_error),
          .acts_for = s.acts_for,
          .acts_for_name = s.acts_for_name,
          .version = s.version};
}

WindowView ViewOfWindow(const Window& w) {
  return {.window_id = w.window_id,
          .name = w.name,
          .mode = w.mode,
          .cron = w.cron,
          .time_zone = w.time_zone,
          .connection_id = Given(w.connection_id),
          .minutes = w.minutes,
          .version = w.version};
}

/// A run by itself asks nobody: what replaces or truncates tables is confirmed when the schedule is made.
Status RequireConfirmation(const Plan& plan, const Schedule& schedule) {
  if (schedule.kind != "run" || schedule.confirmed || !IsDestructive(plan)) return {};
  return Fail(Error(codes::kRunConfirm, "the plan replaces or truncates tables of the target")
                  .At("/confirm")
                  .Fix("Look at GET /api/v1/runs/preview, then send \"confirm\": true."));
}

/// Exactly one of cron and once_at; and when it is due next.
Status Complete(Schedule& schedule, Micros now) {
  if (schedule.cron.empty() == !schedule.once_at.has_value())
    return Fail(Error(codes::kApiField, "give either cron (with time_zone) or once_at").At("/cron"));
  if (schedule.once_at && *schedule.once_at <= now && schedule.enabled)
    return Fail(Error(codes::kApiField, "the moment is over").At("/once_at"));
  MIQ_ASSIGN(schedule.next_at, schedules::NextOf(schedule, now));
  if (schedule.enabled && !schedule.next_at)
    return Fail(Error(codes::kApiField, "this expression is never due").At("/cron"));
  return {};
}

/// The one change that whoever may write schedules can make without answering for the runs to come.
bool OnlySwitchesOff(const ChangeSchedule& change) {
  const bool anything_else = change.name || change.kind || change.cron || change.time_zone || change.once_at ||
                             change.missed || change.overlap || change.confirm;
  return change.enabled == false && !anything_else;
}

class ScheduleApi {
 public:
  explicit ScheduleApi(ApiParts parts) : parts_(std::move(parts)) {}

  Result<ScheduleView> Create(http::Context& context, const CreateSchedule& body) const {
    const core::Actor actor = core::ActorOf(context);
    Schedule schedule{.schedule_id = NewId(),
                      .tenant_id = actor.tenant_id,
                      .plan_id = body.plan_id.value_or(""),
                      .name = body.name,
                      .kind = body.kind.value_or("run"),
                      .cron = body.cron.value_or(""),
                      .time_zone = body.time_zone.value_or("UTC"),
                      .once_at = body.once_at ? std::optional(body.once_at->micros) : std::nullopt,
                      .missed = WordOf(body.missed, "once"),
                      .overlap = WordOf(body.overlap, "skip"),
                      .subject = body.subject ? JsonText(*body.subject) : "",
                      .confirmed = body.confirm.value_or(false),
                      .enabled = body.enabled.value_or(true),
                      .acts_for = actor.person(),
                      .acts_for_name = actor.name};
    const projects::JobKind* kind = parts_.runs.FindKind(schedule.kind);
    MIQ_TRY(kind != nullptr ? AdmitJob(context, *kind, schedule) : AdmitRun(context, schedule));
    MIQ_TRY(Complete(schedule, parts_.clock.Now()));
    MIQ_TRY(parts_.store.Write(Tenant(context), [&](store::Session& session) -> Status {
      MIQ_TRY(schedules::Insert(session, schedule));
      return core::AppendAudit(session, actor.tenant_id,
                               actor.Entry("schedule.created", "schedule", schedule.schedule_id));
    }));
    context.response.headers.Set("Location", "/api/v1/schedules/" + schedule.schedule_id);
    context.SetVersion(schedule.version);
    return ViewOfSchedule(schedule);
  }

  Result<ScheduleView> Get(http::Context& context) const {
    MIQ_ASSIGN(const Schedule schedule, Load(context));
    MIQ_TRY(context.require("runs.read", schedule.project_id));
    context.SetVersion(schedule.version);
    return ViewOfSchedule(schedule);
  }

  Result<Page<ScheduleView>> List(http::Context& context, const ScheduleQuery& query) const {
    MIQ_TRY(context.require("runs.read", query.project_id.value_or("")));
    const core::PageRequest page = core::PageOf(query);
    MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
    MIQ_ASSIGN(const std::vector<Schedule> found,
               parts_.store.ReadFor<std::vector<Schedule>>(Tenant(context), [&](store::Session& session) {
                 return schedules::List(session, context.principal.tenant_id, query.project_id.value_or(""), after,
                                        page.limit + 1);
               }));
    return core::MakePage<ScheduleView, Schedule>(found, page.limit, &ViewOfSchedule,
                                                  [](const Schedule& s) { return core::IdCursor(s.schedule_id); });
  }

  Result<ScheduleView> Change(http::Context& context, const ChangeSchedule& body) const {
    MIQ_ASSIGN(Schedule schedule, Load(context));
    MIQ_TRY(context.require("schedules.write", schedule.project_id));
    MIQ_TRY(context.RequireMatch(schedule.version));
    if (body.name) schedule.name = *body.name;
    if (body.kind && parts_.runs.FindKind(schedule.kind) != nullptr)
      return Fail(Error(codes::kApiField, "what a schedule of jobs starts is not changed: make another").At("/kind"));
    const core::Actor actor = core::ActorOf(context);
    if (!OnlySwitchesOff(body)) {
      const projects::JobKind* job = parts_.runs.FindKind(schedule.kind);
      MIQ_TRY(context.require(job != nullptr ? job->act_permission : "runs.start", schedule.project_id));
      schedule.acts_for = actor.person();
      schedule.acts_for_name = actor.name;
    }
    if (body.kind) schedule.kind = WordOf(*body.kind);
    if (body.time_zone) schedule.time_zone = *body.time_zone;
    if (body.enabled) schedule.enabled = *body.enabled;
    if (body.missed) schedule.missed = WordOf(*body.missed);
    if (body.overlap) schedule.overlap = WordOf(*body.overlap);
    if (body.confirm) schedule.confirmed = *body.confirm;
    if (body.cron) {
      schedule.cron = *body.cron;
      schedule.once_at.reset();
    }
    if (body.once_at) {
      schedule.once_at = body.once_at->micros;
      if (!body.cron) schedule.cron = "";
    }
    MIQ_TRY(Complete(schedule, parts_.clock.Now()));
    MIQ_TRY(parts_.store.Write(Tenant(context), [&](store::Session& session) -> Status {
      MIQ_ASSIGN(const Schedule now, schedules::Find(session, schedule.tenant_id, schedule.schedule_id));
      MIQ_TRY(context.RequireMatch(now.version));
      MIQ_TRY(schedules::Update(session, schedule));
      return core::AppendAudit(session, actor.tenant_id,
                               actor.Entry("schedule.changed", "schedule", schedule.schedule_id));
    }));
    MIQ_ASSIGN(schedule, Load(context));
    context.SetVersion(schedule.version);
    return ViewOfSchedule(schedule);
  }

  Result<Nothing> Delete(http::Context& context) const {
    MIQ_ASSIGN(const Schedule schedule, Load(context));
    MIQ_TRY(context.require("schedules.write", schedule.project_id));
    MIQ_TRY(context.RequireMatch(schedule.version));
    const core::Actor actor = core::ActorOf(context);
    MIQ_TRY(parts_.store.Write(Tenant(context), [&](store::Session& session) -> Status {
      MIQ_TRY(schedules::Delete(session, schedule.tenant_id, schedule.schedule_id));
      return core::AppendAudit(session, actor.tenant_id,
                               actor.Entry("schedule.deleted", "schedule", schedule.schedule_id));
    }));
    return Nothing{};
  }

 private:
  /// A run of a plan, of the plan's project.
  Status AdmitRun(const http::Context& context, Schedule& schedule) const {
    static const std::set<std::string> kRunKinds{"run", "rehearse", "verify"};
    if (!kRunKinds.contains(schedule.kind))
      return Fail(Error(codes::kApiField, "there is no kind '" + schedule.kind + "'").At("/kind"));
    if (schedule.plan_id.empty()) return Fail(Error(codes::kApiField, "a run needs a plan").At("/plan_id"));
    if (!schedule.subject.empty()) return Fail(Error(codes::kApiField, "a run is about its plan").At("/subject"));
    MIQ_ASSIGN(const projects::RunnablePlan plan, parts_.plans.Resolve(schedule.tenant_id, schedule.plan_id, 0));
    schedule.project_id = plan.project_id;
    MIQ_TRY(context.require("schedules.write", plan.project_id));
    MIQ_TRY(context.require("runs.start", plan.project_id));
    return RequireConfirmation(plan.plan, schedule);
  }

  Status AdmitJob(const http::Context& context, const projects::JobKind& kind, Schedule& schedule) const {
    if (!kind.start) return Fail(Error(codes::kApiField, "this kind has no schedules").At("/kind"));
    if (!schedule.plan_id.empty()) return Fail(Error(codes::kApiField, "only runs have a plan").At("/plan_id"));
    if (schedule.subject.empty())
      return Fail(Error(codes::kApiField, "say what is to be done, as in the POST that does it once").At("/subject"));
    MIQ_ASSIGN(schedule.project_id, kind.check_subject(schedule.tenant_id, schedule.subject));
    MIQ_TRY(context.require("schedules.write", schedule.project_id));
    return context.require(kind.act_permission, schedule.project_id);
  }

  static store::Scope Tenant(const http::Context& context) { return store::Scope::Tenant(context.principal.tenant_id); }
  Result<Schedule> Load(http::Context& context) const {
    return parts_.store.ReadFor<Schedule>(Tenant(context), [&](store::Session& session) {
      return schedules::Find(session, context.principal.tenant_id, context.Path("schedule_id"));
    });
  }
  ApiParts parts_;
};

/// A window for one connection is for one of the tenant's own.
Status CheckConnection(store::Session& session, const Window& window) {
  if (window.connection_id.empty()) return {};
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT 1 FROM connection WHERE connection_id = $1 AND tenant_id = $2", window.connection_id,
                           window.tenant_id));
  if (!rows.empty()) return {};
  return Fail(Error(codes::kApiField, "there is no connection '" + window.connection_id + "'").At("/connection_id"));
}

class WindowApi {
 public:
  explicit WindowApi(ApiParts parts) : parts_(std::move(parts)) {}

  Result<WindowView> Create(http::Context& context, const CreateWindow& body) const {
    const core::Actor actor = core::ActorOf(context);
    const Window window{.window_id = NewId(),
                        .tenant_id = actor.tenant_id,
                        .connection_id = body.connection_id.value_or(""),
                        .name = body.name,
                        .mode = WordOf(body.mode),
                        .cron = body.cron,
                        .time_zone = body.time_zone,
                        .minutes = body.minutes};
    MIQ_TRY(Cron::Parse(window.cron, window.time_zone));
    MIQ_TRY(parts_.store.Write(Tenant(context), [&](store::Session& session) -> Status {
      MIQ_TRY(CheckConnection(session, window));
      MIQ_TRY(windows::Insert(session, window));
      return core::AppendAudit(session, actor.tenant_id,
                               actor.Entry("maintenance_window.created", "maintenance_window", window.window_id));
    }));
    context.response.headers.Set("Location", "/api/v1/maintenance-windows/" + window.window_id);
    context.SetVersion(window.version);
    return ViewOfWindow(window);
  }

  Result<WindowView> Get(http::Context& context) const {
    MIQ_ASSIGN(const Window window, Load(context));
    context.SetVersion(window.version);
    return ViewOfWindow(window);
  }

  Result<Page<WindowView>> List(http::Context& context, const WindowQuery& query) const {
    const core::PageRequest page = core::PageOf(query);
    MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
    MIQ_ASSIGN(const std::vector<Window> found,
               parts_.store.ReadFor<std::vector<Window>>(Tenant(context), [&](store::Session& session) {
                 return windows::List(session, context.principal.tenant_id, after, page.limit + 1);
               }));
    return core::MakePage<WindowView, Window>(found, page.limit, &ViewOfWindow,
                                              [](const Window& w) { return core::IdCursor(w.window_id); });
  }

  Result<WindowView> Change(http::Context& context, const ChangeWindow& body) const {
    MIQ_ASSIGN(Window window, Load(context));
    if (body.name) window.name = *body.name;
    if (body.mode) window.mode = WordOf(*body.mode);
    if (body.cron) window.cron = *body.cron;
    if (body.time_zone) window.time_zone = *body.time_zone;
    if (body.minutes) window.minutes = *body.minutes;
    MIQ_TRY(Cron::Parse(window.cron, window.time_zone));
    const core::Actor actor = core::ActorOf(context);
    MIQ_TRY(parts_.store.Write(Tenant(context), [&](store::Session& session) -> Status {
      MIQ_ASSIGN(const Window now, windows::Find(session, window.tenant_id, window.window_id));
      MIQ_TRY(context.RequireMatch(now.version));
      MIQ_TRY(windows::Update(session, window));
      return core::AppendAudit(session, actor.tenant_id,
                               actor.Entry("maintenance_window.changed", "maintenance_window", window.window_id));
    }));
    MIQ_ASSIGN(window, Load(context));
    context.SetVersion(window.version);
    return ViewOfWindow(window);
  }

  Result<Nothing> Delete(http::Context& context) const {
    MIQ_ASSIGN(const Window window, Load(context));
    MIQ_TRY(context.RequireMatch(window.version));
    const core::Actor actor = core::ActorOf(context);
    MIQ_TRY(parts_.store.Write(Tenant(context), [&](store::Session& session) -> Status {
      MIQ_TRY(windows::Delete(session, window.tenant_id, window.window_id));
      return core::AppendAudit(session, actor.tenant_id,
                               actor.Entry("maintenance_window.deleted", "maintenance_window", window.window_id));
    }));
    return Nothing{};
  }

 private:
  static store::Scope Tenant(const http::Context& context) { return store::Scope::Tenant(context.principal.tenant_id); }
  Result<Window> Load(http::Context& context) const {
    return parts_.store.ReadFor<Window>(Tenant(context), [&](store::Session& session) {
      return windows::Find(session, context.principal.tenant_id, context.Path("window_id"));
    });
  }
  ApiParts parts_;
};

using http::Context;
using http::Method;

http::Route Declare(Method method, const std::string& path, const char* name, const char* tag, const char* summary,
                    const char* permission, http::Access access) {
  return {.method = method,
          .path = "/api/v1/" + path,
          .name = name,
          .tag = tag,
          .summary = summary,
          .access = access,
          .permission = permission,
          .conditional = method == Method::kPatch || method == Method::kDelete};
}

}  // namespace

void AddScheduleRoutes(http::Router& router, ApiParts parts) {
  const auto schedule = std::make_shared<ScheduleApi>(parts);  // shared by the handlers
  const auto window = std::make_shared<WindowApi>(std::move(parts));
  const auto in_handler = [](Method method, const char* path, const char* name, const char* summary,
                             const char* permission) {
    return Declare(method, path, name, "schedules", summary, permission, http::Access::kInHandler);
  };
  router.Add<CreateSchedule, Nothing, ScheduleView>(
      in_handler(Method::kPost, "schedules", "createSchedule",
                 "Let a plan run, or a job be done, by itself: by cron expression or once.", "schedules.write"),
      [schedule](Context& c, const CreateSchedule& body, const Nothing&) { return schedule->Create(c, body); });
  router.Add<Nothing, ScheduleQuery, Page<ScheduleView>>(
      in_handler(Method::kGet, "schedules", "listSchedules", "Schedules, oldest first.", "runs.read"),
      [schedule](Context& c, const Nothing&, const ScheduleQuery& query) { return schedule->List(c, query); });
  router.Add<Nothing, Nothing, ScheduleView>(
      in_handler(Method::kGet, "schedules/{schedule_id}", "getSchedule", "One schedule, with its next moment.",
                 "runs.read"),
      [schedule](Context& c, const Nothing&, const Nothing&) { return schedule->Get(c); });
  router.Add<ChangeSchedule, Nothing, ScheduleView>(
      in_handler(Method::kPatch, "schedules/{schedule_id}", "changeSchedule", "Change or switch off a schedule.",
                 "schedules.write"),
      [schedule](Context& c, const ChangeSchedule& body, const Nothing&) { return schedule->Change(c, body); });
  router.Add<Nothing, Nothing, Nothing>(
      in_handler(Method::kDelete, "schedules/{schedule_id}", "deleteSchedule", "Remove a schedule; its runs stay.",
                 "schedules.write"),
      [schedule](Context& c, const Nothing&, const Nothing&) { return schedule->Delete(c); });
  const auto windows_route = [](Method method, const char* path, const char* name, const char* summary,
                                const char* permission) {
    return Declare(method, path, name, "maintenance windows", summary, permission, http::Access::kPermission);
  };
  router.Add<CreateWindow, Nothing, WindowView>(
      windows_route(Method::kPost, "maintenance-windows", "createMaintenanceWindow",
                    "Say when a connection may, or may not, be written into.", "schedules.write"),
      [window](Context& c, const CreateWindow& body, const Nothing&) { return window->Create(c, body); });
  router.Add<Nothing, WindowQuery, Page<WindowView>>(
      windows_route(Method::kGet, "maintenance-windows", "listMaintenanceWindows", "Maintenance windows, oldest first.",
                    "connections.read"),
      [window](Context& c, const Nothing&, const WindowQuery& query) { return window->List(c, query); });
  router.Add<Nothing, Nothing, WindowView>(
      windows_route(Method::kGet, "maintenance-windows/{window_id}", "getMaintenanceWindow", "One maintenance window.",
                    "connections.read"),
      [window](Context& c, const Nothing&, const Nothing&) { return window->Get(c); });
  router.Add<ChangeWindow, Nothing, WindowView>(
      windows_route(Method::kPatch, "maintenance-windows/{window_id}", "changeMaintenanceWindow",
                    "Change a maintenance window.", "schedules.write"),
      [window](Context& c, const ChangeWindow& body, const Nothing&) { return window->Change(c, body); });
  router.Add<Nothing, Nothing, Nothing>(
      windows_route(Method::kDelete, "maintenance-windows/{window_id}", "deleteMaintenanceWindow",
                    "Remove a maintenance window.", "schedules.write"),
      [window](Context& c, const Nothing&, const Nothing&) { return window->Delete(c); });
}

}  // namespace migrateiq::orchestrator
