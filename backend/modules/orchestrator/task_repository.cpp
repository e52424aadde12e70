#include "base/errors/api.hpp"
#include "base/errors/run.hpp"
#include "modules/core/people/tenants.hpp"
#include "modules/orchestrator/job_repository.hpp"

namespace migrateiq::orchestrator {

namespace {

constexpr std::string_view kColumns =
    "task_id, tenant_id, run_id, kind, state, priority, owner, lease_until, epoch, attempt, not_before, created_at, "
    "started_at, finished_at, input, error, chunks, rows_loaded";

Task TaskFrom(const store::Row& row) {
  return {.task_id = row.Text(0),
          .tenant_id = row.Text(1),
          .run_id = row.Text(2),
          .kind = row.Text(3),
          .state = row.Text(4),
          .priority = row.Integer(5),
          .owner = row.Text(6),
          .lease_until = row.Integer(7),
          .epoch = row.Integer(8),
          .attempt = row.Integer(9),
          .not_before = row.Integer(10),
          .created_at = row.Integer(11),
          .started_at = row.OptionalInteger(12),
          .finished_at = row.OptionalInteger(13),
          .input = row.Text(14),
          .error = row.Text(15),
          .chunks = row.Integer(16),
          .rows_loaded = row.Integer(17)};
}

std::vector<Task> TasksFrom(const store::Rows& rows) {
  std::vector<Task> tasks;
  for (const store::Row& row : rows) tasks.push_back(TaskFrom(row));
  return tasks;
}

Status Held(const Task& task, int64_t changed) {
  if (changed == 1) return {};
  return Fail(codes::kRunHeld, "task " + task.task_id + " was given to another worker meanwhile");
}

/// The most urgent task that may begin: ready and due, or left by a worker that gives no sign; neither its tenant nor
/// its connections being busy enough already; one task of a run at a time. Who has nothing else to do helps with the
/// chunks of a run that another worker controls, unless it failed at that before.
constexpr std::string_view kEligible = R"(
SELECT t.task_id FROM task t JOIN run_job r ON r.run_id = t.run_id
WHERE ((t.state = 'ready' AND t.not_before <= $1) OR (t.state = 'claimed' AND t.lease_until < $1 AND t.kind <> 'help'))
  AND (t.kind = 'help' OR NOT EXISTS (SELECT 1 FROM task o WHERE o.run_id = t.run_id AND o.task_id <> t.task_id
         AND o.kind <> 'help' AND o.state = 'claimed' AND o.lease_until >= $1))
  AND (t.kind <> 'help' OR (r.control = ''
    AND EXISTS (SELECT 1 FROM chunk_offer f JOIN task o ON o.task_id = f.task_id AND o.epoch = f.epoch
         WHERE f.run_id = t.run_id AND o.state = 'claimed' AND o.lease_until >= $1)
    AND EXISTS (SELECT 1 FROM chunk_work c WHERE c.run_id = t.run_id AND c.state = 'open')
    AND NOT EXISTS (SELECT 1 FROM task o WHERE o.run_id = t.run_id AND o.owner = $3
         AND (o.state = 'claimed' OR (o.kind = 'help' AND o.state = 'failed')))
    AND NOT EXISTS (SELECT 1 FROM task o WHERE o.tenant_id = t.tenant_id AND o.kind <> 'help' AND o.state = 'ready' AND o.not_before <= $1)))
  AND (SELECT count(*) FROM task o JOIN run_job q ON q.run_id = o.run_id
       WHERE o.state = 'claimed' AND o.lease_until >= $1 AND q.tenant_id = r.tenant_id
         AND ((q.source_connection_id <> '' AND q.source_connection_id IN (r.source_connection_id, r.target_connection_id))
           OR (q.target_connection_id <> '' AND q.target_connection_id IN (r.source_connection_id, r.target_connection_id)))) < $2)";

constexpr std::string_view kMostUrgent =
    " ORDER BY CASE WHEN t.kind = 'help' THEN 1 ELSE 0 END, t.priority DESC, t.created_at, t.task_id LIMIT 1";

/// Tenants with as many tasks at work as the setting allows, and those with as many runs as their quota allows: who
/// helps with a run is no run.
struct BusyTenants {
  std::vector<std::string> with_tasks, with_runs;
};

Result<BusyTenants> FindBusyTenants(store::Session& session, Micros now, const tasks::Limits& limits) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT tenant_id, COUNT(*), SUM(CASE WHEN kind = 'help' THEN 0 ELSE 1 END) FROM task WHERE "
                           "state = 'claimed' AND lease_until >= $1 GROUP BY tenant_id",
                           now));
  BusyTenants busy;
  for (const store::Row& row : rows) {
    const auto quota = core::QuotaOf(session, row.Text(0), "concurrent_runs");
    if (!quota && !quota.error().Is(codes::kApiNotFound)) return std::unexpected(quota.error());
    if (row.Integer(1) >= limits.per_tenant) busy.with_tasks.push_back(row.Text(0));
    if (quota && row.Integer(2) >= *quota) busy.with_runs.push_back(row.Text(0));
  }
  return busy;
}

}  // namespace

