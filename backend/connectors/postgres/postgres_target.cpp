#include "connectors/postgres/postgres_target.hpp"

#include <algorithm>

#include "base/errors/connect.hpp"
#include "base/errors/plan.hpp"
#include "connectors/postgres/postgres_claim.hpp"
#include "connectors/postgres/postgres_dialect.hpp"
#include "connectors/postgres/postgres_errors.hpp"
#include "connectors/postgres/postgres_swap.hpp"
#include "connectors/postgres/postgres_writer.hpp"

namespace migrateiq::postgres {

namespace {

constexpr const char* kNewPrefix = "migrateiq_new_";
constexpr const char* kOldPrefix = "migrateiq_old_";

std::string Quoted(const TableName& name) { return PostgresDialect::Instance().Quote(name); }

/// Short and unique among schemas of one run: a long name keeps a hash of what was cut off.
std::string RunSchema(const char* prefix, const std::string& run_id, const std::string& schema,
                      const std::string& usual) {
  std::string name = prefix + run_id + (schema.empty() || schema == usual ? "" : "_" + schema);
  if (name.size() <= 63) return name;
  uint64_t hash = 14695981039346656037U;
  for (const char c : name) hash = (hash ^ static_cast<uint8_t>(c)) * 1099511628211U;
  return name.substr(0, 46) + "_" + std::to_string(hash).substr(0, 16);
}

Status CreateDatabase(const Url& url, const SessionOptions& options) {
  SessionOptions maintenance = options;
  maintenance.database = "postgres";
  auto session = Session::Open(url, maintenance);
  if (!session) {
    maintenance.database = "template1";
    session = Session::Open(url, maintenance);
  }
  if (!session) return Fail(std::move(session).error());
  return (*session)->Execute("CREATE DATABASE " + QuoteIdentifier(url.path) + " ENCODING 'UTF8' TEMPLATE template0");
}

}  // namespace

Result<std::unique_ptr<Target>> PostgresTarget::Open(const Url& url, const OpenOptions& options) {
  std::vector<std::string> path = SchemasOf(url);
  const std::string schema = path.empty() ? "public" : path.front();
  if (std::ranges::find(path, "public") == path.end()) path.emplace_back("public");
  const SessionOptions ddl{.stop = options.stop, .search_path = path, .lock_timeout = "10s"};
  auto session = Session::Open(url, ddl);
  if (!session && session.error().Is(codes::kConnDatabase) && options.create_database) {
    MIQ_TRY(CreateDatabase(url, ddl));
    session = Session::Open(url, ddl);
  }
  if (!session) return Fail(std::move(session).error());
  auto pool = std::make_shared<SessionPool>(url, SessionOptions{.stop = options.stop, .search_path = path});
  const std::string ledger = options.ledger_schema.empty() ? "migrateiq" : options.ledger_schema;
  std::unique_ptr<PostgresTarget> target(new PostgresTarget(std::move(pool), Ledger(ledger), schema));
  target->session_ = std::move(*session);
  return target;
}

const Dialect& PostgresTarget::dialect() const { return PostgresDialect::Instance(); }

Status PostgresTarget::Claim(const std::vector<TableName>& tables) {
  return ClaimTables(*session_, tables, default_schema_);
}

Result<std::vector<LedgerLine>> PostgresTarget::ReadLedger(const std::string& run_id) {
  return ledger_.Read(*session_, run_id);
}

Status PostgresTarget::AppendJournal(const std::string& run_id, const JournalEntry& entry) {
  return ledger_.AppendJournal(*session_, run_id, entry);
}

Result<std::vector<JournalEntry>> PostgresTarget::ReadJournal(const std::string& run_id) {
  return ledger_.ReadJournal(*session_, run_id);
}

Result<std::vector<std::string>> PostgresTarget::JournalledRuns() { return ledger_.JournalledRuns(*session_); }

/// A table that others refer to cannot be truncated alone: its rows are deleted then.
Status PostgresTarget::EmptyTable(const std::string& run_id, const std::string& ledger_table, const TableName& table) {
  const std::string forget = ledger_.DeleteTableStatement(run_id, ledger_table);
  const Status truncated = session_->Execute("TRUNCATE TABLE " + Quoted(table) + "; " + forget);
  if (truncated || !truncated.error().Is(codes::kSchemaUnsupported)) return truncated;
  return session_->Execute("DELETE FROM " + Quoted(table) + "; " + forget);
}

Status PostgresTarget::ForgetRun(const std::string& run_id) {
  MIQ_TRY(ledger_.Forget(*session_, run_id));
  MIQ_ASSIGN(const Rows rows,
             session_->Query("SELECT n.nspname FROM pg_namespace n WHERE (starts_with(n.nspname::text, " +
                             QuoteText(RunSchema(kNewPrefix, run_id, "", "")) + ") OR starts_with(n.nspname::text, " +
                             QuoteText(RunSchema(kOldPrefix, run_id, "", "")) +
                             ")) AND NOT EXISTS (SELECT 1 FROM pg_class c WHERE c.relnamespace = n.oid)"));
  for (int i = 0; i < rows.count(); ++i) MIQ_TRY(session_->Execute("DROP SCHEMA " + QuoteIdentifier(rows.At(i, 0))));
  return {};
}

Status PostgresTarget::Execute(const std::vector<std::string>& statements) {
  std::string sql;
  for (const std::string& statement : statements) sql += (sql.empty() ? "" : "\n;\n") + statement;
  if (sql.empty()) return {};
  const Status done = session_->Execute(sql);
  if (done) return {};
  if (!session_->broken() && PQtransactionStatus(session_->raw()) != PQTRANS_IDLE) (void)session_->Execute("ROLLBACK");
  return Fail(AsDdlError(done.error()));
}

Result<QueryRows> PostgresTarget::Query(const std::string& sql) {
  MIQ_ASSIGN(const Rows rows, session_->Query(sql));
  return AllTexts(rows);
}

Result<std::unique_ptr<Writer>> PostgresTarget::OpenWriter(const WriteRequest& request) {
  return PostgresWriter::Open(pool_, ledger_, request);
}

TableName PostgresTarget::ShadowName(const TableName& live, const std::string& run_id) const {
  return {RunSchema(kNewPrefix, run_id, live.schema, default_schema_), live.name};
}

TableName PostgresTarget::AsideName(const TableName& live, const std::string& run_id) const {
  return {RunSchema(kOldPrefix, run_id, live.schema, default_schema_), live.name};
}

Result<std::vector<std::string>> PostgresTarget::SwapBlockers(const std::vector<TableName>& live) {
  return FindSwapBlockers(*session_, live);
}

namespace {

/// Foreign keys among the tables, which may form cycles.
std::string InnerKeysQuery(const std::vector<TableName>& tables) {
  std::string names;
  for (const TableName& table : tables) names += (names.empty() ? "" : ", ") + QuoteText(Quoted(table));
  return "WITH named AS (SELECT to_regclass(n)::oid AS oid FROM unnest(ARRAY[" + names +
         "]::text[]) n) SELECT 'ALTER TABLE ' || o.conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(o.conname) "
         "FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid WHERE o.contype = 'f' AND o.conrelid <> "
         "o.confrelid AND o.conrelid IN (SELECT oid FROM named) AND o.confrelid IN (SELECT oid FROM named)";
}

}  // namespace

Status PostgresTarget::DropTables(const std::vector<TableName>& tables) {
  if (tables.empty()) return {};
  MIQ_ASSIGN(const Rows keys, session_->Query(InnerKeysQuery(tables)));
  for (int i = 0; i < keys.count(); ++i) MIQ_TRY(Execute({keys.Text(i, 0)}));
  return Target::DropTables(tables);
}

Status PostgresTarget::Swap(const std::vector<SwapTable>& tables) { return SwapTables(*session_, tables); }
Status PostgresTarget::SwapBack(const std::vector<SwapTable>& tables) { return SwapTablesBack(*session_, tables); }

namespace {

std::string ExistingQuery(const std::vector<TableName>& tables) {
  std::string values;
  for (size_t i = 0; i < tables.size(); ++i) {
    values += (i == 0 ? "(" : ", (") + std::to_string(i) + ", " + QuoteText(Quoted(tables[i])) + ")";
  }
  return "SELECT position FROM (VALUES " + values +
         ") v(position, name) WHERE to_regclass(name) IS NOT NULL ORDER BY 1";
}

}  // namespace

Result<std::vector<TableName>> PostgresTarget::NonEmpty(const std::vector<TableName>& tables) {
  std::vector<TableName> found;
  if (tables.empty()) return found;
  MIQ_ASSIGN(const Rows existing, session_->Query(ExistingQuery(tables)));
  constexpr int kAtOnce = 200;
  for (int from = 0; from < existing.count(); from += kAtOnce) {
    std::string sql;
    for (int i = from; i < std::min(from + kAtOnce, existing.count()); ++i) {
      sql += (sql.empty() ? "SELECT " : " UNION ALL SELECT ") + existing.Text(i, 0) + " WHERE EXISTS (SELECT 1 FROM " +
             Quoted(tables[static_cast<size_t>(existing.Int(i, 0))]) + ")";
    }
    MIQ_ASSIGN(const Rows rows, session_->Query(sql));
    for (int i = 0; i < rows.count(); ++i) found.push_back(tables[static_cast<size_t>(rows.Int(i, 0))]);
  }
  return found;
}

}  // namespace migrateiq::postgres
