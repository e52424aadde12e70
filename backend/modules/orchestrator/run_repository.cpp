#include "modules/orchestrator/run_repository.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "base/errors/run.hpp"
#include "base/nearest.hpp"
#include "base/time.hpp"
#include "modules/orchestrator/joined.hpp"
#include "modules/orchestrator/migrations.hpp"
#include "modules/orchestrator/run_id.hpp"
#include "pipeline/connector/url.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq {

namespace {

constexpr std::string_view kFileName = "state.db", kLocalTenant = "default";

// An existing folder of others is left as it is: the files in it are private anyway.
Status PrepareFolder(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path parent = fs::absolute(folder, error).parent_path();
  if (!error) fs::create_directories(parent, error);
  const bool made = ::mkdir(folder.c_str(), 0700) == 0;
  if (!fs::is_directory(folder, error)) return Fail(codes::kStateOpen, folder + " cannot be made");
  const bool ours = made || fs::is_empty(folder, error) || fs::exists(fs::path(folder) / kFileName, error);
  if (ours) ::chmod(folder.c_str(), 0700);
  return {};
}

std::string UrlContext(const std::string& run_id) { return "urls\n" + run_id; }

bool EndsRun(const std::string& status) { return status != "running"; }

}  // namespace

RunRepository::RunRepository(store::Store& store, std::string tenant_id, std::unique_ptr<Sealer> sealer,
                             std::string folder)
    : store_(store), tenant_id_(std::move(tenant_id)), folder_(std::move(folder)), sealer_(std::move(sealer)) {}

Result<std::unique_ptr<RunRepository>> RunRepository::Open(const std::string& folder) {
  MIQ_TRY(PrepareFolder(folder));
  MIQ_ASSIGN(std::unique_ptr<store::Store> store,
             store::Store::Open("sqlite://" + folder + "/" + std::string(kFileName)));
  MIQ_TRY(store->Migrate("orchestrator", detail::RunMigrations()));
  auto repository = std::make_unique<RunRepository>(*store, std::string(kLocalTenant), SealByStateKey(folder), folder);
  repository->own_store_ = std::move(store);
  return repository;
}

Result<store::Rows> RunRepository::Select(std::string_view sql, const Parameters& parameters) {
  return store_.ReadFor<store::Rows>(Scope(),
                                     [&](store::Session& session) { return session.QueryValues(sql, parameters); });
}

Status RunRepository::ChangeRun(const std::string& run_id, std::string_view sql, const Parameters& parameters) {
  return Write([&](store::Session& session) -> Status {
    MIQ_ASSIGN(const int64_t changed, session.ExecuteValues(sql, parameters));
    if (changed == 0) return Fail(codes::kRunNotFound, "there is no run '" + run_id + "'");
    return {};
  });
}

// --- runs ------------------------------------------------------------------------------------------------------------

// Ids are short, so two runs of one second may, rarely, take the same.
Result<std::string> RunRepository::CreateRun(const Plan& plan) {
  constexpr int kAttempts = 5;
  Result<std::string> run_id = InsertRun(plan);
  for (int attempt = 1; attempt < kAttempts && !run_id && run_id.error().Is(codes::kStateConflict); ++attempt)
    run_id = InsertRun(plan);
  return run_id;
}

Result<std::string> RunRepository::InsertRun(const Plan& plan) {
  const std::string run_id = NewRunId();
  Plan shown = plan;
  shown.source.url = MaskSecrets(plan.source.url);
  shown.target.url = MaskSecrets(plan.target.url);
  std::optional<store::Bytes> sealed;
  if (shown.source.url != plan.source.url || shown.target.url != plan.target.url) {
    MIQ_ASSIGN(std::string bytes, sealer_->Seal(Joined(plan.source.url, plan.target.url), UrlContext(run_id)));
    sealed = store::Bytes{std::move(bytes)};
  }
  MIQ_TRY(Write([&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute(
        "INSERT INTO run (run_id, tenant_id, created_at, name, status, started_at, plan, fingerprint, source, target, "
        "sealed_urls) VALUES ($1, $2, $3, $4, 'running', $5, $6, $7, $8, $9, $10)",
        run_id, tenant_id_, SystemClock().Now(), plan.name, UtcNow(), WritePlan(shown), PlanFingerprint(plan),
        shown.source.url, shown.target.url, sealed));
    return {};
  }));
  return run_id;
}

