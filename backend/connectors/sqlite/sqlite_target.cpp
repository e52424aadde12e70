#include "connectors/sqlite/sqlite_target.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "connectors/sqlite/sqlite_dialect.hpp"
#include "connectors/sqlite/sqlite_ledger.hpp"
#include "connectors/sqlite/sqlite_names.hpp"
#include "connectors/sqlite/sqlite_swap.hpp"
#include "connectors/sqlite/sqlite_writer.hpp"

namespace migrateiq::sqlite {

namespace {

/// All or nothing; waits for the write lock at the beginning.
template <class Work>
Status InTransaction(const Database& database, Work&& work) {
  MIQ_TRY(database.Run("BEGIN IMMEDIATE"));
  Status done = work();
  if (done) done = database.Run("COMMIT");
  if (!done && database.InTransaction()) (void)database.Run("ROLLBACK");  // closing would roll back as well
  return done;
}

/// What the server said about a definition; what is no fault of the definition keeps its code.
Error DdlError(Error error) {
  const bool of_statement = error.Is(codes::kConnServer) || error.Is(codes::kDataRefused);
  return of_statement ? Error(codes::kSchemaDdl, std::move(error.message)) : error;
}

uint32_t HashOf(std::string_view text) {
  uint32_t hash = 2166136261U;  // FNV-1a: stable over processes
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

/// Eight hex digits of the run and '_'.
std::string RunMark(const std::string& run_id) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string mark(kRunMark, '_');
  uint32_t hash = HashOf(run_id);
  for (size_t i = 0; i + 1 < kRunMark; ++i, hash >>= 4) mark[i] = kHex[hash & 15];
  return mark;
}

Status CheckFolder(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (folder.empty() || std::filesystem::is_directory(folder, error)) return {};
  return Fail(codes::kConnOpenFile, "there is no folder " + folder.string());
}

// Durability is SQLite's full one: a commit that returned survives power loss. Foreign keys are not enforced while rows
// come in any order; a checkpoint comes after about 64 MB instead of 4 MB of log.
constexpr const char* kSettings =
    "PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = "
    "16384; "
    "PRAGMA temp_store = FILE; PRAGMA legacy_alter_table = ON";

}  // namespace

Result<Database> SqliteTarget::Connect() const {
  MIQ_ASSIGN(Database database, Database::Open(path_, Access::kCreate, stop_, busy_milliseconds_));
  MIQ_TRY(database.Run(kSettings));
  // Triggers of existing tables must not fire for rows that were complete at the source.
  sqlite3_db_config(database.get(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  return database;
}

Result<std::unique_ptr<Target>> SqliteTarget::Open(const std::string& path, const OpenOptions& options,
                                                   int busy_milliseconds) {
  MIQ_TRY(CheckFolder(path));
  std::unique_ptr<SqliteTarget> target(new SqliteTarget(path, options.stop, busy_milliseconds));
  std::error_code error;
  target->made_file_ = !std::filesystem::exists(path, error);
  auto control = target->Connect();
  Status usable;
  if (control) {
    auto tables = control->QueryInt("SELECT count(*) FROM sqlite_schema");
    if (!tables) usable = Fail(std::move(tables).error());
  } else {
    usable = Fail(std::move(control).error());
  }
  if (!usable) {
    Error error = std::move(usable).error();
    if (!error.message.starts_with(path)) error.message = path + ": " + error.message;
    return Fail(std::move(error));
  }
  target->control_ = std::move(*control);  // NOLINT(bugprone-use-after-move): only where it failed was it moved
  return target;
}

SqliteTarget::~SqliteTarget() {
  spare_->Take();
  // Not possible while another connection is open, nor worth waiting for; the file is sound in either mode.
  if (!old_journal_mode_.empty()) {
    sqlite3_busy_handler(control_.get(), nullptr, nullptr);
    (void)control_.Run("PRAGMA journal_mode = " + old_journal_mode_);
  }
  control_ = {};
  // Who only looked (a plan, a rehearsal) leaves no file behind.
  std::error_code error;
  if (made_file_ && std::filesystem::file_size(path_, error) == 0 && !error) std::filesystem::remove(path_, error);
}

const Dialect& SqliteTarget::dialect() const { return TheDialect(); }

Status SqliteTarget::Claim(const std::vector<TableName>& tables) {
  for (const TableName& table : tables) {
    std::string name = table.name;  // tables do not differ by case here
    std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c; });
    MIQ_ASSIGN(const bool ours, claims_.Claim(name));
    if (!ours) return Fail(TableIsHeld(table, ""));
  }
  return {};
}

Status SqliteTarget::Prepare() {
  MIQ_ASSIGN(const std::string mode, control_.QueryText("PRAGMA journal_mode"));
  if (mode != "wal") {
    MIQ_ASSIGN(const std::string now, control_.QueryText("PRAGMA journal_mode = WAL"));
    if (now == "wal") old_journal_mode_ = mode;
  }
  return InTransaction(control_, [this] { return CreateLedger(control_); });
}

Result<std::vector<LedgerLine>> SqliteTarget::ReadLedger(const std::string& run_id) {
  return ReadLines(control_, run_id);
}

Status SqliteTarget::EmptyTable(const std::string& run_id, const std::string& ledger_table, const TableName& table) {
  return InTransaction(control_, [&]() -> Status {
    MIQ_TRY(control_.Run("DELETE FROM " + TheDialect().Quote(table)));
    return DeleteLines(control_, run_id, ledger_table);
  });
}

Status SqliteTarget::UpdateLedger(const LedgerLine& line) {
  MIQ_ASSIGN(const bool filled, FillLine(control_, line));
  if (!filled) return Fail(codes::kInternal, "the chunk has no committed ledger line");
  return {};
}

Status SqliteTarget::AppendJournal(const std::string& run_id, const JournalEntry& entry) {
  return InTransaction(control_, [&] { return PutJournal(control_, run_id, entry); });
}

Result<std::vector<JournalEntry>> SqliteTarget::ReadJournal(const std::string& run_id) {
  return ReadEntries(control_, run_id);
}

Result<std::vector<std::string>> SqliteTarget::JournalledRuns() { return sqlite::JournalledRuns(control_); }

Status SqliteTarget::ForgetRun(const std::string& run_id) {
  return InTransaction(control_, [&] { return sqlite::ForgetRun(control_, run_id); });
}

Status SqliteTarget::Execute(const std::vector<std::string>& statements) {
  Status done = InTransaction(control_, [&]() -> Status {
    for (const std::string& statement : statements) MIQ_TRY(control_.Run(statement));
    return {};
  });
  if (!done) return Fail(DdlError(std::move(done).error()));
  return done;
}

Result<QueryRows> SqliteTarget::Query(const std::string& sql) {
  MIQ_ASSIGN(Statement statement, control_.Prepare(sql));
  return AllTexts(statement);
}

Result<std::unique_ptr<Writer>> SqliteTarget::OpenWriter(const WriteRequest& request) {
  std::optional<Database> database = spare_->Take();
  if (!database) { MIQ_ASSIGN(database, Connect()); }
  return SqliteWriter::Open(std::move(*database), spare_, request);
}

TableName SqliteTarget::ShadowName(const TableName& live, const std::string& run_id) const {
  return {live.schema, std::string(kShadowPrefix) + RunMark(run_id) + live.name};
}

TableName SqliteTarget::AsideName(const TableName& live, const std::string& run_id) const {
  return {live.schema, std::string(kAsidePrefix) + RunMark(run_id) + live.name};
}

Status SqliteTarget::Swap(const std::vector<SwapTable>& tables) {
  Status done = InTransaction(control_, [&] { return SwapTables(control_, tables); });
  if (!done) return Fail(DdlError(std::move(done).error()));
  return done;
}

Status SqliteTarget::SwapBack(const std::vector<SwapTable>& tables) {
  Status done = InTransaction(control_, [&] { return SwapTablesBack(control_, tables); });
  if (!done) return Fail(DdlError(std::move(done).error()));
  return done;
}

Result<std::vector<TableName>> SqliteTarget::NonEmpty(const std::vector<TableName>& tables) {
  std::vector<TableName> filled;
  for (const TableName& table : tables) {
    MIQ_ASSIGN(Statement found,
               control_.Prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1 COLLATE NOCASE"));
    found.Bind(1, table.name);
    MIQ_ASSIGN(const bool exists, found.Step());
    if (!exists) continue;
    MIQ_ASSIGN(const int64_t rows,
               control_.QueryInt("SELECT EXISTS (SELECT 1 FROM " + TheDialect().Quote(table) + ")"));
    if (rows != 0) filled.push_back(table);
  }
  return filled;
}

}  // namespace migrateiq::sqlite
