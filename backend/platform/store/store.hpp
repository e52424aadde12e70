#pragma once

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
using Value = std::variant<std::monostate, int64_t, double, std::string, Bytes>;

inline Value ToValue(int64_t number) { return number; }
inline Value ToValue(int number) { return static_cast<int64_t>(number); }
inline Value ToValue(bool truth) { return static_cast<int64_t>(truth); }
inline Value ToValue(double number) { return number; }
inline Value ToValue(std::string text) { return text; }
inline Value ToValue(std::string_view text) { return std::string(text); }
inline Value ToValue(const char* text) { return std::string(text); }
inline Value ToValue(Bytes bytes) { return bytes; }
template <class T>
Value ToValue(const std::optional<T>& value) {
  return value ? ToValue(*value) : Value{};
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

/// Whose rows a piece of work may see and write. With PostgreSQL, row-level security enforces it below the SQL too.
struct Scope {
  std::string tenant_id;  ///< empty: the system itself (sign-in, scheduler, migrations), which sees all
  static Scope Tenant(std::string id) { return {std::move(id)}; }
  static Scope System() { return {}; }
};

/// A connection lent for one piece of work. Used by one thread; valid only inside the function it was handed to.
class Session {
 public:
  virtual ~Session() = default;
  virtual Engine engine() const = 0;
  /// Errors: kStateQuery; kStateConflict for a broken unique key or foreign key; retryable where a repetition helps.
  virtual Result<Rows> QueryValues(std::string_view sql, const std::vector<Value>& parameters) = 0;
  /// How many rows were changed.
  virtual Result<int64_t> ExecuteValues(std::string_view sql, const std::vector<Value>& parameters) = 0;

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
};

/// The store, with a pool of connections. Thread-safe; several processes may use one.
class Store {
 public:
  virtual ~Store() = default;
  /// `url`: "sqlite:///path/state.db" (made when absent, mode 0600) or "postgresql://...". Errors: kStateOpen.
  static Result<std::unique_ptr<Store>> Open(const std::string& url, int connections = 8);

  virtual Engine engine() const = 0;
  /// Brings one module's tables up to date, each migration in its transaction, one process at a time. A store of a
  /// later version is refused. Errors: kStateOpen, kStateQuery.
  virtual Status Migrate(std::string_view module, std::span<const Migration> migrations) = 0;
  /// Reading only, at one moment per statement; may run beside a writer.
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
