#pragma once

#include <sqlite3.h>

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

/// Owners of SQLite's handles. A Database and its Statements belong to one thread at a time.
namespace migrateiq::sqlite {

/// A prepared statement. Parameters are numbered from 1, result columns from 0.
class Statement {
 public:
  Statement() = default;
  explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}

  sqlite3_stmt* get() const { return handle_.get(); }
  /// True when there is a row.
  Result<bool> Step();
  /// Steps to the end, then resets.
  Status Run();
  void Reset() { sqlite3_reset(get()); }

  void Bind(int index, int64_t value) { sqlite3_bind_int64(get(), index, value); }
  void Bind(int index, std::string_view text) {
    sqlite3_bind_text64(get(), index, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_TRANSIENT,
                        SQLITE_UTF8);
  }

  bool IsNull(int column) const { return sqlite3_column_type(get(), column) == SQLITE_NULL; }
  int64_t Int(int column) const { return sqlite3_column_int64(get(), column); }
  std::string Text(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// Steps to the end: every value as text, NULL as nullopt.
Result<std::vector<std::vector<std::optional<std::string>>>> AllTexts(Statement& statement);

enum class Access : uint8_t {
  kReadOnly,
  kReadWrite,  ///< the file must exist
  kCreate,
  kImmutable,  ///< read-only without locks: for files in folders where no lock can be made
};

/// An open database file. Blocking calls end with kRunInterrupted soon after the stop token is triggered.
class Database {
 public:
  Database() = default;
  Database(Database&&) noexcept = default;
  /// The old handle is closed before what its callbacks point to goes.
  Database& operator=(Database&& other) noexcept {
    handle_ = std::move(other.handle_);
    patience_ = std::move(other.patience_);
    return *this;
  }
  static Result<Database> Open(const std::string& path, Access access, std::stop_token stop, int busy_milliseconds);

  sqlite3* get() const { return handle_.get(); }
  Result<Statement> Prepare(std::string_view sql) const;
  /// Runs one or several statements without results.
  Status Run(const std::string& sql) const;
  /// The first column of the first row; 0 when there is none.
  Result<int64_t> QueryInt(std::string_view sql) const;
  Result<std::string> QueryText(std::string_view sql) const;
  /// What the last call on this handle failed with.
  Error LastError() const;
  bool InTransaction() const { return sqlite3_get_autocommit(get()) == 0; }

 private:
  struct Patience {
    std::stop_token stop;
    int milliseconds = 0;
  };
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  };
  static int OnBusy(void* patience, int tries);
  static int OnProgress(void* patience);
  void Install(std::stop_token stop, int busy_milliseconds);

  std::unique_ptr<Patience> patience_;  // stays in place when the Database moves: SQLite keeps its address
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace migrateiq::sqlite
