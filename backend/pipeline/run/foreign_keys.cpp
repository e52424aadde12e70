#include <algorithm>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/run.hpp"
#include "pipeline/run/active_run.hpp"
#include "pipeline/run/row_pipeline.hpp"
#include "pipeline/verify/readback.hpp"

namespace migrateiq {

namespace {

std::string Join(const Dialect& dialect, const std::vector<std::string>& columns) {
  std::string list;
  for (const std::string& column : columns) list += (list.empty() ? "" : ", ") + dialect.Quote(column);
  return columns.size() == 1 ? list : "(" + list + ")";
}

/// Rows of the child that name a parent which is not there (MATCH SIMPLE: a NULL in the key is no reference).
std::string OrphanPredicate(const Dialect& dialect, const ForeignKey& key) {
  std::string predicate;
  for (const std::string& column : key.columns) predicate += dialect.Quote(column) + " IS NOT NULL AND ";
  std::string parents;
  std::string not_null;
  for (const std::string& column : key.parent_columns) {
    parents += (parents.empty() ? "" : ", ") + dialect.Quote(column);
    not_null += (not_null.empty() ? " WHERE " : " AND ") + dialect.Quote(column) + " IS NOT NULL";
  }
  return predicate + Join(dialect, key.columns) + " NOT IN (SELECT " + parents + " FROM " + dialect.Quote(key.parent) +
         not_null + ")";
}

class ForeignKeyPhase {
 public:
  explicit ForeignKeyPhase(ActiveRun& run) : run_(run), dialect_(run.target->dialect()) {}

  Status Run() {
    for (size_t table = 0; table < run_.resolved.tables.size(); ++table) {
      const TableTask& task = run_.resolved.tables[table];
      const bool made = task.fate == TableFate::kReplace || !task.exists;
      if (made)
        MIQ_TRY(AddKeys(table));
      else if (run_.foreign_keys_bypassed || !dialect_.validates_foreign_keys())
        MIQ_TRY(CheckBypassed(table));
    }
    return {};
  }

 private:
  Status AddKeys(size_t table) {
    Table target = run_.resolved.tables[table].LoadTable();
    const std::vector<ForeignKey> keys = target.foreign_keys;
    for (const ForeignKey& key : keys) {
      target.foreign_keys = {key};
      MIQ_TRY(AddKey(table, key, dialect_.ForeignKeySteps(target)));
    }
    return {};
  }

  /// Where adding the key does not look at the rows, orphans are looked for first; else only when adding it fails.
  Status AddKey(size_t table, const ForeignKey& key, const std::vector<DdlStep>& steps) {
    if (dialect_.validates_foreign_keys()) {
      const Status added = Execute(steps);
      if (added) {
        run_.Object("foreign key", key.name, "created");
        return {};
      }
      if (added.error().Is(codes::kConnLost)) return added;
      MIQ_ASSIGN(const int64_t orphans, CountOrphans(table, key));
      if (orphans == 0) return Report(key, added.error());
      return AddDespiteOrphans(table, key, steps, orphans);
    }
    MIQ_ASSIGN(const int64_t orphans, CountOrphans(table, key));
    if (orphans > 0) return AddDespiteOrphans(table, key, steps, orphans);
    const Status added = Execute(steps);
    if (!added && added.error().Is(codes::kConnLost)) return added;
    if (!added) return Report(key, added.error());
    run_.Object("foreign key", key.name, "created");
    return {};
  }

  Status Report(const ForeignKey& key, const Error& error) {
    run_.Object("foreign key", key.name, "failed", error.message);
    run_.report.errors.push_back(error);
    return {};
  }

  Status Execute(const std::vector<DdlStep>& steps) {
    for (const DdlStep& step : steps) MIQ_TRY(run_.target->Execute(step.statements));
    return {};
  }

  Result<int64_t> CountOrphans(size_t table, const ForeignKey& key) {
    const std::string sql = "SELECT count(*) FROM " + dialect_.Quote(run_.resolved.tables[table].load_name) +
                            " WHERE " + OrphanPredicate(dialect_, key);
    MIQ_ASSIGN(const QueryRows rows, run_.target->Query(sql));
    return rows.empty() || !rows[0][0] ? 0 : std::stoll(*rows[0][0]);
  }

  std::string Describe(size_t table, const ForeignKey& key, int64_t orphans) const {
    return std::to_string(orphans) + " rows of " + run_.Label(table) + " have no parent in " + key.parent.ToString() +
           " (" + (key.name.empty() ? Join(dialect_, key.columns) : key.name) + ")";
  }

