#include <set>

#include "base/errors/api.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "base/random.hpp"
#include "modules/core/answer_values.hpp"
#include "modules/core/audited.hpp"
#include "modules/core/id_page.hpp"
#include "modules/core/routes.hpp"
#include "modules/orchestrator/cron.hpp"
#include "modules/orchestrator/run_api.hpp"
#include "modules/projects/api_support.hpp"

namespace migrateiq::orchestrator {

namespace {

namespace json = boost::json;

enum class ScheduledKind { run, rehearse, verify };
BOOST_DESCRIBE_ENUM(ScheduledKind, run, rehearse, verify)
enum class MissedMoments { once, skip };
BOOST_DESCRIBE_ENUM(MissedMoments, once, skip)
enum class OverlappingRuns { skip, allow };
BOOST_DESCRIBE_ENUM(OverlappingRuns, skip, allow)
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
    MIQ_TRY(
        core::WriteAudited(parts_.store, actor, actor.Entry("schedule.created", "schedule", schedule.schedule_id),
                           [&](store::Session& session) -> Status { return schedules::Insert(session, schedule); }));
    context.response.headers.Set("Location", "/api/v1/schedules/" + schedule.schedule_id);
    return core::Versioned(context, ViewOfSchedule(schedule));
  }

  Result<ScheduleView> Get(http::Context& context) const {
    MIQ_ASSIGN(const Schedule schedule, Load(context));
    MIQ_TRY(context.require("runs.read", schedule.project_id));
    return core::Versioned(context, ViewOfSchedule(schedule));
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
    return core::PageById<ScheduleView>(found, page.limit, &ViewOfSchedule, &Schedule::schedule_id);
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
    MIQ_TRY(core::WriteAudited(parts_.store, actor, actor.Entry("schedule.changed", "schedule", schedule.schedule_id),
                               [&](store::Session& session) -> Status {
                                 MIQ_ASSIGN(const Schedule now,
                                            schedules::Find(session, schedule.tenant_id, schedule.schedule_id));
                                 MIQ_TRY(context.RequireMatch(now.version));
                                 return schedules::Update(session, schedule);
                               }));
    MIQ_ASSIGN(schedule, Load(context));
    return core::Versioned(context, ViewOfSchedule(schedule));
  }

  Result<Nothing> Delete(http::Context& context) const {
    MIQ_ASSIGN(const Schedule schedule, Load(context));
    MIQ_TRY(context.require("schedules.write", schedule.project_id));
    MIQ_TRY(context.RequireMatch(schedule.version));
    const core::Actor actor = core::ActorOf(context);
    MIQ_TRY(core::WriteAudited(parts_.store, actor, actor.Entry("schedule.deleted", "schedule", schedule.schedule_id),
                               [&](store::Session& session) -> Status {
                                 return schedules::Delete(session, schedule.tenant_id, schedule.schedule_id);
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

using http::Context;
using http::Method;

}  // namespace

void AddScheduleRoutes(http::Router& router, ApiParts parts) {
  const auto schedule = std::make_shared<ScheduleApi>(parts);  // shared by the handlers
  router.Add<CreateSchedule, Nothing, ScheduleView>(
      projects::FoundRoute(Method::kPost, "schedules", "createSchedule", "schedules.write",
                           "Let a plan run, or a job be done, by itself: by cron expression or once."),
      [schedule](Context& c, const CreateSchedule& body, const Nothing&) { return schedule->Create(c, body); });
  router.Add<Nothing, ScheduleQuery, Page<ScheduleView>>(
      projects::FoundRoute(Method::kGet, "schedules", "listSchedules", "runs.read", "Schedules, oldest first."),
      [schedule](Context& c, const Nothing&, const ScheduleQuery& query) { return schedule->List(c, query); });
  router.Add<Nothing, Nothing, ScheduleView>(
      projects::FoundRoute(Method::kGet, "schedules/{schedule_id}", "getSchedule", "runs.read",
                           "One schedule, with its next moment."),
      [schedule](Context& c, const Nothing&, const Nothing&) { return schedule->Get(c); });
  router.Add<ChangeSchedule, Nothing, ScheduleView>(
      projects::Conditional(projects::FoundRoute(Method::kPatch, "schedules/{schedule_id}", "changeSchedule",
                                                 "schedules.write", "Change or switch off a schedule.")),
      [schedule](Context& c, const ChangeSchedule& body, const Nothing&) { return schedule->Change(c, body); });
  router.Add<Nothing, Nothing, Nothing>(
      projects::Conditional(projects::FoundRoute(Method::kDelete, "schedules/{schedule_id}", "deleteSchedule",
                                                 "schedules.write", "Remove a schedule; its runs stay.")),
      [schedule](Context& c, const Nothing&, const Nothing&) { return schedule->Delete(c); });
  AddWindowRoutes(router, std::move(parts));
}

}  // namespace migrateiq::orchestrator
