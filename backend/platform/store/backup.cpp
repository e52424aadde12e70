#include "platform/store/backup.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

#include "base/errors/run.hpp"
#include "base/random.hpp"
#include "platform/store/sqlite_connection.hpp"

namespace migrateiq::store {

namespace {

using detail::SqliteConnection;

constexpr int kBusyMilliseconds = 10'000;

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
using Database = std::unique_ptr<sqlite3, Close>;

std::unexpected<Error> SystemError(const std::string& path) {
  return Fail(codes::kStateOpen, path + ": " + std::generic_category().message(errno));
}

/// As it is: neither made when absent nor turned to a write-ahead log.
Result<Database> OpenPlain(const std::string& path, int flags) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  Database database(raw);
  if (code != SQLITE_OK) return Fail(codes::kStateOpen, path + ": " + sqlite3_errstr(code));
  sqlite3_busy_timeout(raw, kBusyMilliseconds);
  return database;
}

/// In one step: the source is read in one transaction, which holds nobody up in a write-ahead log.
Status CopyAll(sqlite3* from, sqlite3* to) {
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
  if (backup == nullptr) return Fail(codes::kStateQuery, sqlite3_errmsg(to));
  const int copied = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (copied == SQLITE_DONE && finished == SQLITE_OK) return {};
  Error error(codes::kStateQuery, std::string("the copy failed: ") + sqlite3_errstr(copied));
  error.retryable = (copied & 0xff) == SQLITE_BUSY || (copied & 0xff) == SQLITE_LOCKED;
  return Fail(std::move(error));
}

Result<std::string> FirstText(sqlite3* database, const char* sql) {
  sqlite3_stmt* raw = nullptr;
  const int prepared = sqlite3_prepare_v2(database, sql, -1, &raw, nullptr);
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(raw, sqlite3_finalize);
  if (prepared != SQLITE_OK || sqlite3_step(raw) != SQLITE_ROW) {
    return Fail(codes::kStateQuery, sqlite3_errmsg(database));
  }
  return std::string(reinterpret_cast<const char*>(sqlite3_column_text(raw, 0)));
}

Status CheckIsStore(sqlite3* database, const std::string& path) {
  const Result<std::string> healthy = FirstText(database, "PRAGMA quick_check(1)");
  const Result<std::string> versions = FirstText(database, "SELECT count(*) FROM schema_version");
  if (healthy && *healthy == "ok" && versions) return {};
  const std::string why = healthy && *healthy == "ok" ? " is no store of migrateiq" : " is damaged";
  return Fail(Error(codes::kStateOpen, path + why).Fix("Use another backup."));
}

Status CopyToNewFile(const std::string& state_file, const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return SystemError(path);
  ::close(file);
  MIQ_ASSIGN(const Database from, OpenPlain(state_file, SQLITE_OPEN_READWRITE));
  MIQ_ASSIGN(const Database to, OpenPlain(path, SQLITE_OPEN_READWRITE));
  MIQ_TRY(CopyAll(from.get(), to.get()));
  MIQ_TRY(FirstText(to.get(), "PRAGMA journal_mode=DELETE"));  // one file, without a log beside it
  return CheckIsStore(to.get(), state_file);
}

Status SyncFolderOf(const std::string& path) {
  const std::string folder = std::filesystem::absolute(path).parent_path().string();
  const int number = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (number < 0) return SystemError(folder);
  const bool synced = ::fsync(number) == 0;
  ::close(number);
  return synced ? Status() : SystemError(folder);
}

}  // namespace

Status BackUp(const std::string& state_file, const std::string& to) {
  const std::string temporary = to + "." + RandomToken(6);
  Status status = CopyToNewFile(state_file, temporary);
  if (status && std::rename(temporary.c_str(), to.c_str()) != 0) status = SystemError(to);
  if (status) return SyncFolderOf(to);
  ::unlink(temporary.c_str());
  return status;
}

Status Restore(const std::string& backup_file, const std::string& state_file) {
  MIQ_ASSIGN(const Database from, OpenPlain(backup_file, SQLITE_OPEN_READONLY));
  MIQ_TRY(CheckIsStore(from.get(), backup_file));
  MIQ_ASSIGN(const auto to, SqliteConnection::Open(state_file, SqliteConnection::Use::kWrite));
  return CopyAll(from.get(), to->raw());
}

}  // namespace migrateiq::store
