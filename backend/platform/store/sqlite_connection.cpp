#include "platform/store/sqlite_connection.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <system_error>
#include <thread>

#include "base/errors/run.hpp"

namespace migrateiq::store::detail {

namespace {

constexpr int kBusyMilliseconds = 10'000;
constexpr size_t kPreparedStatements = 256;

// SQLite would create the file readable by others; its WAL takes the mode of the file. One that exists is never opened
// here: closing it would drop the locks that this process' other connections hold on it (fcntl's locks are so), and
// another process, taking itself for the only one, would remove the WAL under them.
Status CreatePrivately(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0 && errno == EEXIST) return {};
  if (file < 0) return Fail(codes::kStateOpen, fmt::format("{}: {}", path, std::generic_category().message(errno)));
  ::close(file);
  return {};
}

bool IsConflict(int extended_code) {
  return extended_code == SQLITE_CONSTRAINT_UNIQUE || extended_code == SQLITE_CONSTRAINT_PRIMARYKEY ||
         extended_code == SQLITE_CONSTRAINT_ROWID || extended_code == SQLITE_CONSTRAINT_FOREIGNKEY;
}

bool MayPass(int extended_code) {
  return (extended_code & 0xff) == SQLITE_BUSY || (extended_code & 0xff) == SQLITE_LOCKED;
}

Value ValueAt(sqlite3_stmt* statement, int column) {
  const auto text = [&](const void* bytes) {
    return std::string(static_cast<const char*>(bytes), static_cast<size_t>(sqlite3_column_bytes(statement, column)));
  };
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return sqlite3_column_int64(statement, column);
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: return text(sqlite3_column_text(statement, column));
    case SQLITE_BLOB: {
      const void* bytes = sqlite3_column_blob(statement, column);
      return Bytes{bytes == nullptr ? std::string() : text(bytes)};
    }
    default: return {};
  }
}

// The values live as long as the execution, so nothing is copied.
struct Binder {
  sqlite3_stmt* statement;
  int index;
  int operator()(Null) const { return sqlite3_bind_null(statement, index); }
  int operator()(int64_t number) const { return sqlite3_bind_int64(statement, index, number); }
  int operator()(double number) const { return sqlite3_bind_double(statement, index, number); }
  int operator()(const std::string& text) const {
    return sqlite3_bind_text64(statement, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  int operator()(const Bytes& bytes) const {
    return sqlite3_bind_blob64(statement, index, bytes.value.data(), bytes.value.size(), SQLITE_STATIC);
  }
};

Result<std::vector<size_t>> ParameterNumbers(sqlite3_stmt* statement) {
  std::vector<size_t> numbers;
  for (int index = 1; index <= sqlite3_bind_parameter_count(statement); ++index) {
    const char* name = sqlite3_bind_parameter_name(statement, index);
    const std::string_view digits = name == nullptr ? std::string_view() : std::string_view(name + 1);
    size_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (number == 0) return Fail(codes::kStateQuery, "parameters are written $1, $2 ...");
    numbers.push_back(number);
  }
  return numbers;
}

}  // namespace

/// One use of a prepared statement; leaves it ready for the next.
class SqliteConnection::Execution {
 public:
  Execution(const SqliteConnection& connection, const Prepared& prepared)
      : connection_(connection), prepared_(prepared), statement_(prepared.statement.get()) {}
  ~Execution() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;

  Status Bind(const std::vector<Value>& values) const {
    int index = 0;
    for (const size_t number : prepared_.numbers) {
      if (number > values.size()) return Fail(codes::kStateQuery, fmt::format("there is no value for ${}", number));
      if (std::visit(Binder{statement_, ++index}, values[number - 1]) != SQLITE_OK)
        return Fail(connection_.LastError());
    }
    return {};
  }

  Result<bool> Step() const {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) return Fail(connection_.LastError());
    return false;
  }

  Row Current() const {
    const int columns = sqlite3_column_count(statement_);
    std::vector<Value> values;
    values.reserve(static_cast<size_t>(columns));
    for (int column = 0; column < columns; ++column) values.push_back(ValueAt(statement_, column));
    return Row(std::move(values));
  }

 private:
  const SqliteConnection& connection_;
  const Prepared& prepared_;
  sqlite3_stmt* statement_;
};

void SqliteConnection::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }
void SqliteConnection::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::Open(const std::string& path, Use use) {
  MIQ_TRY(CreatePrivately(path));
  sqlite3* raw = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(raw));
  if (code != SQLITE_OK) return Fail(codes::kStateOpen, path + ": " + sqlite3_errstr(code));
  const Status ready = connection->SetUp(use);
  if (!ready) return Fail(codes::kStateOpen, path + ": " + ready.error().message);
  return connection;
}

// The switch to WAL does not wait for another process that is opening the file at this moment, so it is repeated.
Status SqliteConnection::SetUp(Use use) {
  sqlite3_busy_timeout(database_.get(), kBusyMilliseconds);
  const char* last = use == Use::kRead ? "PRAGMA query_only=ON" : "PRAGMA foreign_keys=ON";
  Status status;
  for (int attempt = 0; attempt < 100; ++attempt) {
    status = RunScript(fmt::format("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {}", last));
    if (status || !status.error().retryable) return status;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return status;
}

Error SqliteConnection::LastError() const {
  const int code = sqlite3_extended_errcode(database_.get());
  Error error(IsConflict(code) ? codes::kStateConflict : codes::kStateQuery, sqlite3_errmsg(database_.get()));
  error.retryable = MayPass(code);
  return error;
}

Result<SqliteConnection::Prepared*> SqliteConnection::Prepare(std::string_view sql) {
  if (const auto known = prepared_.find(sql); known != prepared_.end()) return &known->second;
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  Prepared prepared{.statement = std::unique_ptr<sqlite3_stmt, Finalize>(raw), .numbers = {}};
  if (code != SQLITE_OK) return Fail(LastError());
  MIQ_ASSIGN(prepared.numbers, ParameterNumbers(raw));
  if (prepared_.size() >= kPreparedStatements) prepared_.clear();
  return &prepared_.emplace(sql, std::move(prepared)).first->second;
}

Result<Rows> SqliteConnection::Query(std::string_view sql, const std::vector<Value>& parameters) {
  MIQ_ASSIGN(const Prepared* prepared, Prepare(sql));
  const Execution execution(*this, *prepared);
  MIQ_TRY(execution.Bind(parameters));
  Rows rows;
  while (true) {
    MIQ_ASSIGN(const bool more, execution.Step());
    if (!more) return rows;
    rows.push_back(execution.Current());
  }
}

Result<int64_t> SqliteConnection::Execute(std::string_view sql, const std::vector<Value>& parameters) {
  MIQ_ASSIGN(const Prepared* prepared, Prepare(sql));
  const Execution execution(*this, *prepared);
  MIQ_TRY(execution.Bind(parameters));
  const int64_t before = sqlite3_total_changes64(database_.get());
  bool more = true;
  while (more) { MIQ_ASSIGN(more, execution.Step()); }
  return sqlite3_total_changes64(database_.get()) == before ? 0 : sqlite3_changes64(database_.get());
}

Status SqliteConnection::RunScript(const std::string& sql) {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return Fail(LastError());
}

}  // namespace migrateiq::store::detail
