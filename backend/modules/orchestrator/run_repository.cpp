#include "modules/orchestrator/run_repository.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "base/nearest.hpp"
#include "modules/orchestrator/migrations.hpp"
#include "modules/orchestrator/run_id.hpp"
#include "pipeline/connector/url.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq {

namespace {

constexpr std::string_view kFileName = "state.db";

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
std::string RowContext(const std::string& run_id, const std::string& table) { return "row\n" + run_id + "\n" + table; }

bool EndsRun(const std::string& status) { return status != "running"; }

/// Two texts as one, the length of the first in front.
std::string Joined(const std::string& first, const std::string& second) {
  return std::to_string(first.size()) + "\n" + first + second;
}

std::pair<std::string, std::string> Parted(const std::string& joined) {
  const size_t newline = std::min(joined.find('\n'), joined.size());
  const size_t size = std::strtoull(joined.c_str(), nullptr, 10);
  const std::string rest = joined.substr(std::min(newline + 1, joined.size()));
  return {rest.substr(0, size), rest.substr(std::min(size, rest.size()))};
}

RunRecord RecordFrom(const store::Statement& row) {
  return {.run_id = row.Text(0),
          .name = row.Text(1),
          .status = row.Text(2),
          .started_at = row.Text(3),
          .finished_at = row.Text(4),
          .source = row.Text(5),
          .target = row.Text(6),
          .fingerprint = row.Text(7),
          .accepted = row.Integer(8) != 0,
          .report = row.Text(9)};
}

}  // namespace

RunRepository::RunRepository(std::string folder, store::Database database)
    : folder_(std::move(folder)), database_(std::move(database)) {}

Result<std::unique_ptr<RunRepository>> RunRepository::Open(const std::string& folder) {
  MIQ_TRY(PrepareFolder(folder));
  MIQ_ASSIGN(store::Database database, store::Database::Open(folder + "/" + std::string(kFileName)));
  MIQ_TRY(database.Migrate(detail::RunMigrations()));
  return std::unique_ptr<RunRepository>(new RunRepository(folder, std::move(database)));
}

template <class... Values>
Status RunRepository::Run(std::string_view sql, const Values&... values) {
  const std::scoped_lock lock(mutex_);
  MIQ_ASSIGN(store::Statement statement, database_.Prepare(sql));
  return statement.Bind(values...).Run();
}

template <class... Values>
Status RunRepository::RunOnOne(const std::string& run_id, std::string_view sql, const Values&... values) {
  const std::scoped_lock lock(mutex_);
  MIQ_TRY(Run(sql, values..., run_id));
  if (database_.ChangedRows() == 0) return Fail(codes::kRunNotFound, "there is no run '" + run_id + "'");
  return {};
}

Result<const StateKey*> RunRepository::Key(bool must_exist) {
  if (!key_) {
    MIQ_ASSIGN(StateKey key, StateKey::Load(folder_, must_exist));
    key_ = key;
  }
  return &*key_;
}

// --- runs ------------------------------------------------------------------------------------------------------------

Result<std::string> RunRepository::CreateRun(const Plan& plan) {
  const std::string run_id = NewRunId();
  MIQ_TRY(InsertRun(run_id, plan));
  return run_id;
}

Status RunRepository::InsertRun(const std::string& run_id, const Plan& plan) {
  const std::scoped_lock lock(mutex_);
  Plan shown = plan;
  shown.source.url = MaskSecrets(plan.source.url);
  shown.target.url = MaskSecrets(plan.target.url);
  std::optional<std::string> sealed;
  if (shown.source.url != plan.source.url || shown.target.url != plan.target.url) {
    MIQ_ASSIGN(const StateKey* key, Key(false));
    MIQ_ASSIGN(sealed, key->Seal(Joined(plan.source.url, plan.target.url), UrlContext(run_id)));
  }
  MIQ_TRY(
      Run("INSERT INTO run (run_id, name, status, started_at, plan, fingerprint, source, target) "
          "VALUES (?, ?, 'running', ?, ?, ?, ?, ?)",
          run_id, plan.name, UtcNow(), WritePlan(shown), PlanFingerprint(plan), shown.source.url, shown.target.url));
  if (!sealed) return {};
  return Run("UPDATE run SET sealed_urls = ? WHERE run_id = ?", store::Blob{*sealed}, run_id);
}

