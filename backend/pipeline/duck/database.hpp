#pragma once

#include <duckdb.h>

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

/// DuckDB's C API with owners instead of destroy calls. Nothing here knows batches or expressions.
namespace migrateiq::duck {

/// What DuckDB said: its kind of error and its message without the excerpt of the statement.
struct Refusal {
  duckdb_error_type kind = DUCKDB_ERROR_INVALID;
  std::string message;
};
template <class T>
using Outcome = std::expected<T, Refusal>;

/// Owns a logical type.
class Type {
 public:
  explicit Type(duckdb_logical_type owned) : type_(owned) {}
  Type(Type&& other) noexcept : type_(std::exchange(other.type_, nullptr)) {}
  Type& operator=(Type&& other) noexcept {
    std::swap(type_, other.type_);
    return *this;
  }
  ~Type() { duckdb_destroy_logical_type(&type_); }
  duckdb_logical_type get() const { return type_; }
  duckdb_type id() const { return duckdb_get_type_id(type_); }

 private:
  duckdb_logical_type type_;
};

/// Owns a chunk of a result.
class Chunk {
 public:
  explicit Chunk(duckdb_data_chunk owned) : chunk_(owned) {}
  Chunk(Chunk&& other) noexcept : chunk_(std::exchange(other.chunk_, nullptr)) {}
  Chunk& operator=(Chunk&& other) noexcept {
    std::swap(chunk_, other.chunk_);
    return *this;
  }
  ~Chunk() {
    if (chunk_ != nullptr) duckdb_destroy_data_chunk(&chunk_);
  }
  explicit operator bool() const { return chunk_ != nullptr; }
  idx_t size() const { return duckdb_data_chunk_get_size(chunk_); }
  duckdb_vector vector(idx_t column) const { return duckdb_data_chunk_get_vector(chunk_, column); }

 private:
  duckdb_data_chunk chunk_;
};

/// A result, read chunk by chunk.
class Rows {
 public:
  explicit Rows(duckdb_result owned) : result_(owned) {}
  Rows(Rows&& other) noexcept : result_(std::exchange(other.result_, {})) {}
  Rows& operator=(Rows&& other) noexcept {
    std::swap(result_, other.result_);
    return *this;
  }
  ~Rows() { duckdb_destroy_result(&result_); }

  idx_t column_count() { return duckdb_column_count(&result_); }
  std::string column_name(idx_t column) { return duckdb_column_name(&result_, column); }
  Type column_type(idx_t column) { return Type(duckdb_column_logical_type(&result_, column)); }
  /// An empty chunk at the end. In a streamed result the statement runs while chunks are fetched and may fail then.
  Outcome<Chunk> Next();

 private:
  duckdb_result result_;
};

/// A prepared statement; must not outlive its connection.
class Statement {
 public:
  explicit Statement(duckdb_prepared_statement owned) : statement_(owned) {}
  Statement(Statement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Statement& operator=(Statement&& other) noexcept {
    std::swap(statement_, other.statement_);
    return *this;
  }
  ~Statement() { duckdb_destroy_prepare(&statement_); }

  Type column_type(idx_t column) const;
  std::string column_name(idx_t column) const;
  idx_t column_count() const { return duckdb_prepared_statement_column_count(statement_); }
  /// Parameters count from 1.
  void Bind(idx_t parameter, std::string_view text);
  Outcome<Rows> Run();
  /// The rows are computed while they are fetched; the statement must outlive them.
  Outcome<Rows> Stream();

 private:
  duckdb_prepared_statement statement_;
};

class Connection {
 public:
  explicit Connection(duckdb_connection owned) : connection_(owned) {}
  Connection(Connection&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
  Connection& operator=(Connection&& other) noexcept {
    std::swap(connection_, other.connection_);
    return *this;
  }
  ~Connection() {
    if (connection_ != nullptr) duckdb_disconnect(&connection_);
  }

  duckdb_connection get() const { return connection_; }
  Outcome<Statement> Prepare(const std::string& sql) const;
  Outcome<Rows> Run(const std::string& sql) const;
  /// Every value as text (NULL as nullopt); for small results.
  Outcome<std::vector<std::vector<std::optional<std::string>>>> Texts(const std::string& sql) const;
  /// May be called from another thread: the running statement ends with DUCKDB_ERROR_INTERRUPT.
  void Interrupt() const { duckdb_interrupt(connection_); }

 private:
  duckdb_connection connection_;
};

struct DatabaseOptions {
  std::vector<std::string> folders;  ///< absolute paths beneath which it may read and write; empty = no files at all
  int threads = 1;
  int memory_megabytes = 256;
  std::string temp_directory;  ///< where it may spill; empty = nowhere
};

/// An in-memory database with sessions in UTC. It never loads an extension.
class Database {
 public:
  static Result<Database> Open(const DatabaseOptions& options);
  Database(Database&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Database& operator=(Database&& other) noexcept {
    std::swap(database_, other.database_);
    return *this;
  }
  ~Database() {
    if (database_ != nullptr) duckdb_close(&database_);
  }

  Result<Connection> Connect() const;

 private:
  explicit Database(duckdb_database owned) : database_(owned) {}
  duckdb_database database_;
};

/// 'text' as a SQL string literal, and "text" as an identifier.
std::string Literal(std::string_view text);
std::string Identifier(std::string_view text);

}  // namespace migrateiq::duck