  Status AddDespiteOrphans(size_t table, const ForeignKey& key, const std::vector<DdlStep>& steps, int64_t orphans) {
    const std::string text = Describe(table, key, orphans);
    if (run_.plan.on.orphan_row == OrphanRow::kError)
      return Fail(Error(codes::kDataOrphan, text).Table(run_.Label(table)));
    if (run_.plan.on.orphan_row == OrphanRow::kQuarantine) {
      MIQ_TRY(Quarantine(table, key));
      MIQ_TRY(Execute(steps));
      run_.Object("foreign key", key.name, "created", text + ": quarantined");
      return {};
    }
    run_.progress->Event("warning", text);
    if (steps.empty()) {
      run_.Object("foreign key", key.name, "created", text + ": declared with the table; existing rows are kept");
      return {};
    }
    const bool unchecked = ExecuteUnchecked(steps);
    run_.Object("foreign key", key.name, unchecked ? "created" : "skipped",
                text + (unchecked ? ": created without checking existing rows" : ": left out; the rows are kept"));
    return {};
  }

  /// PostgreSQL can have the key for new rows only; other systems refuse the words and nothing happens.
  bool ExecuteUnchecked(const std::vector<DdlStep>& steps) {
    if (!dialect_.validates_foreign_keys()) return false;
    std::vector<DdlStep> unchecked = steps;
    for (DdlStep& step : unchecked) step.statements.back() += " NOT VALID";
    return Execute(unchecked).has_value();
  }

  Status CheckBypassed(size_t table) {
    for (const ForeignKey& key : run_.resolved.tables[table].target.foreign_keys) {
      MIQ_ASSIGN(const int64_t orphans, CountOrphans(table, key));
      if (orphans == 0) continue;
      const std::string text = Describe(table, key, orphans);
      if (run_.plan.on.orphan_row == OrphanRow::kError)
        return Fail(Error(codes::kDataOrphan, text).Table(run_.Label(table)));
      if (run_.plan.on.orphan_row == OrphanRow::kQuarantine) {
        MIQ_TRY(Quarantine(table, key));
        continue;
      }
      run_.progress->Event("warning", text);
      run_.Object("foreign key", key.name, "created", text + ": the key was not enforced while loading");
    }
    return {};
  }

  /// Takes the orphans out of the target into the quarantine, and off the table's ledger.
  Status Quarantine(size_t table, const ForeignKey& key) {
    const TableTask& task = run_.resolved.tables[table];
    std::vector<QuarantinedRow> rows;
    Digest digest;
    MIQ_TRY(ReadOrphans(task, key, rows, digest));
    const ChunkKey chunk{run_.run_id, task.target_label, "orphans:" + key.name};
    for (QuarantinedRow& row : rows) row.chunk = chunk.chunk;
    MIQ_TRY(run_.context.store.PutQuarantine(chunk, rows));
    if (run_.lines[table].empty()) return Fail(codes::kInternal, "no ledger line for " + task.target_label);
    LedgerLine& line = run_.lines[table].front();
    line.digest.Subtract(digest);
    line.rows_written -= static_cast<int64_t>(rows.size());
    line.rows_quarantined += static_cast<int64_t>(rows.size());
    MIQ_TRY(run_.target->UpdateLedger(line));
    return run_.target->Execute(
        {"DELETE FROM " + dialect_.Quote(task.load_name) + " WHERE " + OrphanPredicate(dialect_, key)});
  }

  Status ReadOrphans(const TableTask& task, const ForeignKey& key, std::vector<QuarantinedRow>& rows, Digest& digest) {
    MIQ_ASSIGN(const std::unique_ptr<Source> source,
               OpenSource(run_.ends.target_url, OptionsFor(run_.plan, "", run_.context)));
    MIQ_ASSIGN(const HeldMoment moment, source->HoldMoment(1, {task.load_name}));
    const Table table = task.LoadTable();
    ReadRequest request = task.ReadBack(table);
    request.where = OrphanPredicate(dialect_, key);
    std::mutex mutex;
    RowEncoder encoder;
    return VisitRows({*source, moment.readers, mutex, run_.context.stop}, request, task.transform.target, {},
                     [&](int, const Batch& batch) -> Status {
                       const std::lock_guard lock(rows_mutex_);
                       AddToDigest(batch, encoder, digest);
                       for (int64_t row = 0; row < batch.rows; ++row) {
                         rows.push_back({.table = task.target_label,
                                         .code = std::string(codes::kDataOrphan.code),
                                         .column = key.columns.front(),
                                         .reason = "orphan: no parent in " + key.parent.ToString(),
                                         .original = RowJson(batch, row)});
                       }
                       return {};
                     });
  }

  ActiveRun& run_;
  const Dialect& dialect_;
  std::mutex rows_mutex_;
};

}  // namespace

Status AddForeignKeys(ActiveRun& run) {
  run.progress->SetPhase("constraining");
  MIQ_ASSIGN(const std::string done, run.Fact("constrained"));
  if (!done.empty() || run.ends.target_connector->info().file_based) return {};  // the plan's report lists their keys
  MIQ_TRY(ForeignKeyPhase(run).Run());
  return run.Remember("constrained", "yes");
}

}  // namespace migrateiq