Result<std::vector<RunRecord>> RunRepository::SelectRuns(const std::string& run_id) {
  const std::scoped_lock lock(mutex_);
  MIQ_ASSIGN(store::Statement rows,
             database_.Prepare("SELECT run_id, name, status, started_at, finished_at, source, target, fingerprint, "
                               "accepted, report FROM run WHERE ?1 IN ('', run_id) ORDER BY rowid DESC"));
  rows.Bind(run_id);
  std::vector<RunRecord> runs;
  while (true) {
    MIQ_ASSIGN(const bool more, rows.Step());
    if (!more) return runs;
    RunRecord& run = runs.emplace_back(RecordFrom(rows));
    run.controller = RunLock::Holder(folder_, run.run_id);
    if (run.status == "running" && !run.controller) run.status = "interrupted";
  }
}

Result<std::vector<RunRecord>> RunRepository::ListRuns() { return SelectRuns(""); }

Result<RunRecord> RunRepository::FindRun(const std::string& run_id) {
  MIQ_ASSIGN(std::vector<RunRecord> runs, IsRunId(run_id) ? SelectRuns(run_id) : std::vector<RunRecord>());
  if (!runs.empty()) return std::move(runs[0]);
  MIQ_ASSIGN(runs, ListRuns());
  std::vector<std::string> known;
  for (const RunRecord& run : runs) known.push_back(run.run_id);
  return Fail(codes::kRunNotFound, "there is no run '" + run_id + "'" + DidYouMean(run_id, known));
}

Result<Plan> RunRepository::LoadPlan(const std::string& run_id) {
  const std::scoped_lock lock(mutex_);
  MIQ_ASSIGN(store::Statement row, database_.Prepare("SELECT plan, sealed_urls FROM run WHERE run_id = ?"));
  MIQ_ASSIGN(const bool found, row.Bind(run_id).Step());
  if (!found) return Fail(codes::kRunNotFound, "there is no run '" + run_id + "'");
  MIQ_ASSIGN(Plan plan, ParsePlan(row.Text(0), "run " + run_id));
  const std::optional<std::string> sealed = row.OptionalText(1);
  if (!sealed) return plan;
  MIQ_ASSIGN(const StateKey* key, Key(true));
  MIQ_ASSIGN(const std::string urls, key->Open(*sealed, UrlContext(run_id)));
  std::tie(plan.source.url, plan.target.url) = Parted(urls);
  return plan;
}

Status RunRepository::SetStatus(const std::string& run_id, const std::string& status) {
  const std::optional<std::string> finished = EndsRun(status) ? std::optional(UtcNow()) : std::nullopt;
  return RunOnOne(run_id, "UPDATE run SET status = ?, finished_at = ?, request = '' WHERE run_id = ?", status,
                  finished);
}

Status RunRepository::SetAccepted(const std::string& run_id) {
  return RunOnOne(run_id, "UPDATE run SET accepted = 1 WHERE run_id = ?");
}

Status RunRepository::FinishRun(const std::string& run_id, const RunReport& report) {
  return RunOnOne(run_id, "UPDATE run SET status = ?, finished_at = ?, report = ?, request = '' WHERE run_id = ?",
                  ToString(report.status), UtcNow(), ToJson(report));
}

Status RunRepository::PutRequest(const std::string& run_id, const std::string& request) {
  return RunOnOne(run_id, "UPDATE run SET request = ? WHERE run_id = ?", request);
}

Result<std::string> RunRepository::GetRequest(const std::string& run_id) {
  const std::scoped_lock lock(mutex_);
  MIQ_ASSIGN(store::Statement row, database_.Prepare("SELECT request FROM run WHERE run_id = ?"));
  MIQ_ASSIGN(const bool found, row.Bind(run_id).Step());
  return found ? row.Text(0) : std::string();
}

Status RunRepository::AddEvents(const std::string& run_id, const std::vector<RunEvent>& events) {
  const std::scoped_lock lock(mutex_);
  MIQ_ASSIGN(store::Transaction transaction, store::Transaction::Begin(database_));
  MIQ_ASSIGN(store::Statement insert,
             database_.Prepare("INSERT INTO event SELECT ?1, coalesce(max(sequence), 0) + 1, ?2, ?3, ?4 FROM event "
                               "WHERE run_id = ?1"));
  for (const RunEvent& event : events) MIQ_TRY(insert.Bind(run_id, event.at, event.level, event.text).Run());
  return transaction.Commit();
}

