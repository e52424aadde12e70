#include "connectors/postgres/postgres_session.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <ctime>
#include <map>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/run.hpp"
#include "connectors/postgres/postgres_errors.hpp"

namespace migrateiq::postgres {

namespace {

using Clock = std::chrono::steady_clock;

void IgnoreNotice(void* /*context*/, const PGresult* /*result*/) {}

std::string Trimmed(const char* text) {
  std::string trimmed = text == nullptr ? "" : text;
  while (!trimmed.empty() && (trimmed.back() == '\n' || trimmed.back() == ' ')) trimmed.pop_back();
  return trimmed;
}

std::string Field(const PGresult* result, int code) { return Trimmed(PQresultErrorField(result, code)); }

/// "COPY t, line 3, column price: ..." names the column.
std::string ColumnOfContext(const std::string& context) {
  constexpr std::string_view kWord = ", column ";
  const size_t at = context.starts_with("COPY ") ? context.find(kWord) : std::string::npos;
  if (at == std::string::npos) return "";
  const size_t from = at + kWord.size();
  return context.substr(from, context.find_first_of(":\n", from) - from);
}

/// Keywords for libpq. Never a connection string: a password in one would need quoting and might be printed.
std::map<std::string, std::string> Keywords(const Url& url, const SessionOptions& options) {
  std::map<std::string, std::string> keywords = {{"application_name", "migrateiq"},
                                                 {"keepalives", "1"},
                                                 {"keepalives_idle", "30"},
                                                 {"keepalives_interval", "10"},
                                                 {"keepalives_count", "3"}};
  for (const auto& [name, value] : url.parameters) {
    if (name != "schema") keywords[name] = value;
  }
  const auto set = [&](const char* name, const std::string& value) {
    if (!value.empty()) keywords[name] = value;
  };
  set("host", url.host);
  set("port", url.port);
  set("user", url.user);
  set("password", url.password);
  set("dbname", options.database.empty() ? url.path : options.database);
  keywords["client_encoding"] = "UTF8";
  return keywords;
}

int ConnectTimeoutMs(const Url& url) {
  const std::string text = url.Parameter("connect_timeout", "15");
  int seconds = 15;
  std::from_chars(text.data(), text.data() + text.size(), seconds);
  return seconds > 0 ? seconds * 1000 : 24 * 3600 * 1000;
}

PGconn* StartConnection(const std::map<std::string, std::string>& keywords) {
  std::vector<const char*> names, values;
  for (const auto& [name, value] : keywords) {
    names.push_back(name.c_str());
    values.push_back(value.c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  return PQconnectStartParams(names.data(), values.data(), 0);
}

}  // namespace

std::vector<std::vector<std::optional<std::string>>> AllTexts(const Rows& rows) {
  std::vector<std::vector<std::optional<std::string>>> all(static_cast<size_t>(rows.count()));
  for (int row = 0; row < rows.count(); ++row) {
    for (int column = 0; column < rows.columns(); ++column)
      all[static_cast<size_t>(row)].push_back(rows.Optional(row, column));
  }
  return all;
}

std::string QuoteIdentifier(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string QuoteText(std::string_view text) {
  const bool backslash = text.find('\\') != std::string_view::npos;
  std::string quoted = backslash ? "E'" : "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += c;
    quoted += c;
  }
  return quoted + '\'';
}

std::vector<std::string> SchemasOf(const Url& url) {
  std::vector<std::string> schemas;
  std::string_view text = url.parameters.contains("schema") ? std::string_view(url.parameters.at("schema")) : "";
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    if (comma != 0) schemas.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return schemas;
}

std::optional<std::string> Rows::Optional(int row, int column) const {
  if (IsNull(row, column)) return std::nullopt;
  return Text(row, column);
}

int64_t Rows::Int(int row, int column, int64_t otherwise) const {
  const std::string_view text = At(row, column);
  int64_t value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

int64_t Rows::affected() const {
  const std::string_view text = PQcmdTuples(result_.get());
  int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// A descriptor that becomes readable when the stop token is triggered, for poll().
class Session::StopWatch {
 public:
  explicit StopWatch(const std::stop_token& stop)
      : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), callback_(stop, Ring{descriptor_}), stop_(stop) {}
  ~StopWatch() { close(descriptor_); }
  StopWatch(const StopWatch&) = delete;
  StopWatch& operator=(const StopWatch&) = delete;
  int descriptor() const { return descriptor_; }
  bool stopped() const { return stop_.stop_requested(); }

 private:
  struct Ring {
    int descriptor;
    void operator()() const {
      const uint64_t one = 1;
      [[maybe_unused]] const ssize_t written = write(descriptor, &one, sizeof one);
    }
  };
  int descriptor_;
  std::stop_callback<Ring> callback_;
  std::stop_token stop_;
};

Session::Session() = default;
Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::Open(const Url& url, const SessionOptions& options) {
  std::unique_ptr<Session> session(new Session());
  session->watch_ = std::make_unique<StopWatch>(options.stop);
  MIQ_TRY(session->Connect(url, options));
  MIQ_TRY(session->SetUp(options));
  return session;
}

Status Session::Connect(const Url& url, const SessionOptions& options) {
  const auto keywords = Keywords(url, options);
  connection_.reset(StartConnection(keywords));
  if (connection_ == nullptr) return Fail(codes::kConnUnreachable, "out of memory");
  PQsetNoticeReceiver(connection_.get(), IgnoreNotice, nullptr);
  const Clock::time_point deadline = Clock::now() + std::chrono::milliseconds(ConnectTimeoutMs(url));
  PostgresPollingStatusType state = PGRES_POLLING_WRITING;
  if (PQstatus(connection_.get()) == CONNECTION_BAD) state = PGRES_POLLING_FAILED;
  while (state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return Fail(Error(codes::kConnUnreachable, "no answer from " + url.redacted).Retryable());
    MIQ_TRY(Wait(state == PGRES_POLLING_WRITING, static_cast<int>(left)));
    state = PQconnectPoll(connection_.get());
  }
  if (state == PGRES_POLLING_OK) return PQsetnonblocking(connection_.get(), 1), Status();
  const std::string message = Trimmed(PQerrorMessage(connection_.get()));
  const MappedCode mapped = MapConnectMessage(message);
  Error error(mapped.code, url.redacted + ": " + message);
  error.retryable = mapped.retryable;
  return Fail(std::move(error));
}

namespace {

/// A connection that broke without a word leaves a session behind that still holds its chunk's ledger line: the server
/// is told to look after such peers, and nobody waits for their locks for ever.
constexpr const char* kDeadPeers =
    "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3; ";
constexpr const char* kLongestWait = "60s";

}  // namespace

Status Session::SetUp(const SessionOptions& options) {
  version_ = PQserverVersion(connection_.get());
  if (version_ < 100000) return Fail(codes::kReadUnsupported, "PostgreSQL older than 10 is not supported");
  const char* encoding = PQparameterStatus(connection_.get(), "server_encoding");
  utf8_ = encoding == nullptr || std::string_view(encoding) != "SQL_ASCII";
  std::string path;
  for (const std::string& schema : options.search_path) path += (path.empty() ? "" : ", ") + QuoteIdentifier(schema);
  if (path.empty()) path = "pg_catalog";
  return Execute(
      "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres'; SET bytea_output = 'hex'; "
      "SET extra_float_digits = " +
      std::string(version_ < 120000 ? "3" : "1") +
      "; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; "
      "SET standard_conforming_strings = on; SET client_min_messages = warning; " +
      kDeadPeers + "SET lock_timeout = '" + (options.lock_timeout == "0" ? kLongestWait : options.lock_timeout) +
      "'; SET search_path = " + path);
}

Error Session::ConnectionError() const {
  const std::string message =
      connection_ == nullptr ? "the connection is closed" : Trimmed(PQerrorMessage(connection_.get()));
  return Error(codes::kConnLost, message.empty() ? "the server closed the connection" : message).Retryable();
}

std::unexpected<Error> Session::Interrupted() {
  if (connection_ != nullptr && PQstatus(connection_.get()) == CONNECTION_OK &&
      PQtransactionStatus(connection_.get()) == PQTRANS_ACTIVE) {
    if (PGcancel* cancel = PQgetCancel(connection_.get())) {
      char reason[256];
      PQcancel(cancel, reason, sizeof reason);
      PQfreeCancel(cancel);
    }
  }
  Close();
  return Fail(codes::kRunInterrupted, "stopped on request");
}

void Session::Close() { connection_.reset(); }

Status Session::Wait(bool for_writing, int timeout_ms) {
  if (watch_->stopped()) return Interrupted();
  if (connection_ == nullptr) return Fail(ConnectionError());
  const auto events = static_cast<short>(for_writing ? POLLIN | POLLOUT : POLLIN);
  pollfd descriptors[2] = {{PQsocket(connection_.get()), events, 0}, {watch_->descriptor(), POLLIN, 0}};
  if (PQstatus(connection_.get()) != CONNECTION_OK) descriptors[0].events = for_writing ? POLLOUT : POLLIN;
  const int ready = poll(descriptors, 2, timeout_ms);
  if (descriptors[1].revents != 0) return Interrupted();
  if (ready < 0 && errno != EINTR) return Fail(codes::kConnLost, "poll failed");
  return {};
}

Status Session::Flush() {
  while (true) {
    const int state = PQflush(connection_.get());
    if (state == 0) return {};
    if (state < 0) return Fail(ConnectionError());
    MIQ_TRY(Wait(true));
    if (PQconsumeInput(connection_.get()) == 0) return Fail(ConnectionError());
  }
}

Status Session::WaitForResult() {
  while (PQisBusy(connection_.get()) != 0) {
    MIQ_TRY(Wait(false));
    if (PQconsumeInput(connection_.get()) == 0) return Fail(ConnectionError());
  }
  return {};
}

Error Session::StatementError(const PGresult* result) {
  const MappedCode mapped = MapSqlState(Field(result, PG_DIAG_SQLSTATE));
  std::string message = Field(result, PG_DIAG_MESSAGE_PRIMARY);
  if (message.empty()) message = Trimmed(PQresultErrorMessage(result));
  if (const std::string detail = Field(result, PG_DIAG_MESSAGE_DETAIL); !detail.empty()) message += " (" + detail + ")";
  if (const std::string hint = Field(result, PG_DIAG_MESSAGE_HINT); !hint.empty()) message += " Hint: " + hint;
  if (const std::string name = Field(result, PG_DIAG_CONSTRAINT_NAME);
      !name.empty() && message.find('"' + name + '"') == std::string::npos)
    message += " [constraint " + name + "]";
  if (const std::string context = Field(result, PG_DIAG_CONTEXT); context.starts_with("COPY "))
    message += "; " + context;
  Error error(mapped.code, std::move(message));
  error.table = Field(result, PG_DIAG_TABLE_NAME);
  error.column = Field(result, PG_DIAG_COLUMN_NAME);
  if (error.column.empty()) error.column = ColumnOfContext(Field(result, PG_DIAG_CONTEXT));
  error.retryable = mapped.retryable;
  return error;
}

/// Reads results up to the end, or up to one with status `until`. The first error wins, but all results are read.
Result<std::vector<Rows>> Session::Collect(ExecStatusType until) {
  std::vector<Rows> all;
  std::optional<Error> failed;
  while (true) {
    MIQ_TRY(WaitForResult());
    PGresult* result = PQgetResult(connection_.get());
    if (result == nullptr) break;
    Rows rows(result);
    const ExecStatusType status = PQresultStatus(result);
    if (status == until) return all;
    if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH) {
      CancelAndDrain();
      return Fail(codes::kInternal, "COPY where no COPY was expected");
    }
    const bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
    if (!good && !failed) failed = StatementError(result);
    all.push_back(std::move(rows));
  }
  if (failed && PQstatus(connection_.get()) != CONNECTION_OK) return Fail(ConnectionError());
  if (failed) return Fail(std::move(*failed));
  return all;
}

Result<Rows> Session::Query(const std::string& sql, std::span<const std::optional<std::string>> parameters) {
  if (broken()) return Fail(ConnectionError());
  std::vector<const char*> values;
  for (const auto& parameter : parameters) values.push_back(parameter ? parameter->c_str() : nullptr);
  const int sent = PQsendQueryParams(connection_.get(), sql.c_str(), static_cast<int>(values.size()), nullptr,
                                     values.data(), nullptr, nullptr, 0);
  if (sent == 0) return Fail(ConnectionError());
  MIQ_TRY(Flush());
  MIQ_ASSIGN(std::vector<Rows> all, Collect(PGRES_COPY_BOTH));
  if (all.empty()) return Fail(codes::kReadProtocol, "the server sent no result");
  return std::move(all.back());
}

Result<std::vector<Rows>> Session::QueryAll(const std::string& sql) {
  if (broken()) return Fail(ConnectionError());
  if (PQsendQuery(connection_.get(), sql.c_str()) == 0) return Fail(ConnectionError());
  MIQ_TRY(Flush());
  return Collect(PGRES_COPY_BOTH);
}

Status Session::Execute(const std::string& sql) {
  MIQ_TRY(QueryAll(sql));
  return {};
}

Status Session::StartCopyOut(const std::string& sql) {
  if (broken()) return Fail(ConnectionError());
  if (PQsendQuery(connection_.get(), sql.c_str()) == 0) return Fail(ConnectionError());
  MIQ_TRY(Flush());
  MIQ_TRY(Collect(PGRES_COPY_OUT));
  return {};
}

/// The server sends 8 KiB at a time and would wake us for each. Shortly after the first ones there are many more.
void Session::LetMoreArrive() const {
  constexpr int kWorthwhile = 64 << 10;
  constexpr timespec kMoment{.tv_sec = 0, .tv_nsec = 100'000};
  int there = 0;
  if (ioctl(PQsocket(connection_.get()), FIONREAD, &there) == 0 && there < kWorthwhile) nanosleep(&kMoment, nullptr);
}

Result<std::string_view> Session::ReadCopy() {
  if (connection_ == nullptr) return Fail(ConnectionError());
  while (true) {
    char* message = nullptr;
    const int size = PQgetCopyData(connection_.get(), &message, 1);
    if (size > 0) {
      copy_message_.reset(message);
      return std::string_view(message, static_cast<size_t>(size));
    }
    if (size == -1) break;
    if (size == -2) return Fail(ConnectionError());
    MIQ_TRY(Wait(false));
    LetMoreArrive();
    if (PQconsumeInput(connection_.get()) == 0) return Fail(ConnectionError());
  }
  MIQ_TRY(Collect(PGRES_COPY_BOTH));
  return std::string_view();
}

Result<std::vector<Rows>> Session::StartCopyIn(const std::string& sql) {
  if (broken()) return Fail(ConnectionError());
  if (PQsendQuery(connection_.get(), sql.c_str()) == 0) return Fail(ConnectionError());
  MIQ_TRY(Flush());
  return Collect(PGRES_COPY_IN);
}

Status Session::WriteCopy(const uint8_t* bytes, size_t size) {
  constexpr size_t kPiece = size_t{128} << 10;
  for (size_t done = 0; done < size;) {
    if (broken()) return Fail(ConnectionError());
    const size_t piece = std::min(kPiece, size - done);
    const int state =
        PQputCopyData(connection_.get(), reinterpret_cast<const char*>(bytes) + done, static_cast<int>(piece));
    if (state < 0) {
      MIQ_TRY(Collect(PGRES_COPY_BOTH));
      return Fail(ConnectionError());
    }
    if (state == 1) done += piece;
    MIQ_TRY(Flush());
  }
  return {};
}

Result<Rows> Session::FinishCopyIn() {
  if (broken()) return Fail(ConnectionError());
  while (true) {
    const int state = PQputCopyEnd(connection_.get(), nullptr);
    if (state < 0) return Fail(ConnectionError());
    if (state == 1) break;
    MIQ_TRY(Wait(true));
  }
  MIQ_TRY(Flush());
  MIQ_ASSIGN(std::vector<Rows> all, Collect(PGRES_COPY_BOTH));
  if (all.empty()) return Fail(codes::kReadProtocol, "the server sent no result for COPY");
  return std::move(all.front());
}

void Session::CancelCopyIn() {
  if (broken()) return;
  if (PQputCopyEnd(connection_.get(), "given up") != 1 || !Flush()) return Close();
  const auto drained = Collect(PGRES_COPY_BOTH);
  if (!drained && broken()) Close();
}

void Session::CancelAndDrain() {
  if (broken()) return;
  if (PGcancel* cancel = PQgetCancel(connection_.get())) {
    char reason[256];
    PQcancel(cancel, reason, sizeof reason);
    PQfreeCancel(cancel);
  }
  while (!broken()) {
    if (!WaitForResult()) return Close();
    const Rows rows(PQgetResult(connection_.get()));
    if (rows.get() == nullptr) return;
    const ExecStatusType status = PQresultStatus(rows.get());
    if (status == PGRES_COPY_IN) PQputCopyEnd(connection_.get(), "given up");
    while (status == PGRES_COPY_OUT) {
      if (const auto message = ReadCopy(); !message || message->empty()) break;
    }
  }
}

}  // namespace migrateiq::postgres
