#include <algorithm>

#include "base/encoding.hpp"
#include "modules/orchestrator/joined.hpp"
#include "modules/orchestrator/run_id.hpp"
#include "modules/orchestrator/run_repository.hpp"

/// What the engine remembers: splits, quarantined rows, facts.
namespace migrateiq {

namespace {

std::string RowContext(const std::string& run_id, const std::string& table) { return "row\n" + run_id + "\n" + table; }

}  // namespace

// --- splits ----------------------------------------------------------------------------------------------------------

Status RunRepository::PutSplits(const std::string& run_id, const std::map<std::string, std::vector<Split>>& splits) {
  return Write([&](store::Session& session) -> Status {
    for (const auto& [table, parts] : splits) MIQ_TRY(InsertSplits(session, run_id, table, parts));
    return {};
  });
}

/// Position -1 says that the table was planned, also when there is nothing to read.
Status RunRepository::InsertSplits(store::Session& session, const std::string& run_id, const std::string& table,
                                   const std::vector<Split>& splits) const {
  MIQ_TRY(session.Execute("DELETE FROM split WHERE tenant_id = $1 AND run_id = $2 AND table_name = $3", tenant_id_,
                          run_id, table));
  const auto insert = [&](int64_t position, const Split& split) {
    return session.Execute(
        "INSERT INTO split (run_id, table_name, position, tenant_id, bounds, row_estimate, byte_estimate) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        run_id, table, position, tenant_id_, store::Bytes{split.bounds}, split.row_estimate, split.byte_estimate);
  };
  MIQ_TRY(insert(-1, {"", 0, 0}));
  int64_t position = 0;
  for (const Split& split : splits) MIQ_TRY(insert(position++, split));
  return {};
}

Result<std::optional<std::vector<Split>>> RunRepository::GetSplits(const std::string& run_id,
                                                                   const std::string& table) {
  MIQ_ASSIGN(const store::Rows rows,
             Select("SELECT bounds, row_estimate, byte_estimate FROM split "
                    "WHERE tenant_id = $1 AND run_id = $2 AND table_name = $3 ORDER BY position",
                    {tenant_id_, run_id, table}));
  if (rows.empty()) return std::nullopt;
  std::vector<Split> splits;
  for (size_t index = 1; index < rows.size(); ++index)
    splits.push_back({rows[index].Binary(0), rows[index].Integer(1), rows[index].Integer(2)});
  return splits;
}

// --- quarantine ------------------------------------------------------------------------------------------------------

Status RunRepository::PutQuarantine(const ChunkKey& chunk, const std::vector<QuarantinedRow>& rows) {
  return Write([&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute(
        "DELETE FROM quarantine WHERE tenant_id = $1 AND run_id = $2 AND table_name = $3 AND chunk = $4", tenant_id_,
        chunk.run_id, chunk.table, chunk.chunk));
    for (const QuarantinedRow& row : rows) MIQ_TRY(InsertQuarantined(session, chunk, row));
    return {};
  });
}

Status RunRepository::InsertQuarantined(store::Session& session, const ChunkKey& chunk,
                                        const QuarantinedRow& row) const {
  MIQ_ASSIGN(std::string sealed,
             sealer_->Seal(Joined(row.reason, row.original), RowContext(chunk.run_id, chunk.table)));
  MIQ_TRY(
      session.Execute("INSERT INTO quarantine (tenant_id, run_id, table_name, chunk, code, column_name, state, sealed) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                      tenant_id_, chunk.run_id, chunk.table, chunk.chunk, row.code, row.column, row.state,
                      store::Bytes{std::move(sealed)}));
  return {};
}

Status RunRepository::DropQuarantine(const std::string& run_id, const std::string& table) {
  return Write([&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute("DELETE FROM quarantine WHERE tenant_id = $1 AND run_id = $2 AND table_name = $3",
                            tenant_id_, run_id, table));
    return {};
  });
}

Result<std::vector<QuarantinedRow>> RunRepository::ListQuarantine(const std::string& run_id) {
  return store_.ReadFor<std::vector<QuarantinedRow>>(
      Scope(), [&](store::Session& session) { return SelectQuarantine(session, run_id); });
}

Result<std::vector<QuarantinedRow>> RunRepository::SelectQuarantine(store::Session& session,
                                                                    const std::string& run_id) const {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT id, table_name, chunk, code, column_name, state, sealed, sealed_edit "
                           "FROM quarantine WHERE tenant_id = $1 AND run_id = $2 ORDER BY id",
                           tenant_id_, run_id));
  std::vector<QuarantinedRow> quarantined;
  for (const store::Row& row : rows) {
    MIQ_ASSIGN(QuarantinedRow one, QuarantinedFrom(row, run_id));
    quarantined.push_back(std::move(one));
  }
  return quarantined;
}

