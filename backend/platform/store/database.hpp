#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "platform/store/migration.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace migrateiq::store {

/// A blob parameter; texts are bound as std::string_view.
struct Blob {
  std::string_view bytes;
};

/// A prepared statement. Bind parameters in order, then Step until false. Belongs to its Database, which must live
/// longer.
class Statement {
 public:
  template <class... Values>
  Statement& Bind(const Values&... values) {
    int index = 0;
    (BindOne(++index, values), ...);
    return *this;
  }
  /// True when there is a row. Errors: kStateQuery.
  Result<bool> Step();
  /// For statements without rows.
  Status Run();

  std::string Text(int column) const;  ///< also blobs; NULL is empty
  std::optional<std::string> OptionalText(int column) const;
  int64_t Integer(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  Statement(sqlite3* database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
  void BindOne(int index, std::string_view text);
  void BindOne(int index, const Blob& blob);
  void BindOne(int index, int64_t number);
  void BindOne(int index, const std::optional<std::string>& text);
  void BindOne(int index, const std::string& text) { BindOne(index, std::string_view(text)); }
  void BindOne(int index, const char* text) { BindOne(index, std::string_view(text)); }

  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// One connection to a SQLite file: WAL, synchronous=FULL, foreign keys on, waits up to 10 s for another process.
/// Used from one thread at a time.
class Database {
 public:
  /// Creates the file (mode 0600) when absent. Errors: kStateOpen.
  static Result<Database> Open(const std::string& path);

  Status Execute(const std::string& sql);
  Result<Statement> Prepare(std::string_view sql);
  int64_t LastInsertId() const;
  int64_t ChangedRows() const;  ///< by the last statement

  /// Brings the schema up to date, each migration in its transaction. A file of a later version is refused.
  Status Migrate(std::span<const Migration> migrations);

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  explicit Database(sqlite3* database) : database_(database) {}
  Status ApplyMigration(const Migration& migration);
  Result<int64_t> Version();

  std::unique_ptr<sqlite3, Close> database_;
};

/// BEGIN IMMEDIATE now; rolled back on destruction unless committed.
class Transaction {
 public:
  static Result<Transaction> Begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Status Commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;  ///< null when over
};

}  // namespace migrateiq::store
