#include <spdlog/spdlog.h>

#include "modules/orchestrator/schedule.hpp"

namespace migrateiq::orchestrator {

namespace {

constexpr Micros kLeadership = 10 * kSecond, kForgetWorkersAfter = kHour;

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
  Log("waiting runs", parts_.runs.Advance());
  Log("queue", parts_.runs.Requeue());
  return parts_.store.Write(store::Scope::System(), [&](store::Session& session) {
    return workers::Forget(session, now - kForgetWorkersAfter);
  });
}

/// The next moment is written first: a crash in between leaves out one start rather than doubling it. Missed moments
/// (while no scheduler ran) are made up for by one start.
Status Scheduler::Fire(const Schedule& due, Micros now) {
  const store::Scope scope = store::Scope::Tenant(due.tenant_id);
  bool mine = false;
  MIQ_TRY(parts_.store.Write(scope, [&](store::Session& session) -> Status {
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
  Actor actor = Actor::System(due.tenant_id);
  actor.id = due.created_by;
  actor.name = due.created_by_name + " (schedule " + due.name + ")";
  const auto run = parts_.runs.Start(
      actor,
      {.plan_id = due.plan_id, .kind = due.kind, .name = due.name, .schedule_id = due.schedule_id, .confirmed = true});
  if (!run) spdlog::warn("schedule {} could not start its run: {}", due.schedule_id, run.error().ToString());
  return parts_.store.Write(scope, [&](store::Session& session) -> Status {
    MIQ_ASSIGN(Schedule schedule, schedules::Find(session, due.tenant_id, due.schedule_id));
    schedule.last_run_id = run ? run->run_id : "";
    schedule.last_error = run ? "" : run.error().ToString();
    return schedules::Update(session, schedule);
  });
}

}  // namespace migrateiq::orchestrator