Result<QuarantinedRow> RunRepository::QuarantinedFrom(const store::Row& row, const std::string& run_id) const {
  const std::string context = RowContext(run_id, row.Text(1));
  MIQ_ASSIGN(const std::string opened, sealer_->Open(row.Binary(6), context));
  auto [reason, original] = Parted(opened);
  std::string edited;
  if (!row.IsNull(7)) { MIQ_ASSIGN(edited, sealer_->Open(row.Binary(7), context)); }
  return QuarantinedRow{.id = row.Integer(0),
                        .table = row.Text(1),
                        .chunk = row.Text(2),
                        .code = row.Text(3),
                        .column = row.Text(4),
                        .reason = std::move(reason),
                        .original = std::move(original),
                        .state = row.Text(5),
                        .edited = std::move(edited)};
}

Result<int64_t> RunRepository::EditQuarantine(const std::string& run_id, const std::vector<RowEdit>& edits) {
  return store_.WriteFor<int64_t>(Scope(), [&](store::Session& session) -> Result<int64_t> {
    MIQ_ASSIGN(const std::vector<RunEvent> events, ApplyEdits(session, run_id, edits));
    if (!events.empty()) MIQ_TRY(InsertEvents(session, run_id, events));
    return static_cast<int64_t>(events.size());
  });
}

Result<std::vector<RunEvent>> RunRepository::ApplyEdits(store::Session& session, const std::string& run_id,
                                                        const std::vector<RowEdit>& edits) const {
  MIQ_ASSIGN(const std::vector<QuarantinedRow> rows, SelectQuarantine(session, run_id));
  std::vector<RunEvent> events;
  for (const RowEdit& edit : edits) {
    MIQ_ASSIGN(const EditedRow edited, ApplyEdit(rows, edit));
    if (edited.columns.empty()) continue;
    MIQ_TRY(PutEdit(session, run_id, edited));
    events.push_back({UtcNow(), "info", edited.Describe()});
  }
  return events;
}

Status RunRepository::PutEdit(store::Session& session, const std::string& run_id, const EditedRow& edited) const {
  std::optional<store::Bytes> sealed;
  if (!edited.values.empty()) {
    MIQ_ASSIGN(std::string bytes, sealer_->Seal(edited.values, RowContext(run_id, edited.row.table)));
    sealed = store::Bytes{std::move(bytes)};
  }
  MIQ_TRY(session.Execute("UPDATE quarantine SET sealed_edit = $1 WHERE tenant_id = $2 AND id = $3", sealed, tenant_id_,
                          edited.row.id));
  return {};
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
  if (!any) return {};
  return ChangeRun(run_id, "UPDATE run SET report = $1 WHERE tenant_id = $2 AND run_id = $3",
                   {ToJson(report), tenant_id_, run_id});
}

Status RunRepository::SetQuarantineState(int64_t id, const std::string& state) {
  return Write([&](store::Session& session) -> Status {
    MIQ_TRY(
        session.Execute("UPDATE quarantine SET state = $1 WHERE tenant_id = $2 AND id = $3", state, tenant_id_, id));
    return {};
  });
}

// --- facts -----------------------------------------------------------------------------------------------------------

Status RunRepository::PutFact(const std::string& run_id, const std::string& name, const std::string& value) {
  return Write([&](store::Session& session) -> Status {
    MIQ_TRY(
        session.Execute("INSERT INTO fact (run_id, name, tenant_id, value) VALUES ($1, $2, $3, $4) "
                        "ON CONFLICT (run_id, name) DO UPDATE SET value = excluded.value",
                        run_id, name, tenant_id_, value));
    return {};
  });
}

Result<std::optional<std::string>> RunRepository::GetFact(const std::string& run_id, const std::string& name) {
  MIQ_ASSIGN(const store::Rows rows, Select("SELECT value FROM fact WHERE tenant_id = $1 AND run_id = $2 AND name = $3",
                                            {tenant_id_, run_id, name}));
  return rows.empty() ? std::nullopt : rows[0].OptionalText(0);
}

Status RunRepository::PutSealedFact(const std::string& run_id, const std::string& name, const std::string& text) {
  MIQ_ASSIGN(const std::string sealed, sealer_->Seal(text, "fact:" + run_id + ":" + name));
  return PutFact(run_id, name, ToBase64Url(sealed));
}

Result<std::optional<std::string>> RunRepository::GetSealedFact(const std::string& run_id, const std::string& name) {
  MIQ_ASSIGN(const auto stored, GetFact(run_id, name));
  if (!stored) return std::nullopt;
  return sealer_->Open(FromBase64Url(*stored).value_or(""), "fact:" + run_id + ":" + name);
}

}  // namespace migrateiq