Result<std::vector<RunEvent>> RunRepository::ListEvents(const std::string& run_id) {
  const std::scoped_lock lock(mutex_);
  MIQ_ASSIGN(store::Statement rows,
             database_.Prepare("SELECT at, level, text FROM event WHERE run_id = ? ORDER BY sequence"));
  rows.Bind(run_id);
  std::vector<RunEvent> events;
  while (true) {
    MIQ_ASSIGN(const bool more, rows.Step());
    if (!more) return events;
    events.push_back({rows.Text(0), rows.Text(1), rows.Text(2)});
  }
}

// --- RunStore --------------------------------------------------------------------------------------------------------

Status RunRepository::PutSplits(const std::string& run_id, const std::map<std::string, std::vector<Split>>& splits) {
  const std::scoped_lock lock(mutex_);
  MIQ_ASSIGN(store::Transaction transaction, store::Transaction::Begin(database_));
  MIQ_ASSIGN(store::Statement insert, database_.Prepare("INSERT INTO split VALUES (?, ?, ?, ?, ?, ?)"));
  for (const auto& [table, parts] : splits) {
    MIQ_TRY(Run("DELETE FROM split WHERE run_id = ? AND table_name = ?", run_id, table));
    MIQ_TRY(insert.Bind(run_id, table, int64_t{-1}, "", int64_t{0}, int64_t{0}).Run());
    int64_t position = 0;
    for (const Split& split : parts) {
      MIQ_TRY(insert.Bind(run_id, table, position++, split.bounds, split.row_estimate, split.byte_estimate).Run());
    }
  }
  return transaction.Commit();
}

Result<std::optional<std::vector<Split>>> RunRepository::GetSplits(const std::string& run_id,
                                                                   const std::string& table) {
  const std::scoped_lock lock(mutex_);
  MIQ_ASSIGN(store::Statement rows, database_.Prepare("SELECT position, bounds, row_estimate, byte_estimate FROM split "
                                                      "WHERE run_id = ? AND table_name = ? ORDER BY position"));
  rows.Bind(run_id, table);
  std::optional<std::vector<Split>> splits;
  while (true) {
    MIQ_ASSIGN(const bool more, rows.Step());
    if (!more) return splits;
    if (!splits) splits.emplace();
    if (rows.Integer(0) >= 0) splits->push_back({rows.Text(1), rows.Integer(2), rows.Integer(3)});
  }
}

Status RunRepository::PutQuarantine(const ChunkKey& chunk, const std::vector<QuarantinedRow>& rows) {
  const std::scoped_lock lock(mutex_);
  MIQ_ASSIGN(store::Transaction transaction, store::Transaction::Begin(database_));
  MIQ_TRY(Run("DELETE FROM quarantine WHERE run_id = ? AND table_name = ? AND chunk = ?", chunk.run_id, chunk.table,
              chunk.chunk));
  for (const QuarantinedRow& row : rows) {
    MIQ_ASSIGN(const StateKey* key, Key(false));
    MIQ_TRY(InsertQuarantined(chunk, row, *key));
  }
  return transaction.Commit();
}

Status RunRepository::InsertQuarantined(const ChunkKey& chunk, const QuarantinedRow& row, const StateKey& key) {
  MIQ_ASSIGN(const std::string sealed,
             key.Seal(Joined(row.reason, row.original), RowContext(chunk.run_id, chunk.table)));
  return Run(
      "INSERT INTO quarantine (run_id, table_name, chunk, code, column_name, state, sealed) "
      "VALUES (?, ?, ?, ?, ?, ?, ?)",
      chunk.run_id, chunk.table, chunk.chunk, row.code, row.column, row.state, store::Blob{sealed});
}

Status RunRepository::DropQuarantine(const std::string& run_id, const std::string& table) {
  return Run("DELETE FROM quarantine WHERE run_id = ? AND table_name = ?", run_id, table);
}