namespace tasks {

Status Insert(store::Session& session, const Task& task) {
  MIQ_TRY(
      session.Execute("INSERT INTO task (" + std::string(kColumns) +
                          ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
                      task.task_id, task.tenant_id, task.run_id, task.kind, task.state, task.priority, task.owner,
                      task.lease_until, task.epoch, task.attempt, task.not_before, task.created_at, task.started_at,
                      task.finished_at, task.input, task.error, task.chunks, task.rows_loaded));
  return {};
}

Result<std::vector<Task>> OfRun(store::Session& session, const std::string& tenant_id, const std::string& run_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(
                 "SELECT " + std::string(kColumns) + " FROM task WHERE run_id = $1 AND tenant_id = $2 ORDER BY task_id",
                 run_id, tenant_id));
  return TasksFrom(rows);
}

Result<Task> Find(store::Session& session, const std::string& tenant_id, const std::string& task_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT " + std::string(kColumns) + " FROM task WHERE task_id = $1 AND tenant_id = $2",
                           task_id, tenant_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no task '" + task_id + "'");
  return TaskFrom(rows.front());
}

Result<std::optional<Task>> Claim(store::Session& session, const std::string& worker, Micros now, Micros lease,
                                  const Limits& limits) {
  MIQ_TRY(session.Serialise("task claims"));
  MIQ_ASSIGN(const BusyTenants busy, FindBusyTenants(session, now, limits));
  std::string sql(kEligible);
  std::vector<store::Value> parameters{store::ToValue(now), store::ToValue(limits.per_connection),
                                       store::ToValue(worker)};
  const auto leave_out = [&](const std::string& tenant_id, const std::string& unless) {
    parameters.push_back(store::ToValue(tenant_id));
    sql += " AND (" + unless + "t.tenant_id <> $" + std::to_string(parameters.size()) + ")";
  };
  for (const std::string& tenant_id : busy.with_tasks) leave_out(tenant_id, "");
  for (const std::string& tenant_id : busy.with_runs) leave_out(tenant_id, "t.kind = 'help' OR ");
  sql += kMostUrgent;
  MIQ_ASSIGN(const store::Rows found, session.QueryValues(sql, parameters));
  if (found.empty()) return std::nullopt;
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("UPDATE task SET state = 'claimed', owner = $2, lease_until = $3, epoch = epoch + 1, "
                           "attempt = attempt + CASE WHEN state = 'ready' THEN 1 ELSE 0 END, "
                           "started_at = COALESCE(started_at, $4) WHERE task_id = $1 RETURNING " +
                               std::string(kColumns),
                           found.front().Text(0), worker, now + lease, now));
  return TaskFrom(rows.front());
}

Status Extend(store::Session& session, const Task& task, Micros lease_until) {
  MIQ_ASSIGN(
      const int64_t changed,
      session.Execute(
          "UPDATE task SET lease_until = $4 WHERE task_id = $1 AND owner = $2 AND epoch = $3 AND state = 'claimed'",
          task.task_id, task.owner, task.epoch, lease_until));
  return Held(task, changed);
}

Status Finish(store::Session& session, const Task& task, const std::string& state, const std::string& error, Micros now,
              Micros not_before) {
  const std::optional<Micros> finished = state == "ready" ? std::nullopt : std::optional(now);
  MIQ_ASSIGN(
      const int64_t changed,
      session.Execute("UPDATE task SET state = $4, error = $5, finished_at = $6, not_before = $7, lease_until = 0 "
                      "WHERE task_id = $1 AND owner = $2 AND epoch = $3 AND state = 'claimed'",
                      task.task_id, task.owner, task.epoch, state, error, finished, not_before));
  return Held(task, changed);
}

Status ForgetAttempt(store::Session& session, const Task& task) {
  MIQ_TRY(session.Execute("UPDATE task SET attempt = attempt - 1 WHERE task_id = $1", task.task_id));
  return {};
}

