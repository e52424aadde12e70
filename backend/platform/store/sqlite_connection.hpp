#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/store/store.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace migrateiq::store::detail {

/// One connection to a SQLite file, with its prepared statements. Used from one thread at a time.
class SqliteConnection {
 public:
  enum class Use { kRead, kWrite };
  /// WAL, synchronous=FULL, foreign keys on, waits up to 10 s for other processes. A connection for reading refuses to
  /// write. Errors: kStateOpen.
  static Result<std::unique_ptr<SqliteConnection>> Open(const std::string& path, Use use);

  Result<Rows> Query(std::string_view sql, const std::vector<Value>& parameters);
  Result<int64_t> Execute(std::string_view sql, const std::vector<Value>& parameters);
  Status RunScript(const std::string& sql);
  sqlite3* raw() const { return database_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  struct Prepared {
    std::unique_ptr<sqlite3_stmt, Finalize> statement;
    std::vector<size_t> numbers;  ///< of the parameters as SQLite counts them: $2 $1 gives 2, 1
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  class Execution;

  explicit SqliteConnection(sqlite3* database) : database_(database) {}
  Status SetUp(Use use);
  Result<Prepared*> Prepare(std::string_view sql);
  Error LastError() const;

  std::unique_ptr<sqlite3, Close> database_;
  std::unordered_map<std::string, Prepared, Hash, std::equal_to<>> prepared_;
};

}  // namespace migrateiq::store::detail
