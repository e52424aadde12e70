#include "modules/orchestrator/local_runs.hpp"

#include <boost/json.hpp>

#include "base/errors/api.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "base/time.hpp"
#include "modules/core/sign_in/system_tenant.hpp"
#include "modules/orchestrator/run_lock.hpp"
#include "pipeline/run/report.hpp"

namespace migrateiq::orchestrator {

namespace {

namespace json = boost::json;

/// What the command line's own table says, with the row that shows it so far; a run that is at work or was left by its
/// process is looked at every time.
constexpr std::string_view kChanged = R"(
SELECT r.run_id, r.name, r.status, r.started_at, r.finished_at, r.created_at, r.accepted, r.report,
  (SELECT f.value FROM fact f WHERE f.run_id = r.run_id AND f.tenant_id = r.tenant_id AND f.name = 'progress'),
  j.run_id IS NULL
FROM run r LEFT JOIN run_job j ON j.run_id = r.run_id
WHERE r.tenant_id = $1 AND (j.run_id IS NULL
  OR (j.kind = 'local' AND (r.status = 'running' OR j.options <> '{"status":"' || r.status || '"}' OR j.accepted <> r.accepted)))
ORDER BY r.created_at)";

RunState StateOf(const std::string& status) {
  if (status == "succeeded" || status == "quarantined") return RunState::succeeded;
  if (status == "interrupted") return RunState::paused;  // `migrateiq resume` goes on with it
  return ParseRunState(status).value_or(RunState::failed);
}

/// How it ended, and of what it failed.
void TakeReport(const std::string& text, RunJob& run) {
  const auto report = text.empty() ? Fail(codes::kRunNotFound, "") : ReportFromJson(text);
  if (!report) return;
  run.result = ToString(report->status);
  if (run.state != RunState::failed || report->errors.empty()) return;
  const Error& error = report->errors.front();
  run.error = JsonText(json::object{{"code", error.code.code}, {"message", error.message}, {"fix", error.FixText()}});
}

RunJob RunFrom(const store::Row& row, const std::string& folder) {
  RunJob run{.run_id = row.Text(0), .tenant_id = core::kDefaultTenant, .kind = kLocalRun, .name = row.Text(1)};
  std::string status = row.Text(2);
  if (status == "running" && !RunLock::Holder(folder, run.run_id)) status = "interrupted";
  run.options = JsonText(json::object{{"status", status}});
  run.state = StateOf(status);
  run.requested_by_name = "command line";
  run.created_at = row.Integer(5);
  run.started_at = ParseTime(row.Text(3));
  run.accepted = row.Boolean(6);
  run.progress = row.Text(8);
  run.attempt = run.max_attempts = 1;
  if (run.state == RunState::running) return run;
  if (run.state != RunState::paused) run.finished_at = ParseTime(row.Text(4));
  TakeReport(row.Text(7), run);
  if (run.state == RunState::paused) run.result = "interrupted";
  return run;
}

bool IsShownSo(const RunJob& known, const RunJob& now) {
  return known.state == now.state && known.options == now.options && known.accepted == now.accepted &&
         known.progress == now.progress && known.result == now.result;
}

Status Show(store::Session& session, const RunJob& run) {
  MIQ_TRY(session.Execute("UPDATE run_job SET options = $3, progress = $4 WHERE run_id = $1 AND tenant_id = $2",
                          run.run_id, run.tenant_id, run.options, run.progress));
  return jobs::Update(session, run);
}

}  // namespace

Status LocalRuns::Adopt() {
  const store::Scope scope = store::Scope::Tenant(core::kDefaultTenant);
  MIQ_ASSIGN(const store::Rows changed, parts_.store.ReadFor<store::Rows>(scope, [](store::Session& session) {
    return session.Query(kChanged, core::kDefaultTenant);
  }));
  for (const store::Row& row : changed) {
    const RunJob run = RunFrom(row, parts_.folder);
    std::optional<RunJob> shown;
    MIQ_TRY(parts_.store.Write(scope, [&](store::Session& session) -> Status {
      shown.reset();
      const auto known = jobs::Find(session, run.tenant_id, run.run_id);
      if (known && IsShownSo(*known, run)) return {};
      MIQ_TRY(known ? Show(session, run) : jobs::Insert(session, run));
      MIQ_ASSIGN(shown, jobs::Find(session, run.tenant_id, run.run_id));
      return {};
    }));
    if (shown) parts_.announce(*shown);
  }
  return {};
}

Status CheckActsHere(const RunJob& run) {
  if (run.kind != kLocalRun) return {};
  return Fail(Error(codes::kApiState, "run " + run.run_id + " is the command line's: it is only shown here")
                  .Fix("Use `migrateiq` with the same --state on this host; `migrateiq --help` lists what it can do."));
}

}  // namespace migrateiq::orchestrator
