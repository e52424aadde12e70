#include "modules/orchestrator/run_service.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "modules/orchestrator/job_desk.hpp"
#include "modules/orchestrator/run_id.hpp"
#include "modules/orchestrator/run_notices.hpp"
#include "modules/orchestrator/run_rules.hpp"

namespace migrateiq::orchestrator {

namespace json = boost::json;

bool IsDestructive(const Plan& plan) {
  const auto truncates = [](const TableMapping& mapping) { return mapping.mode == LoadMode::kTruncate; };
  return plan.run.schema == SchemaMode::kReplace || std::ranges::any_of(plan.mappings, truncates);
}

Result<RunJob> RunService::Start(const Actor& actor, const StartRequest& request) {
  MIQ_ASSIGN(const projects::RunnablePlan plan,
             parts_.plans.Resolve(actor.tenant_id, request.plan_id, request.plan_version));
  if (WritesToTarget(request.kind) && IsDestructive(plan.plan) && !request.confirmed)
    return Fail(Error(codes::kRunConfirm, "this run replaces or truncates tables of the target")
                    .At("/confirm")
                    .Fix("Rehearse it, look at its preview, then send \"confirm\": true."));
  RunJob run = NewJob(actor);
  run.project_id = plan.project_id;
  run.plan_id = request.plan_id;
  run.plan_version = plan.version;
  run.kind = request.kind;
  run.name = request.name.empty() ? plan.plan.name : request.name;
  run.priority = request.priority;
  run.not_before = request.not_before;
  run.timeout_seconds = request.timeout_seconds;
  run.max_attempts = request.max_attempts;
  run.needs_approval = (WritesToTarget(request.kind) || request.repair) && plan.target_is_production;
  run.depends_on = request.depends_on;
  run.source_connection_id = plan.source_connection_id;
  run.target_connection_id = plan.target_connection_id;
  run.schedule_id = request.schedule_id;
  run.options = request.options.empty() ? "{}" : request.options;
  return Put(actor, run, {{"kind", run.kind}, {"plan_id", run.plan_id}, {"plan_version", run.plan_version}}, {});
}

Result<RunJob> RunService::Submit(const Actor& actor, const projects::JobRequest& request,
                                  const projects::JobQueue::Alongside& alongside) {
  if (FindKind(request.kind) == nullptr) return Fail(codes::kInternal, "unknown kind of job: " + request.kind);
  RunJob job = NewJob(actor);
  job.project_id = request.project_id;
  job.kind = request.kind;
  job.name = request.name;
  job.priority = request.priority;
  job.not_before = request.not_before;
  job.timeout_seconds = request.timeout_seconds;
  job.max_attempts = request.max_attempts;
  job.source_connection_id = request.source_connection_id;
  job.target_connection_id = request.target_connection_id;
  job.schedule_id = request.schedule_id;
  job.options = request.input;
  return Put(actor, job, {{"kind", job.kind}}, alongside);
}

RunJob RunService::NewJob(const Actor& actor) const {
  return {.run_id = NewRunId(),
          .tenant_id = actor.tenant_id,
          .requested_by = actor.id,
          .requested_by_name = actor.name,
          .created_at = parts_.clock.Now()};
}

Result<RunJob> RunService::Put(const Actor& actor, const RunJob& run, json::object details,
                               const projects::JobQueue::Alongside& alongside) {
  RunJob made;  // read before the commit: behind it nothing may fail, or the caller would ask for another run
  MIQ_TRY(parts_.store.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    RunJob attempt = run;
    if (attempt.needs_approval) MIQ_TRY(AskForApproval(session, actor, attempt, "execute", "{}"));
    MIQ_TRY(jobs::Insert(session, attempt));
    MIQ_TRY(EnqueueIfOpen(session, attempt));
    MIQ_TRY(jobs::Update(session, attempt));
    if (alongside) MIQ_TRY(alongside(session, run.run_id));
    MIQ_ASSIGN(made, jobs::Find(session, actor.tenant_id, run.run_id));
    return AuditRun(session, actor, attempt, "requested", details);
  }));
  WakeWorkers();
  Announce(made);
  return made;
}

Result<RunJob> RunService::Find(const std::string& tenant_id, const std::string& run_id) {
  return parts_.store.ReadFor<RunJob>(store::Scope::Tenant(tenant_id),
                                      [&](store::Session& session) { return jobs::Find(session, tenant_id, run_id); });
}

Result<std::vector<RunJob>> RunService::List(const std::string& tenant_id, const jobs::Filter& filter) {
  return parts_.store.ReadFor<std::vector<RunJob>>(
      store::Scope::Tenant(tenant_id), [&](store::Session& session) { return jobs::List(session, tenant_id, filter); });
}

Result<std::vector<RunEvent>> RunService::EventsOfJob(const RunJob& job) {
  return parts_.store.ReadFor<std::vector<RunEvent>>(store::Scope::Tenant(job.tenant_id), [&](store::Session& session) {
    return jobs::ListEvents(session, job.tenant_id, job.run_id);
  });
}

Status RunService::TellEnd(store::Session& session, const RunJob& run, const std::string& task_kind) const {
  return notices::Ended(session, run, KindOf(run), task_kind, parts_.clock.Now());
}

/// Everybody who looks at the run, its project or the tenant's list hears of the new state.
void RunService::Announce(const RunJob& run) {
  const std::string data = JsonText(json::object{{"run_id", run.run_id},
                                                 {"project_id", run.project_id},
                                                 {"kind", run.kind},
                                                 {"state", Word(run.state)},
                                                 {"waiting_for", run.waiting_for},
                                                 {"result", run.result},
                                                 {"version", run.version}});
  std::vector<std::string> topics{"run:" + run.run_id, "tenant:" + run.tenant_id};
  if (!run.project_id.empty()) topics.push_back("project:" + run.project_id);
  for (const std::string& topic : topics) {
    if (const Status published = parts_.bus.Publish({.topic = topic, .type = "run.state", .data = data}); !published)
      spdlog::warn("event of run {} not published: {}", run.run_id, published.error().ToString());
  }
  const projects::JobKind* kind = KindOf(run);
  if (kind != nullptr && kind->changed) kind->changed(ViewOfJob(run));
}

/// The message says only that there is work; a lost one is made up for by Requeue.
void RunService::WakeWorkers() {
  if (const Status pushed = parts_.queue.Push(kTaskQueue, "wake"); !pushed)
    spdlog::warn("workers not woken: {}", pushed.error().ToString());
}

}  // namespace migrateiq::orchestrator
