#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace migrateiq::runner {

using Rows = std::vector<std::string>;  ///< a row is its values joined by '|'
template <class T>
using Outcomes = std::expected<T, std::string>;

/// One side of a scenario: a database or folder of its own, made when constructed and removed when destroyed.
/// Spoken to through the vendor's client library only. Every call opens its own connection, so calls may come from any
/// thread.
class System {
 public:
  virtual ~System() = default;
  /// URL for `migrateiq`, password included. `parameters` are added as they are ("?schema=x").
  virtual std::string Url() const = 0;
  virtual std::string password() const { return ""; }
  /// What {source_db} or {target_db} stands for: database name, file or folder.
  virtual std::string name() const = 0;
  /// For servers and SQLite SQL; for folders `== name` lines, each followed by the content of that file.
  virtual Outcomes<void> Execute(const std::string& text) = 0;
  virtual Outcomes<Rows> Query(const std::string& sql) = 0;
  /// "name type [not null]" of each column, in order.
  virtual Outcomes<Rows> Columns(const std::string& table) = 0;
  /// Committed ledger lines, 0 while there is no ledger.
  virtual int64_t LedgerLines() = 0;
  /// From now on Url() is of a new user that has only what `grants` gives it; "{user}" stands for its quoted name.
  virtual Outcomes<void> UseRestrictedLogin(const std::string& /*grants*/) {
    return std::unexpected("this system has no logins");
  }
};

struct SystemRequest {
  std::string kind;        ///< "postgres", "mariadb", "sqlite", "csv", "jsonl", "parquet", "fake", "assert"
  std::string parameters;  ///< "?schema=x", or for fake and assert what follows the scheme
  std::string folder;      ///< a folder of the scenario's, for files
  std::string role;        ///< "source" or "target": part of names
};

/// Why this kind cannot be had here, or empty: the servers are found through MIQ_TEST_POSTGRES and MIQ_TEST_MARIADB.
std::string WhyUnavailable(const std::string& kind);
Outcomes<std::unique_ptr<System>> MakeSystem(const SystemRequest& request);

/// A value as scenarios write it: NULL, (empty), else escaped.
std::string ShowValue(std::optional<std::string_view> value);
std::string JoinRow(const std::vector<std::string>& values);
/// A name that no other scenario has, of this process or another.
std::string UniqueName(const std::string& role);

Outcomes<std::unique_ptr<System>> MakePostgres(const SystemRequest& request);
Outcomes<std::unique_ptr<System>> MakeMariadb(const SystemRequest& request);
Outcomes<std::unique_ptr<System>> MakeSqlite(const SystemRequest& request);
Outcomes<std::unique_ptr<System>> MakeFolder(const SystemRequest& request);
Outcomes<std::unique_ptr<System>> MakePlain(const SystemRequest& request);

}  // namespace migrateiq::runner
