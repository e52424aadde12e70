#include "connectors/sqlite/sqlite_errors.hpp"

#include <sqlite3.h>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/run.hpp"

namespace migrateiq::sqlite {

namespace {

Error WithAdvice(const ErrorCode& code, std::string message, const char* fix) {
  return Error(code, std::move(message)).Fix(fix);
}

Error MapClass(int primary, std::string message) {
  switch (primary) {
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG: return {codes::kDataRefused, std::move(message)};
    case SQLITE_FULL: return {codes::kConnDiskFull, std::move(message)};
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Error(codes::kConnLockTimeout, std::move(message)).Retryable();
    case SQLITE_INTERRUPT: return {codes::kRunInterrupted, "stopped while SQLite was working"};
    case SQLITE_CANTOPEN: return {codes::kConnOpenFile, std::move(message)};
    case SQLITE_NOTADB:
      return WithAdvice(codes::kConnOpenFile, "the file is not a SQLite database (" + message + ")",
                        "Name a SQLite 3 file; encrypted databases must be decrypted first.");
    case SQLITE_CORRUPT:
      return WithAdvice(codes::kReadMalformed, std::move(message),
                        "Repair the file first, e.g. with `sqlite3 FILE .recover`, and migrate the repaired one.");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH: return {codes::kConnPrivilege, std::move(message)};
    default: return {codes::kConnServer, std::move(message)};
  }
}

}  // namespace

Error MapError(int result_code, std::string message) {
  if (result_code == SQLITE_READONLY_DBMOVED) return {codes::kConnLost, std::move(message)};
  return MapClass(result_code & 0xff, std::move(message));
}

}  // namespace migrateiq::sqlite
