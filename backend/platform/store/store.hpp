#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "platform/store/migration.hpp"

/// The metadata store: one API over SQLite (the embedded default) and PostgreSQL.
///
/// SQL is written once, in what both understand: parameters `$1`, `$2`...; TEXT, BIGINT, INTEGER (booleans are 0 and
/// 1), DOUBLE PRECISION; moments are BIGINT microseconds; ids are TEXT; JSON is TEXT; INSERT ... ON CONFLICT and
/// RETURNING work in both. Where they must differ, ask `engine()`, or use the helpers below.
namespace migrateiq::store {

enum class Engine { kSqlite, kPostgres };

struct Bytes {
  std::string value;
};
struct Null {
  size_t kind = 0;  ///< index of the alternative in Value that it stands for; 0: not known
};
using Value = std::variant<Null, int64_t, double, std::string, Bytes>;

template <std::integral T>  // also bool: 0 or 1
Value ToValue(T number) {
  return static_cast<int64_t>(number);
}
inline Value ToValue(double number) { return number; }
inline Value ToValue(std::string text) { return text; }
inline Value ToValue(std::string_view text) { return std::string(text); }
inline Value ToValue(const char* text) { return std::string(text); }
inline Value ToValue(Bytes bytes) { return bytes; }
inline Value ToValue(std::nullopt_t) { return {}; }
inline Value ToValue(Value value) { return value; }
template <class T>
Value ToValue(const std::optional<T>& value) {
  return value ? ToValue(*value) : Value{Null{ToValue(T{}).index()}};
}

/// One row of a result; columns by position. NULL is empty text, 0, nothing.
class Row {
 public:
  explicit Row(std::vector<Value> values) : values_(std::move(values)) {}
  bool IsNull(size_t column) const { return values_[column].index() == 0; }
  std::string Text(size_t column) const;
  std::optional<std::string> OptionalText(size_t column) const;
  int64_t Integer(size_t column) const;
  std::optional<int64_t> OptionalInteger(size_t column) const;
  bool Boolean(size_t column) const { return Integer(column) != 0; }
  double Real(size_t column) const;
  std::string Binary(size_t column) const;  ///< of a BLOB/BYTEA column

 private:
  std::vector<Value> values_;
};
using Rows = std::vector<Row>;

/// Whose rows a piece of work may see and write. With PostgreSQL, row-level security enforces it below the SQL too; an
/// empty tenant then sees nothing.
struct Scope {
  std::string tenant_id;
  bool system = false;  ///< the system itself (sign-in, scheduler, migrations), which sees all
  static Scope Tenant(std::string id) { return {.tenant_id = std::move(id)}; }
  static Scope System() { return {.tenant_id = {}, .system = true}; }
};

/// A connection lent for one piece of work. Used by one thread; valid only inside the function it was handed to.
///
/// Inside Write, the first statement that fails ends the transaction, in both engines: later ones fail with the same
/// error, and so does Write, whatever `work` returns. So don't try an INSERT to see whether it conflicts: use
/// ON CONFLICT. Transactions of PostgreSQL are READ COMMITTED: lock what a decision depends on, with ForUpdate or
/// Serialise.
class Session {
 public:
  virtual ~Session() = default;
  virtual Engine engine() const = 0;
  /// Errors: kStateQuery; kStateConflict for a broken unique key or foreign key; retryable where a repetition helps.
  /// Texts must have no NUL byte: such things are Bytes.
  virtual Result<Rows> QueryValues(std::string_view sql, const std::vector<Value>& parameters) = 0;
  /// How many rows were changed.
  virtual Result<int64_t> ExecuteValues(std::string_view sql, const std::vector<Value>& parameters) = 0;
  /// Several statements apart by semicolons, without parameters: for migrations.
  virtual Status RunScript(const std::string& sql) = 0;

  template <class... Parameters>
  Result<Rows> Query(std::string_view sql, Parameters&&... parameters) {
    return QueryValues(sql, {ToValue(std::forward<Parameters>(parameters))...});
  }
  template <class... Parameters>
  Result<int64_t> Execute(std::string_view sql, Parameters&&... parameters) {
    return ExecuteValues(sql, {ToValue(std::forward<Parameters>(parameters))...});
  }
  /// " FOR UPDATE SKIP LOCKED" in PostgreSQL; nothing in SQLite, whose writers wait for each other anyway.
  std::string_view SkipLocked() const;
  /// " FOR UPDATE" in PostgreSQL: the rows stay as they were read until the transaction ends.
  std::string_view ForUpdate() const;
  /// Until this transaction ends, others that name the same thing wait here: for decisions by what is *not* there yet
  /// (the last number of a chain, a quota). Only inside Write.
  Status Serialise(std::string_view what);
};

/// The store, with a pool of connections. Thread-safe; several processes may use one.
class Store {
 public:
  virtual ~Store() = default;
  /// `url`: "sqlite:///path/state.db" (made when absent, mode 0600; what follows "sqlite://" is the path as it is) or
  /// "postgresql://...". Errors: kStateOpen.
  static Result<std::unique_ptr<Store>> Open(const std::string& url, int connections = 8);

  virtual Engine engine() const = 0;
  /// Brings one module's tables up to date, each migration in its transaction, one process at a time. A store of a
  /// later version is refused. Errors: kStateOpen, kStateQuery.
  Status Migrate(std::string_view module, std::span<const Migration> migrations);
  /// Reading only, at one moment per statement; may run beside a writer. Don't nest Read or Write in one another.
  virtual Status Read(const Scope& scope, const std::function<Status(Session&)>& work) = 0;
  /// All or nothing; rolled back when `work` returns an error. Repeats `work` when the database asks for it
  /// (serialisation, deadlock, busy), so it must have no effect outside the session.
  virtual Status Write(const Scope& scope, const std::function<Status(Session&)>& work) = 0;

  /// The same for work that yields a value.
  template <class T>
  Result<T> ReadFor(const Scope& scope, const std::function<Result<T>(Session&)>& work);
  template <class T>
  Result<T> WriteFor(const Scope& scope, const std::function<Result<T>(Session&)>& work);

  /// Is the store answering? For /readyz.
  virtual Status Ping() = 0;
  /// Its connections: how many there may be, are open, are at work; and how many wait for one. For /metrics.
  struct Pool {
    int most = 0, open = 0, lent = 0, waiting = 0;
  };
  virtual Pool pool() const = 0;
  /// What an operator should know (`doctor` shows it): a PostgreSQL role that row-level security does not bind.
  virtual std::vector<std::string> Warnings() const { return {}; }
};

template <class T>
Result<T> Store::ReadFor(const Scope& scope, const std::function<Result<T>(Session&)>& work) {
  std::optional<T> value;
  MIQ_TRY(Read(scope, [&](Session& session) -> Status {
    MIQ_ASSIGN(value, work(session));
    return {};
  }));
  return std::move(*value);
}

template <class T>
Result<T> Store::WriteFor(const Scope& scope, const std::function<Result<T>(Session&)>& work) {
  std::optional<T> value;
  MIQ_TRY(Write(scope, [&](Session& session) -> Status {
    MIQ_ASSIGN(value, work(session));
    return {};
  }));
  return std::move(*value);
}

}  // namespace migrateiq::store