Status RunRepository::Register(const std::string& run_id, const std::string& name, const Plan& plan) {
  Plan shown = plan;
  shown.source.url = MaskSecrets(plan.source.url);
  shown.target.url = MaskSecrets(plan.target.url);
  return Write([&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute(
        "INSERT INTO run (run_id, tenant_id, created_at, name, status, started_at, plan, fingerprint, source, target) "
        "VALUES ($1, $2, $3, $4, 'running', $5, $6, $7, $8, $9) ON CONFLICT (run_id) DO NOTHING",
        run_id, tenant_id_, SystemClock().Now(), name, UtcNow(), WritePlan(shown), PlanFingerprint(plan),
        shown.source.url, shown.target.url));
    return {};
  });
}

RunRecord RunRepository::RecordFrom(const store::Row& row) const {
  RunRecord run{.run_id = row.Text(0),
                .name = row.Text(1),
                .status = row.Text(2),
                .started_at = row.Text(3),
                .finished_at = row.Text(4),
                .source = row.Text(5),
                .target = row.Text(6),
                .fingerprint = row.Text(7),
                .accepted = row.Boolean(8),
                .report = row.Text(9)};
  if (folder_.empty()) return run;
  run.controller = RunLock::Holder(folder_, run.run_id);
  if (run.status == "running" && !run.controller) run.status = "interrupted";
  return run;
}

Result<std::vector<RunRecord>> RunRepository::SelectRuns(std::string_view condition, Parameters parameters) {
  parameters.insert(parameters.begin(), tenant_id_);
  MIQ_ASSIGN(const store::Rows rows,
             Select("SELECT run_id, name, status, started_at, finished_at, source, target, fingerprint, accepted, "
                    "report FROM run WHERE tenant_id = $1" +
                        std::string(condition) + " ORDER BY created_at DESC, run_id DESC",
                    parameters));
  std::vector<RunRecord> runs;
  for (const store::Row& row : rows) runs.push_back(RecordFrom(row));
  return runs;
}

Result<std::vector<RunRecord>> RunRepository::ListRuns() { return SelectRuns("", {}); }

Result<RunRecord> RunRepository::FindRun(const std::string& run_id) {
  std::vector<RunRecord> runs;
  if (IsRunId(run_id)) { MIQ_ASSIGN(runs, SelectRuns(" AND run_id = $2", {run_id})); }
  if (!runs.empty()) return std::move(runs[0]);
  MIQ_ASSIGN(runs, ListRuns());
  std::vector<std::string> known;
  for (const RunRecord& run : runs) known.push_back(run.run_id);
  return Fail(codes::kRunNotFound, "there is no run '" + run_id + "'" + DidYouMean(run_id, known));
}

Result<Plan> RunRepository::LoadPlan(const std::string& run_id) {
  MIQ_ASSIGN(const store::Rows rows,
             Select("SELECT plan, sealed_urls FROM run WHERE tenant_id = $1 AND run_id = $2", {tenant_id_, run_id}));
  if (rows.empty()) return Fail(codes::kRunNotFound, "there is no run '" + run_id + "'");
  MIQ_ASSIGN(Plan plan, ParsePlan(rows[0].Text(0), "run " + run_id));
  if (rows[0].IsNull(1)) return plan;
  MIQ_ASSIGN(const std::string urls, sealer_->Open(rows[0].Binary(1), UrlContext(run_id)));
  std::tie(plan.source.url, plan.target.url) = Parted(urls);
  return plan;
}