Result<std::vector<QuarantinedRow>> RunRepository::ListQuarantine(const std::string& run_id) {
  const std::scoped_lock lock(mutex_);
  MIQ_ASSIGN(store::Statement rows, database_.Prepare("SELECT id, table_name, chunk, code, column_name, state, sealed, "
                                                      "sealed_edit FROM quarantine WHERE run_id = ? ORDER BY id"));
  rows.Bind(run_id);
  std::vector<QuarantinedRow> quarantined;
  while (true) {
    MIQ_ASSIGN(const bool more, rows.Step());
    if (!more) return quarantined;
    MIQ_ASSIGN(const StateKey* key, Key(true));
    MIQ_ASSIGN(const std::string opened, key->Open(rows.Text(6), RowContext(run_id, rows.Text(1))));
    auto [reason, original] = Parted(opened);
    std::string edited;
    const std::string sealed_edit = rows.Text(7);
    if (!sealed_edit.empty()) { MIQ_ASSIGN(edited, key->Open(sealed_edit, RowContext(run_id, rows.Text(1)))); }
    quarantined.push_back({.id = rows.Integer(0),
                           .table = rows.Text(1),
                           .chunk = rows.Text(2),
                           .code = rows.Text(3),
                           .column = rows.Text(4),
                           .reason = std::move(reason),
                           .original = std::move(original),
                           .state = rows.Text(5),
                           .edited = std::move(edited)});
  }
}

Result<int64_t> RunRepository::EditQuarantine(const std::string& run_id, const std::vector<RowEdit>& edits) {
  const std::scoped_lock lock(mutex_);
  MIQ_ASSIGN(const std::vector<QuarantinedRow> rows, ListQuarantine(run_id));
  MIQ_ASSIGN(store::Transaction transaction, store::Transaction::Begin(database_));
  std::vector<RunEvent> events;
  for (const RowEdit& edit : edits) {
    MIQ_ASSIGN(const EditedRow edited, ApplyEdit(rows, edit));
    if (edited.columns.empty()) continue;
    MIQ_TRY(PutEdit(run_id, edited));
    events.push_back({UtcNow(), "info", edited.Describe()});
  }
  MIQ_TRY(transaction.Commit());
  if (!events.empty()) MIQ_TRY(AddEvents(run_id, events));
  return static_cast<int64_t>(events.size());
}

Status RunRepository::PutEdit(const std::string& run_id, const EditedRow& edited) {
  if (edited.values.empty()) return Run("UPDATE quarantine SET sealed_edit = NULL WHERE id = ?", edited.row.id);
  MIQ_ASSIGN(const StateKey* key, Key(true));
  MIQ_ASSIGN(const std::string sealed, key->Seal(edited.values, RowContext(run_id, edited.row.table)));
  return Run("UPDATE quarantine SET sealed_edit = ? WHERE id = ?", store::Blob{sealed}, edited.row.id);
}

Status RunRepository::CountEdited(const std::string& run_id) {
  MIQ_ASSIGN(const RunRecord run, FindRun(run_id));
  if (run.report.empty()) return {};
  MIQ_ASSIGN(RunReport report, ReportFromJson(run.report));
  MIQ_ASSIGN(const std::vector<QuarantinedRow> rows, ListQuarantine(run_id));
  bool any = false;
  for (TableReport& table : report.tables) {
    table.rows_edited = std::ranges::count_if(rows, [&](const QuarantinedRow& row) {
      return row.table == table.target && row.state == "replayed" && !row.edited.empty();
    });
    any |= table.rows_edited > 0;
  }
  return any ? RunOnOne(run_id, "UPDATE run SET report = ? WHERE run_id = ?", ToJson(report), run_id) : Status();
}

Status RunRepository::SetQuarantineState(int64_t id, const std::string& state) {
  return Run("UPDATE quarantine SET state = ? WHERE id = ?", state, id);
}

Status RunRepository::PutFact(const std::string& run_id, const std::string& name, const std::string& value) {
  return Run("INSERT INTO fact VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", run_id, name, value);
}

Result<std::optional<std::string>> RunRepository::GetFact(const std::string& run_id, const std::string& name) {
  const std::scoped_lock lock(mutex_);
  MIQ_ASSIGN(store::Statement row, database_.Prepare("SELECT value FROM fact WHERE run_id = ? AND name = ?"));
  MIQ_ASSIGN(const bool found, row.Bind(run_id, name).Step());
  return found ? row.OptionalText(0) : std::nullopt;
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

}  // namespace migrateiq
