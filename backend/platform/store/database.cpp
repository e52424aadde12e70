#include "platform/store/database.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace migrateiq::store {

namespace {

constexpr int kBusyMilliseconds = 10'000;

std::unexpected<Error> QueryError(sqlite3* database) { return Fail(codes::kStateQuery, sqlite3_errmsg(database)); }

// SQLite would create the file readable by others; its WAL takes the mode of the file.
Status CreatePrivately(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return Fail(codes::kStateOpen, fmt::format("{}: {}", path, std::generic_category().message(errno)));
  ::close(file);
  return {};
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

void Statement::BindOne(int index, std::string_view text) {
  sqlite3_bind_text64(statement_.get(), index, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
}

void Statement::BindOne(int index, const Blob& blob) {
  sqlite3_bind_blob64(statement_.get(), index, blob.bytes.empty() ? "" : blob.bytes.data(), blob.bytes.size(),
                      SQLITE_TRANSIENT);
}

void Statement::BindOne(int index, int64_t number) { sqlite3_bind_int64(statement_.get(), index, number); }

void Statement::BindOne(int index, const std::optional<std::string>& text) {
  if (text)
    BindOne(index, std::string_view(*text));
  else
    sqlite3_bind_null(statement_.get(), index);
}

Result<bool> Statement::Step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) return QueryError(database_);
  sqlite3_reset(statement_.get());
  return false;
}

Status Statement::Run() {
  MIQ_ASSIGN(const bool row, Step());
  if (row) sqlite3_reset(statement_.get());
  return {};
}

std::string Statement::Text(int column) const { return OptionalText(column).value_or(""); }

std::optional<std::string> Statement::OptionalText(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), static_cast<size_t>(size));
}

int64_t Statement::Integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

void Database::Close::operator()(sqlite3* database) const { sqlite3_close(database); }

Result<Database> Database::Open(const std::string& path) {
  MIQ_TRY(CreatePrivately(path));
  sqlite3* raw = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  Database database(raw);
  if (code != SQLITE_OK) return Fail(codes::kStateOpen, path + ": " + sqlite3_errstr(code));
  sqlite3_busy_timeout(raw, kBusyMilliseconds);
  const Status prepared = database.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON");
  if (!prepared) return Fail(codes::kStateOpen, path + ": " + prepared.error().message);
  return database;
}

Status Database::Execute(const std::string& sql) {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return QueryError(database_.get());
}

Result<Statement> Database::Prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int size = static_cast<int>(sql.size());
  if (sqlite3_prepare_v2(database_.get(), sql.data(), size, &statement, nullptr) != SQLITE_OK) {
    return QueryError(database_.get());
  }
  return Statement(database_.get(), statement);
}

int64_t Database::LastInsertId() const { return sqlite3_last_insert_rowid(database_.get()); }

int64_t Database::ChangedRows() const { return sqlite3_changes64(database_.get()); }

Result<int64_t> Database::Version() {
  MIQ_ASSIGN(Statement statement, Prepare("PRAGMA user_version"));
  MIQ_TRY(statement.Step());
  return statement.Integer(0);
}

Status Database::Migrate(std::span<const Migration> migrations) {
  MIQ_ASSIGN(const int64_t version, Version());
  if (version > static_cast<int64_t>(migrations.size())) {
    return Fail(Error(codes::kStateOpen, fmt::format("the state is of a later version ({})", version))
                    .Fix("Use the version of migrateiq that wrote it, or another folder with --state DIR."));
  }
  for (const Migration& migration : migrations.subspan(static_cast<size_t>(version)))
    MIQ_TRY(ApplyMigration(migration));
  return {};
}

// Another process may have applied it between our look and our lock, so the version is read again under the lock.
Status Database::ApplyMigration(const Migration& migration) {
  MIQ_ASSIGN(Transaction transaction, Transaction::Begin(*this));
  MIQ_ASSIGN(const int64_t version, Version());
  if (version >= migration.number) return {};
  MIQ_TRY(Execute(std::string(migration.sql)));
  MIQ_TRY(Execute(fmt::format("PRAGMA user_version = {}", migration.number)));
  return transaction.Commit();
}

Result<Transaction> Transaction::Begin(Database& database) {
  MIQ_TRY(database.Execute("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::~Transaction() {
  if (database_ != nullptr) (void)database_->Execute("ROLLBACK");
}

Status Transaction::Commit() {
  MIQ_TRY(database_->Execute("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace migrateiq::store
