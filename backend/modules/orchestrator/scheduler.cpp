#include <spdlog/spdlog.h>

#include "base/errors/api.hpp"
#include "modules/core/standing_rights.hpp"
#include "modules/orchestrator/run_notices.hpp"
#include "modules/orchestrator/schedule.hpp"

namespace migrateiq::orchestrator {

namespace {

constexpr Micros kLeadership = 10 * kSecond, kForgetWorkersAfter = kHour;
/// So late, a moment was missed: it is more than a change of leaders takes.
constexpr Micros kStillInTime = 2 * kMinute;

/// One thing that does not work must not hold up the others.
void Log(const std::string& what, const Status& status) {
  if (!status) spdlog::warn("{}: {}", what, status.error().ToString());
}

}  // namespace

/// A lease in the store: taken when free, kept by renewing it.
Result<bool> Scheduler::Lead(Micros now) {
  return parts_.store.WriteFor<bool>(store::Scope::System(), [&](store::Session& session) -> Result<bool> {
    MIQ_ASSIGN(const int64_t changed,
               session.Execute("INSERT INTO leader (name, owner, lease_until) VALUES ('scheduler', $1, $2) "
                               "ON CONFLICT (name) DO UPDATE SET owner = $1, lease_until = $2 WHERE leader.owner = $1 "
                               "OR leader.lease_until < $3",
                               id_, now + kLeadership, now));
    return changed > 0;
  });
}

Status Scheduler::Tick() {
  const Micros now = parts_.clock.Now();
  MIQ_ASSIGN(const bool leader, Lead(now));
  if (!leader) return {};
  MIQ_ASSIGN(const std::vector<Schedule> due,
             parts_.store.ReadFor<std::vector<Schedule>>(
                 store::Scope::System(), [&](store::Session& session) { return schedules::Due(session, now); }));
  for (const Schedule& schedule : due) Log("schedule " + schedule.schedule_id, Fire(schedule, now));
  Log("maintenance windows", parts_.runs.HoldOutsideWindows());
  Log("waiting runs", parts_.runs.Advance());
  Log("queue", parts_.runs.Requeue());
  return parts_.store.Write(store::Scope::System(), [&](store::Session& session) {
    return workers::Forget(session, now - kForgetWorkersAfter);
  });
}

/// The next moment is written first: a crash in between leaves out one start rather than doubling it.
Status Scheduler::Fire(const Schedule& due, Micros now) {
  bool mine = false;
  MIQ_TRY(parts_.store.Write(store::Scope::Tenant(due.tenant_id), [&](store::Session& session) -> Status {
    mine = false;
    MIQ_ASSIGN(Schedule schedule, schedules::Find(session, due.tenant_id, due.schedule_id));
    if (!schedule.enabled || schedule.next_at != due.next_at) return {};
    const auto next = schedules::NextOf(schedule, now);
    schedule.next_at = next.value_or(std::nullopt);
    schedule.last_at = now;
    if (!schedule.next_at) schedule.enabled = false;
    mine = true;
    return schedules::Update(session, schedule);
  }));
  if (!mine) return {};
  if (due.missed == "skip" && now - *due.next_at > kStillInTime)
    return Note(due, due.last_run_id, "left out: no scheduler was at work at " + FormatTime(*due.next_at));
  return StartRun(due);
}

namespace {

/// In whose name it starts: nobody's rights outlive them.
Result<Actor> ActorOf(store::Session& session, const Schedule& schedule, const std::string& permission) {
  MIQ_TRY(core::RequireStillMay(session, schedule.tenant_id, schedule.acts_for, permission, schedule.project_id));
  Actor actor = Actor::System(schedule.tenant_id);
  actor.id = schedule.acts_for;
  MIQ_ASSIGN(actor.user_id, core::PersonBehind(session, schedule.tenant_id, schedule.acts_for));
  actor.name = schedule.acts_for_name + " (schedule " + schedule.name + ")";
  return actor;
}

/// A run of it that is not over; empty: there is none.
Result<std::string> RunInTheWay(store::Session& session, const Schedule& schedule) {
  if (schedule.overlap == "allow") return std::string();
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT run_id FROM run_job WHERE tenant_id = $1 AND schedule_id = $2 AND state IN "
                           "('queued', 'running', 'paused') LIMIT 1",
                           schedule.tenant_id, schedule.schedule_id));
  return rows.empty() ? std::string() : rows[0].Text(0);
}

}  // namespace

Status Scheduler::StartRun(const Schedule& due) {
  std::string in_the_way;
  const auto actor =
      parts_.store.ReadFor<Actor>(store::Scope::Tenant(due.tenant_id), [&](store::Session& session) -> Result<Actor> {
        MIQ_ASSIGN(in_the_way, RunInTheWay(session, due));
        return ActorOf(session, due, PermissionOf(due));
      });
  if (!actor) return Note(due, "", actor.error().ToString());
  if (!in_the_way.empty()) return Note(due, in_the_way, "left out: run " + in_the_way + " is not over");
  const auto run_id = Start(*actor, due);
  if (!run_id && run_id.error().Is(codes::kApiNotFound)) MIQ_TRY(SwitchOff(due));
  return run_id ? Note(due, *run_id, "") : Note(due, "", run_id.error().ToString());
}

std::string Scheduler::PermissionOf(const Schedule& schedule) const {
  const projects::JobKind* kind = parts_.runs.FindKind(schedule.kind);
  return kind != nullptr ? kind->act_permission : "runs.start";
}

Result<std::string> Scheduler::Start(const Actor& actor, const Schedule& due) {
  const projects::JobKind* kind = parts_.runs.FindKind(due.kind);
  if (kind != nullptr && kind->start) return kind->start(actor, due.subject, due.schedule_id);
  MIQ_ASSIGN(const RunJob run, parts_.runs.Start(actor, {.plan_id = due.plan_id,
                                                         .kind = due.kind,
                                                         .name = due.name,
                                                         .schedule_id = due.schedule_id,
                                                         .confirmed = due.confirmed}));
  return run.run_id;
}

/// Its plan, or what else it is about, is gone, and will not come back.
Status Scheduler::SwitchOff(const Schedule& due) {
  return parts_.store.Write(store::Scope::Tenant(due.tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(Schedule schedule, schedules::Find(session, due.tenant_id, due.schedule_id));
    schedule.enabled = false;
    schedule.next_at.reset();
    return schedules::Update(session, schedule);
  });
}

/// What came of a moment; who made the schedule hears of what went wrong.
Status Scheduler::Note(const Schedule& due, const std::string& run_id, const std::string& problem) {
  if (!problem.empty()) spdlog::warn("schedule {}: {}", due.schedule_id, problem);
  return parts_.store.Write(store::Scope::Tenant(due.tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(Schedule schedule, schedules::Find(session, due.tenant_id, due.schedule_id));
    schedule.last_run_id = run_id;
    schedule.last_error = problem;
    if (!problem.empty()) MIQ_TRY(notices::ScheduleFailed(session, schedule, problem, parts_.clock.Now()));
    return schedules::Update(session, schedule);
  });
}

}  // namespace migrateiq::orchestrator