Status CheckClaim(store::Session& session, const Task& task) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT 1 FROM task WHERE task_id = $1 AND owner = $2 AND epoch = $3 AND state = 'claimed'" +
                               std::string(session.ForUpdate()),
                           task.task_id, task.owner, task.epoch));
  return Held(task, static_cast<int64_t>(rows.size()));
}

Result<std::vector<Task>> List(store::Session& session, const std::string& tenant_id, const Filter& filter) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT " + std::string(kColumns) +
                               " FROM task WHERE tenant_id = $1 AND ($2 = '' OR state = $2) AND ($3 = '' OR kind = $3) "
                               "AND ($4 = '' OR owner = $4) AND "
                               "($5 = '' OR task_id < $5) ORDER BY task_id DESC LIMIT $6",
                           tenant_id, filter.state, filter.kind, filter.worker, filter.after, filter.limit));
  return TasksFrom(rows);
}

Result<std::vector<Rate>> Rates(store::Session& session, const std::string& tenant_id, Micros since) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT kind, state, COUNT(*), COALESCE(CAST(AVG(finished_at - started_at) AS BIGINT), 0), "
                           "COALESCE(MAX(finished_at - started_at), 0) FROM task WHERE tenant_id = $1 AND "
                           "(finished_at >= $2 OR state IN ('ready', 'claimed')) GROUP BY kind, state ORDER BY kind, "
                           "state",
                           tenant_id, since));
  constexpr auto kSeconds = static_cast<double>(kSecond);
  std::vector<Rate> rates;
  for (const store::Row& row : rows) {
    rates.push_back({.kind = row.Text(0),
                     .state = row.Text(1),
                     .count = row.Integer(2),
                     .mean_seconds = static_cast<double>(row.Integer(3)) / kSeconds,
                     .longest_seconds = static_cast<double>(row.Integer(4)) / kSeconds});
  }
  return rates;
}

Result<std::vector<std::string>> Due(store::Session& session, Micros now) {
  MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT task_id FROM task WHERE ((state = 'ready' AND not_before "
                                                   "<= $1) OR (state = 'claimed' AND lease_until < $1)) AND kind <> "
                                                   "'help' "
                                                   "ORDER BY priority DESC, created_at LIMIT 1000",
                                                   now));
  std::vector<std::string> ids;
  for (const store::Row& row : rows) ids.push_back(row.Text(0));
  return ids;
}

Status CancelOpen(store::Session& session, const std::string& tenant_id, const std::string& run_id, Micros now) {
  MIQ_TRY(session.Execute(
      "UPDATE task SET state = 'cancelled', finished_at = $3 WHERE run_id = $1 AND tenant_id = $2 AND state = 'ready'",
      run_id, tenant_id, now));
  return {};
}

}  // namespace tasks

namespace workers {

Status Beat(store::Session& session, const WorkerRow& worker) {
  MIQ_TRY(session.Execute(
      "INSERT INTO worker (worker_id, host, process, slots, started_at, seen_at, draining, doing) VALUES ($1, $2, $3, "
      "$4, $5, $6, 0, $7) "
      "ON CONFLICT (worker_id) DO UPDATE SET seen_at = $6, doing = $7",
      worker.worker_id, worker.host, worker.process, worker.slots, worker.started_at, worker.seen_at, worker.doing));
  return {};
}

Result<std::vector<WorkerRow>> List(store::Session& session) {
  MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT worker_id, host, process, slots, started_at, seen_at, "
                                                   "draining, doing FROM worker ORDER BY worker_id"));
  std::vector<WorkerRow> workers;
  for (const store::Row& row : rows) {
    workers.push_back({.worker_id = row.Text(0),
                       .host = row.Text(1),
                       .process = row.Integer(2),
                       .slots = row.Integer(3),
                       .started_at = row.Integer(4),
                       .seen_at = row.Integer(5),
                       .draining = row.Boolean(6),
                       .doing = row.Text(7)});
  }
  return workers;
}

Status SetDraining(store::Session& session, const std::string& worker_id, bool draining) {
  MIQ_ASSIGN(const int64_t changed,
             session.Execute("UPDATE worker SET draining = $2 WHERE worker_id = $1", worker_id, draining));
  if (changed == 0) return Fail(codes::kApiNotFound, "there is no worker '" + worker_id + "'");
  return {};
}

Result<bool> IsDraining(store::Session& session, const std::string& worker_id) {
  MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT draining FROM worker WHERE worker_id = $1", worker_id));
  return !rows.empty() && rows.front().Boolean(0);
}

Status Forget(store::Session& session, Micros before) {
  MIQ_TRY(session.Execute("DELETE FROM worker WHERE seen_at < $1", before));
  return {};
}

}  // namespace workers

}  // namespace migrateiq::orchestrator
