#include "pipeline/duck/database.hpp"

#include "base/errors/run.hpp"

namespace migrateiq::duck {

namespace {

/// DuckDB appends an excerpt of the statement, which is ours rather than the user's, and sometimes a stack trace.
std::string WithoutExcerpt(std::string message) {
  for (const std::string_view mark : {"\n\nLINE ", "\nLINE ", "\n\nStack Trace"}) {
    if (const size_t at = message.find(mark); at != std::string::npos) message.resize(at);
  }
  for (char& letter : message) {
    if (letter == '\n') letter = ' ';
  }
  return message;
}

Refusal TakeRefusal(duckdb_result& result) {
  const char* text = duckdb_result_error(&result);
  Refusal refusal{duckdb_result_error_type(&result), WithoutExcerpt(text != nullptr ? text : "unknown error")};
  duckdb_destroy_result(&result);
  return refusal;
}

Outcome<Rows> TakeRows(duckdb_state state, duckdb_result& result) {
  if (state != DuckDBSuccess) return std::unexpected(TakeRefusal(result));
  return Rows(result);
}

std::string Quoted(std::string_view text, char quote) {
  std::string quoted(1, quote);
  for (const char letter : text) {
    if (letter == quote) quoted += quote;
    quoted += letter;
  }
  return quoted + quote;
}

class Config {
 public:
  Config() { duckdb_create_config(&config_); }
  ~Config() { duckdb_destroy_config(&config_); }
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;
  bool Set(const char* name, const std::string& value) {
    return duckdb_set_config(config_, name, value.c_str()) == DuckDBSuccess;
  }
  duckdb_config get() const { return config_; }

 private:
  duckdb_config config_ = nullptr;
};

bool Configure(Config& config, const DatabaseOptions& options) {
  return config.Set("autoinstall_known_extensions", "false") && config.Set("autoload_known_extensions", "false") &&
         config.Set("allow_community_extensions", "false") && config.Set("threads", std::to_string(options.threads)) &&
         config.Set("memory_limit", std::to_string(options.memory_megabytes) + "MB") &&
         config.Set("temp_directory", options.temp_directory);
}

/// Last of all: it also locks the settings that grant access.
std::string Confine(const DatabaseOptions& options) {
  std::string list;
  for (const std::string& folder : options.folders) list += (list.empty() ? "" : ", ") + Literal(folder);
  const std::string allow = list.empty() ? "" : "SET allowed_directories = [" + list + "]; ";
  return allow + "SET enable_external_access = false";
}

}  // namespace

Outcome<Chunk> Rows::Next() {
  Chunk chunk(duckdb_fetch_chunk(result_));
  if (chunk && chunk.size() != 0) return chunk;
  const char* failure = duckdb_result_error(&result_);
  if (failure == nullptr || *failure == '\0') return Chunk(nullptr);
  return std::unexpected(Refusal{duckdb_result_error_type(&result_), WithoutExcerpt(failure)});
}

Type Statement::column_type(idx_t column) const {
  return Type(duckdb_prepared_statement_column_logical_type(statement_, column));
}

std::string Statement::column_name(idx_t column) const {
  const char* name = duckdb_prepared_statement_column_name(statement_, column);
  std::string copy(name != nullptr ? name : "");
  duckdb_free(const_cast<char*>(name));
  return copy;
}

void Statement::Bind(idx_t parameter, std::string_view text) {
  duckdb_bind_varchar_length(statement_, parameter, text.data(), text.size());
}

Outcome<Rows> Statement::Run() {
  duckdb_result result{};
  const duckdb_state state = duckdb_execute_prepared(statement_, &result);
  return TakeRows(state, result);
}

Outcome<Rows> Statement::Stream() {
  duckdb_pending_result pending = nullptr;
  duckdb_result result{};
  duckdb_state state = duckdb_pending_prepared_streaming(statement_, &pending);
  if (state != DuckDBSuccess) {
    const char* text = duckdb_pending_error(pending);
    Refusal refusal{DUCKDB_ERROR_INVALID, WithoutExcerpt(text != nullptr ? text : "unknown error")};
    duckdb_destroy_pending(&pending);
    return std::unexpected(std::move(refusal));
  }
  state = duckdb_execute_pending(pending, &result);
  duckdb_destroy_pending(&pending);
  return TakeRows(state, result);
}

Outcome<Statement> Connection::Prepare(const std::string& sql) const {
  duckdb_prepared_statement prepared = nullptr;
  const duckdb_state state = duckdb_prepare(connection_, sql.c_str(), &prepared);
  Statement statement(prepared);
  if (state == DuckDBSuccess) return statement;
  const char* text = duckdb_prepare_error(prepared);
  return std::unexpected(Refusal{DUCKDB_ERROR_INVALID, WithoutExcerpt(text != nullptr ? text : "unknown error")});
}

Outcome<Rows> Connection::Run(const std::string& sql) const {
  duckdb_result result{};
  const duckdb_state state = duckdb_query(connection_, sql.c_str(), &result);
  return TakeRows(state, result);
}

Outcome<std::vector<std::vector<std::optional<std::string>>>> Connection::Texts(const std::string& sql) const {
  duckdb_result result{};
  if (duckdb_query(connection_, sql.c_str(), &result) != DuckDBSuccess) return std::unexpected(TakeRefusal(result));
  std::vector<std::vector<std::optional<std::string>>> rows(duckdb_row_count(&result));
  for (idx_t row = 0; row < rows.size(); ++row) {
    for (idx_t column = 0; column < duckdb_column_count(&result); ++column) {
      char* text = duckdb_value_varchar(&result, column, row);
      rows[row].push_back(text != nullptr ? std::optional<std::string>(text) : std::nullopt);
      duckdb_free(text);
    }
  }
  duckdb_destroy_result(&result);
  return rows;
}

Result<Database> Database::Open(const DatabaseOptions& options) {
  Config config;
  if (!Configure(config, options)) return Fail(codes::kInternal, "DuckDB does not know one of the settings used");
  duckdb_database database = nullptr;
  char* failure = nullptr;
  if (duckdb_open_ext(nullptr, &database, config.get(), &failure) == DuckDBSuccess) {
    Database opened(database);
    MIQ_ASSIGN(const Connection connection, opened.Connect());
    if (const auto confined = connection.Run(Confine(options)); confined)
      return opened;
    else
      return Fail(codes::kInternal, confined.error().message);
  }
  std::string message = "DuckDB cannot be started: ";
  message += failure != nullptr ? failure : "unknown error";
  duckdb_free(failure);
  return Fail(codes::kInternal, std::move(message));
}

Result<Connection> Database::Connect() const {
  duckdb_connection handle = nullptr;
  if (duckdb_connect(database_, &handle) != DuckDBSuccess) return Fail(codes::kInternal, "no connection to DuckDB");
  Connection connection(handle);
  if (const auto set = connection.Run("SET TimeZone = 'UTC'"); !set) return Fail(codes::kInternal, set.error().message);
  return connection;
}

std::string Literal(std::string_view text) { return Quoted(text, '\''); }
std::string Identifier(std::string_view text) { return Quoted(text, '"'); }

}  // namespace migrateiq::duck