Status RunRepository::SetStatus(const std::string& run_id, const std::string& status) {
  const std::optional<std::string> finished = EndsRun(status) ? std::optional(UtcNow()) : std::nullopt;
  return ChangeRun(run_id,
                   "UPDATE run SET status = $1, finished_at = $2, request = '' WHERE tenant_id = $3 AND run_id = $4",
                   {status, store::ToValue(finished), tenant_id_, run_id});
}

Status RunRepository::SetAccepted(const std::string& run_id) {
  return ChangeRun(run_id, "UPDATE run SET accepted = 1 WHERE tenant_id = $1 AND run_id = $2", {tenant_id_, run_id});
}

Status RunRepository::FinishRun(const std::string& run_id, const RunReport& report) {
  return ChangeRun(run_id,
                   "UPDATE run SET status = $1, finished_at = $2, report = $3, request = '' "
                   "WHERE tenant_id = $4 AND run_id = $5",
                   {std::string(ToString(report.status)), UtcNow(), ToJson(report), tenant_id_, run_id});
}

Status RunRepository::PutRequest(const std::string& run_id, const std::string& request) {
  return ChangeRun(run_id, "UPDATE run SET request = $1 WHERE tenant_id = $2 AND run_id = $3",
                   {request, tenant_id_, run_id});
}

Result<std::string> RunRepository::GetRequest(const std::string& run_id) {
  MIQ_ASSIGN(const store::Rows rows,
             Select("SELECT request FROM run WHERE tenant_id = $1 AND run_id = $2", {tenant_id_, run_id}));
  return rows.empty() ? std::string() : rows[0].Text(0);
}

Result<std::vector<PastRun>> RunRepository::ListPastRuns() {
  MIQ_ASSIGN(const std::vector<RunRecord> runs, ListRuns());
  std::vector<PastRun> past;
  for (const RunRecord& run : runs) {
    if (run.report.empty()) continue;
    const Result<RunReport> report = ReportFromJson(run.report);
    const bool whole = report && report->moments == 1 &&
                       (report->status == RunResult::kSucceeded || report->status == RunResult::kQuarantined);
    if (!whole) continue;
    PastRun& one = past.emplace_back(PastRun{.target = run.target, .seconds = report->seconds});
    for (const TableReport& table : report->tables) one.bytes += table.bytes;
  }
  return past;
}

// --- events ----------------------------------------------------------------------------------------------------------

Status RunRepository::AddEvents(const std::string& run_id, const std::vector<RunEvent>& events) {
  return Write([&](store::Session& session) { return InsertEvents(session, run_id, events); });
}

Status RunRepository::InsertEvents(store::Session& session, const std::string& run_id,
                                   const std::vector<RunEvent>& events) const {
  MIQ_TRY(session.Serialise("event:" + run_id));
  MIQ_ASSIGN(const store::Rows last,
             session.Query("SELECT coalesce(max(sequence), 0) FROM event WHERE run_id = $1", run_id));
  int64_t sequence = last[0].Integer(0);
  for (const RunEvent& event : events) {
    MIQ_TRY(session.Execute(
        "INSERT INTO event (run_id, sequence, tenant_id, at, level, text, task_id) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        run_id, ++sequence, tenant_id_, event.at, event.level, Printable(event.text), event.task_id));
  }
  return {};
}

Result<std::vector<RunEvent>> RunRepository::ListEvents(const std::string& run_id) {
  MIQ_ASSIGN(const store::Rows rows,
             Select("SELECT at, level, text, task_id FROM event WHERE tenant_id = $1 AND run_id = $2 ORDER BY sequence",
                    {tenant_id_, run_id}));
  std::vector<RunEvent> events;
  for (const store::Row& row : rows) events.push_back({row.Text(0), row.Text(1), row.Text(2), row.Text(3)});
  return events;
}

}  // namespace migrateiq
