#include "modules/orchestrator/job_repository.hpp"

#include "base/errors/api.hpp"

namespace migrateiq::orchestrator {

namespace {

constexpr std::string_view kRunColumns =
    "run_id, tenant_id, project_id, plan_id, plan_version, kind, name, state, waiting_for, result, priority, "
    "requested_by, "
    "requested_by_name, created_at, started_at, finished_at, not_before, timeout_seconds, attempt, max_attempts, "
    "needs_approval, approved_by, approved_by_name, approved_at, source_connection_id, target_connection_id, "
    "schedule_id, "
    "options, control, error, progress, accepted, version, pending, pending_input, pending_by, answer";

RunJob RunFrom(const store::Row& row) {
  return {.run_id = row.Text(0),
          .tenant_id = row.Text(1),
          .project_id = row.Text(2),
          .plan_id = row.Text(3),
          .plan_version = row.Integer(4),
          .kind = row.Text(5),
          .name = row.Text(6),
          .state = ParseRunState(row.Text(7)).value_or(RunState::failed),
          .waiting_for = row.Text(8),
          .result = row.Text(9),
          .priority = row.Integer(10),
          .requested_by = row.Text(11),
          .requested_by_name = row.Text(12),
          .created_at = row.Integer(13),
          .started_at = row.OptionalInteger(14),
          .finished_at = row.OptionalInteger(15),
          .not_before = row.Integer(16),
          .timeout_seconds = row.Integer(17),
          .attempt = row.Integer(18),
          .max_attempts = row.Integer(19),
          .needs_approval = row.Boolean(20),
          .pending = row.Text(33),
          .pending_input = row.Text(34),
          .pending_by = row.Text(35),
          .approved_by = row.Text(21),
          .approved_by_name = row.Text(22),
          .approved_at = row.OptionalInteger(23),
          .depends_on = {},
          .source_connection_id = row.Text(24),
          .target_connection_id = row.Text(25),
          .schedule_id = row.Text(26),
          .options = row.Text(27),
          .answer = row.Text(36),
          .control = row.Text(28),
          .error = row.Text(29),
          .progress = row.Text(30),
          .accepted = row.Boolean(31),
          .version = row.Integer(32)};
}

/// Parameters $1 to $7: the tenant, and what the filter says.
constexpr std::string_view kChosen =
    " FROM run_job WHERE tenant_id = $1 AND ($2 = '' OR project_id = $2) AND ($3 = '' OR plan_id = $3) AND ($4 = '' OR "
    "state = $4) AND (kind = $5 OR ($5 = '' AND kind IN ('run', 'rehearse', 'verify', 'local'))) AND ($6 = '' OR "
    "schedule_id = $6) AND ($7 = '' OR waiting_for = $7)";

Result<RunJob> FindWith(store::Session& session, const std::string& tenant_id, const std::string& run_id,
                        std::string_view lock) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT " + std::string(kRunColumns) + " FROM run_job WHERE run_id = $1 AND tenant_id = $2" +
                               std::string(lock),
                           run_id, tenant_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no run '" + run_id + "'");
  RunJob run = RunFrom(rows.front());
  MIQ_ASSIGN(
      const store::Rows dependencies,
      session.Query("SELECT depends_on FROM run_dependency WHERE run_id = $1 AND tenant_id = $2 ORDER BY depends_on",
                    run_id, tenant_id));
  for (const store::Row& row : dependencies) run.depends_on.push_back(row.Text(0));
  return run;
}

}  // namespace

namespace jobs {

Status Insert(store::Session& session, const RunJob& run) {
  MIQ_TRY(session.Execute("INSERT INTO run_job (" + std::string(kRunColumns) +
                              ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, "
                              "$18, $19, $20, $21, $22, $23, $24, "
                              "$25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37)",
                          run.run_id, run.tenant_id, run.project_id, run.plan_id, run.plan_version, run.kind, run.name,
                          Word(run.state), run.waiting_for, run.result, run.priority, run.requested_by,
                          run.requested_by_name, run.created_at, run.started_at, run.finished_at, run.not_before,
                          run.timeout_seconds, run.attempt, run.max_attempts, run.needs_approval, run.approved_by,
                          run.approved_by_name, run.approved_at, run.source_connection_id, run.target_connection_id,
                          run.schedule_id, run.options, run.control, run.error, run.progress, run.accepted, run.version,
                          run.pending, run.pending_input, run.pending_by, run.answer));
  for (const std::string& dependency : run.depends_on) {
    MIQ_TRY(Find(session, run.tenant_id, dependency));  // of the same tenant
    MIQ_TRY(session.Execute("INSERT INTO run_dependency (tenant_id, run_id, depends_on) VALUES ($1, $2, $3)",
                            run.tenant_id, run.run_id, dependency));
  }
  return {};
}

Result<RunJob> Find(store::Session& session, const std::string& tenant_id, const std::string& run_id) {
  return FindWith(session, tenant_id, run_id, "");
}

Result<RunJob> FindForUpdate(store::Session& session, const std::string& tenant_id, const std::string& run_id) {
  return FindWith(session, tenant_id, run_id, session.ForUpdate());
}

Result<std::vector<RunJob>> List(store::Session& session, const std::string& tenant_id, const Filter& filter) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT " + std::string(kRunColumns) + std::string(kChosen) +
                               " AND ($8 = '' OR run_id < $8) ORDER BY run_id DESC LIMIT $9",
                           tenant_id, filter.project_id, filter.plan_id, filter.state, filter.kind, filter.schedule_id,
                           filter.waiting_for, filter.after, filter.limit));
  std::vector<RunJob> runs;
  for (const store::Row& row : rows) runs.push_back(RunFrom(row));
  return runs;
}

Result<int64_t> Count(store::Session& session, const std::string& tenant_id, const Filter& filter) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT COUNT(*)" + std::string(kChosen), tenant_id, filter.project_id, filter.plan_id,
                           filter.state, filter.kind, filter.schedule_id, filter.waiting_for));
  return rows.front().Integer(0);
}

Status Update(store::Session& session, const RunJob& run) {
  MIQ_ASSIGN(
      const int64_t changed,
      session.Execute("UPDATE run_job SET state = $3, waiting_for = $4, result = $5, priority = $6, started_at "
                      "= $7, finished_at = $8, "
                      "not_before = $9, attempt = $10, approved_by = $11, approved_by_name = $12, approved_at = "
                      "$13, control = $14, "
                      "error = $15, accepted = $16, needs_approval = $17, plan_version = $18, pending = $19, "
                      "pending_input = $20, pending_by = $21, answer = $22, version = version "
                      "+ 1 WHERE run_id = $1 AND tenant_id = $2",
                      run.run_id, run.tenant_id, Word(run.state), run.waiting_for, run.result, run.priority,
                      run.started_at, run.finished_at, run.not_before, run.attempt, run.approved_by,
                      run.approved_by_name, run.approved_at, run.control, run.error, run.accepted, run.needs_approval,
                      run.plan_version, run.pending, run.pending_input, run.pending_by, run.answer));
  if (changed == 0) return Fail(codes::kApiNotFound, "there is no run '" + run.run_id + "'");
  return {};
}

Status PutProgress(store::Session& session, const Task& task, const std::string& progress) {
  MIQ_TRY(tasks::CheckClaim(session, task));
  MIQ_TRY(session.Execute("UPDATE run_job SET progress = $3 WHERE run_id = $1 AND tenant_id = $2", task.run_id,
                          task.tenant_id, progress));
  return {};
}

Status AddEvents(store::Session& session, const Task& task, const std::vector<RunEvent>& events) {
  MIQ_TRY(tasks::CheckClaim(session, task));
  MIQ_ASSIGN(const store::Rows last,
             session.Query("SELECT COALESCE(MAX(sequence), 0) FROM job_event WHERE run_id = $1 AND tenant_id = $2",
                           task.run_id, task.tenant_id));
  int64_t sequence = last.front().Integer(0);
  for (const RunEvent& event : events)
    MIQ_TRY(
        session.Execute("INSERT INTO job_event (run_id, sequence, tenant_id, at, level, text, task_id) VALUES ($1, $2, "
                        "$3, $4, $5, $6, $7)",
                        task.run_id, ++sequence, task.tenant_id, event.at, event.level, event.text, task.task_id));
  return {};
}

Result<std::vector<RunEvent>> ListEvents(store::Session& session, const std::string& tenant_id,
                                         const std::string& run_id) {
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query(
          "SELECT at, level, text, task_id FROM job_event WHERE run_id = $1 AND tenant_id = $2 ORDER BY sequence",
          run_id, tenant_id));
  std::vector<RunEvent> events;
  for (const store::Row& row : rows) events.push_back({row.Text(0), row.Text(1), row.Text(2), row.Text(3)});
  return events;
}

Result<std::vector<RunJob>> FindAll(store::Session& session, const std::string& tenant_id,
                                    const std::vector<std::string>& run_ids) {
  std::vector<RunJob> runs;
  if (run_ids.empty()) return runs;
  std::vector<store::Value> parameters{store::ToValue(tenant_id)};
  std::string list;
  for (const std::string& run_id : run_ids) {
    parameters.push_back(store::ToValue(run_id));
    list += (list.empty() ? "$" : ", $") + std::to_string(parameters.size());
  }
  MIQ_ASSIGN(const store::Rows rows,
             session.QueryValues("SELECT " + std::string(kRunColumns) +
                                     " FROM run_job WHERE tenant_id = $1 AND run_id IN (" + list + ")",
                                 parameters));
  for (const store::Row& row : rows) runs.push_back(RunFrom(row));
  return runs;
}

Result<Dependencies> CheckDependencies(store::Session& session, const RunJob& run) {
  MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT j.state FROM run_dependency d JOIN run_job j ON j.run_id = "
                                                   "d.depends_on AND j.tenant_id = d.tenant_id "
                                                   "WHERE d.run_id = $1 AND d.tenant_id = $2",
                                                   run.run_id, run.tenant_id));
  Dependencies result;
  for (const store::Row& row : rows) {
    const RunState state = ParseRunState(row.Text(0)).value_or(RunState::failed);
    result.ready &= state == RunState::succeeded;
    result.broken |= IsOver(state) && state != RunState::succeeded;
  }
  return result;
}

}  // namespace jobs

}  // namespace migrateiq::orchestrator
