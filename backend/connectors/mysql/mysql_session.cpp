#include "connectors/mysql/mysql_session.hpp"

#include <errmsg.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <functional>

#include "base/errors/connect.hpp"
#include "base/errors/run.hpp"
#include "connectors/mysql/mysql_address.hpp"
#include "connectors/mysql/mysql_errors.hpp"

namespace migrateiq::mysql {

/// The client library's local-infile callbacks: they serve the armed stream, whatever file name the server asks for
/// but its token is refused.
struct LocalInfile {
  static int Init(void** state, const char* name, void* session) {
    auto* self = static_cast<Session*>(session);
    *state = self;
    return self->armed_.token.empty() || self->armed_.token != name ? 1 : 0;
  }
  static int Read(void* state, char* buffer, unsigned int most) {
    auto* self = static_cast<Session*>(state);
    if (self->stop_.stop_requested()) return -1;
    const size_t count = std::min<size_t>(most, self->armed_.bytes.size());
    std::memcpy(buffer, self->armed_.bytes.data(), count);
    self->armed_.bytes.remove_prefix(count);
    return static_cast<int>(count);
  }
  static void End(void*) {}
  static int Error(void*, char* message, unsigned int most) {
    const std::string_view text = "the server asked for a file that is not being loaded";
    const size_t count = std::min<size_t>(most == 0 ? 0 : most - 1, text.size());
    std::memcpy(message, text.data(), count);
    if (most != 0) message[count] = '\0';
    return CR_UNKNOWN_ERROR;
  }
};

namespace {

constexpr unsigned kConnectSeconds = 15;
constexpr unsigned long kMostPacket = 1UL << 30;

std::string Address(const Url& url) {
  const std::string socket = url.Parameter("socket");
  if (!socket.empty()) return "socket " + socket;
  return (url.host.empty() ? "localhost" : url.host) + ":" + (url.port.empty() ? "3306" : url.port);
}

const char* OrNull(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

ServerKind KindOf(MYSQL* mysql) {
  const char* info = mysql_get_server_info(mysql);
  return {.mariadb = info != nullptr && std::strstr(info, "MariaDB") != nullptr,
          .version = mysql_get_server_version(mysql)};
}

std::string SessionSettings(SessionUse use, const ServerKind& server, const std::string& charset) {
  // Zero dates must stay readable and comparable at a source, so NO_ZERO_DATE and NO_ZERO_IN_DATE are never set.
  const char* mode = use == SessionUse::kSource ? "NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION,ALLOW_INVALID_DATES"
                                                : "NO_AUTO_VALUE_ON_ZERO,STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION";
  std::string sql = "SET SESSION sql_mode='";
  sql += mode;
  sql +=
      "', time_zone='+00:00', net_write_timeout=86400, net_read_timeout=3600, wait_timeout=86400, "
      "lock_wait_timeout=300";
  if (use != SessionUse::kSource) sql += ", foreign_key_checks=0, innodb_lock_wait_timeout=50";
  sql += server.mariadb ? ", max_statement_time=0" : ", max_execution_time=0, information_schema_stats_expiry=0";
  if (use == SessionUse::kSource && !charset.empty()) sql += ", character_set_results=" + QuoteText(charset);
  return sql;
}

}  // namespace

Session::Session(Url url, SessionUse use, std::stop_token stop)
    : url_(std::move(url)), use_(use), stop_(std::move(stop)) {}

Session::~Session() {
  on_stop_.reset();
  if (mysql_ != nullptr) mysql_close(mysql_);
}

Result<std::unique_ptr<Session>> Session::Open(const Url& url, SessionUse use, std::stop_token stop,
                                               bool with_database) {
  std::unique_ptr<Session> session(new Session(url, use, std::move(stop)));
  MIQ_TRY(session->Connect(with_database));
  MIQ_TRY(session->Prepare());
  return session;
}

Status Session::SetTls() {
  const std::string mode = SslMode(url_);
  const bool verify = VerifiesName(url_);
  const bool required = verify || mode == "required" || mode == "require";
  if (!required && mode != "preferred" && mode != "disabled" && mode != "prefer" && mode != "disable") {
    return Fail(codes::kUrlParameter,
                "ssl-mode '" + mode + "' is not one of disabled, preferred, required, verify_ca, verify_identity");
  }
  const std::string ca = url_.Parameter("ssl-ca"), cert = url_.Parameter("ssl-cert"), key = url_.Parameter("ssl-key");
  if (!ca.empty() || !cert.empty() || !key.empty()) {
    mysql_ssl_set(mysql_, OrNull(key), OrNull(cert), OrNull(ca), nullptr, nullptr);
  }
  const my_bool enforce = required ? 1 : 0, check = verify ? 1 : 0;
  mysql_optionsv(mysql_, MYSQL_OPT_SSL_ENFORCE, &enforce);
  mysql_optionsv(mysql_, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &check);
  return {};
}

Status Session::SetOptions() {
  const unsigned connect = kConnectSeconds;
  const unsigned local = use_ == SessionUse::kLoader ? 1 : 0;
  const my_bool reconnect = 0;
  mysql_optionsv(mysql_, MYSQL_OPT_CONNECT_TIMEOUT, &connect);
  mysql_optionsv(mysql_, MYSQL_OPT_LOCAL_INFILE, &local);
  mysql_optionsv(mysql_, MYSQL_OPT_RECONNECT, &reconnect);
  mysql_optionsv(mysql_, MYSQL_OPT_MAX_ALLOWED_PACKET, &kMostPacket);
  mysql_optionsv(mysql_, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  mysql_optionsv(mysql_, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", "migrateiq");
  const unsigned tcp = MYSQL_PROTOCOL_TCP;  // else the name localhost would mean a socket
  if (!url_.Parameter("hostaddr").empty()) mysql_optionsv(mysql_, MYSQL_OPT_PROTOCOL, &tcp);
  return SetTls();
}

Status Session::Dial(const std::string& host, bool with_database) {
  if (mysql_ != nullptr) mysql_close(mysql_);
  mysql_ = mysql_init(nullptr);
  if (mysql_ == nullptr) return Fail(codes::kInternal, "out of memory while connecting");
  MIQ_TRY(SetOptions());
  const std::string socket = url_.Parameter("socket");
  MYSQL* connected =
      mysql_real_connect(mysql_, host.c_str(), OrNull(url_.user), url_.password.c_str(),
                         with_database ? OrNull(url_.path) : nullptr, Port(), OrNull(socket), CLIENT_MULTI_RESULTS);
  if (connected == nullptr) return Fail(Failure("connecting to " + Address(url_)));
  host_ = host;
  return {};
}

unsigned Session::Port() const {
  unsigned port = 3306;
  if (!url_.port.empty()) std::from_chars(url_.port.data(), url_.port.data() + url_.port.size(), port);
  return port;
}

Status Session::Connect(bool with_database) {
  if (stop_.stop_requested()) return Fail(codes::kRunInterrupted, "stopped before connecting");
  Status dialled = Fail(codes::kConnUnreachable, "no address to connect to");
  for (const std::string& host : HostsToTry(url_)) {
    dialled = Dial(host, with_database);
    if (dialled || !dialled.error().Is(codes::kConnUnreachable)) break;
  }
  MIQ_TRY(std::move(dialled));
  MIQ_TRY(CheckPeer(mysql_, url_));
  server_ = KindOf(mysql_);
  thread_id_ = mysql_thread_id(mysql_);
  if (use_ == SessionUse::kLoader) {
    mysql_set_local_infile_handler(mysql_, LocalInfile::Init, LocalInfile::Read, LocalInfile::End, LocalInfile::Error,
                                   this);
  }
  const int socket_number = static_cast<int>(mysql_get_socket(mysql_));
  on_stop_ = std::make_unique<std::stop_callback<std::function<void()>>>(
      stop_, [socket_number] { ::shutdown(socket_number, SHUT_RDWR); });
  return {};
}

Status Session::Prepare() {
  std::string charset = url_.Parameter("charset");
  if (charset == "utf8mb4" || charset == "utf8") charset.clear();
  if (!charset.empty() && use_ != SessionUse::kSource) {
    return Fail(codes::kUrlParameter, "charset of a target can only be utf8mb4");
  }
  return Execute(SessionSettings(use_, server_, charset));
}

Error Session::Failure(std::string_view doing) {
  last_errno_ = mysql_errno(mysql_);
  // The library has closed the socket; its number may soon be another's.
  if (mysql_get_socket(mysql_) == static_cast<my_socket>(-1)) on_stop_.reset();
  if (stop_.stop_requested()) {
    KillAtServer("KILL CONNECTION ");
    return Error(codes::kRunInterrupted, "stopped while " + std::string(doing));
  }
  return MakeError(last_errno_, mysql_sqlstate(mysql_), mysql_error(mysql_), doing);
}

void Session::KillAtServer(const char* verb) {
  if (thread_id_ == 0 || killed_) return;
  killed_ = std::string_view(verb).starts_with("KILL CONN");
  MYSQL* helper = mysql_init(nullptr);
  if (helper == nullptr) return;
  const std::string socket = url_.Parameter("socket");
  std::swap(mysql_, helper);
  const bool ready = SetOptions().has_value();
  std::swap(mysql_, helper);
  const unsigned brief = 2;
  mysql_optionsv(helper, MYSQL_OPT_CONNECT_TIMEOUT, &brief);
  mysql_optionsv(helper, MYSQL_OPT_READ_TIMEOUT, &brief);
  if (ready && mysql_real_connect(helper, host_.c_str(), OrNull(url_.user), url_.password.c_str(), nullptr, Port(),
                                  OrNull(socket), 0) != nullptr) {
    const std::string sql = verb + std::to_string(thread_id_);
    mysql_real_query(helper, sql.data(), sql.size());
  }
  mysql_close(helper);
}

Status Session::Run(std::string_view sql) {
  if (stop_.stop_requested()) return Fail(codes::kRunInterrupted, "stopped");
  if (streaming_) return Fail(codes::kInternal, "a connection is still streaming rows");
  affected_ = 0;
  warnings_ = 0;
  if (mysql_real_query(mysql_, sql.data(), sql.size()) != 0) {
    return Fail(Failure(sql.size() <= 200 ? std::string(sql) : std::string(sql.substr(0, 200)) + "..."));
  }
  affected_ = mysql_affected_rows(mysql_);
  warnings_ = mysql_warning_count(mysql_);
  return {};
}

Status Session::Drain() {
  for (;;) {
    if (MYSQL_RES* result = mysql_use_result(mysql_)) mysql_free_result(result);
    if (mysql_errno(mysql_) != 0) return Fail(Failure("reading an answer"));
    const int more = mysql_next_result(mysql_);
    if (more < 0) return {};
    if (more > 0) return Fail(Failure("reading an answer"));
  }
}

Status Session::Execute(std::string_view sql) {
  MIQ_TRY(Run(sql));
  return Drain();
}

Result<QueryRows> Session::Query(std::string_view sql) {
  MIQ_TRY(Run(sql));
  MYSQL_RES* result = mysql_store_result(mysql_);
  if (result == nullptr) {
    if (mysql_errno(mysql_) != 0) return Fail(Failure(sql.substr(0, 200)));
    MIQ_TRY(Drain());
    return QueryRows{};
  }
  QueryRows rows;
  const unsigned columns = mysql_num_fields(result);
  while (MYSQL_ROW row = mysql_fetch_row(result)) {
    const unsigned long* lengths = mysql_fetch_lengths(result);
    auto& out = rows.emplace_back(columns);
    for (unsigned c = 0; c < columns; ++c) {
      if (row[c] != nullptr) out[c].emplace(row[c], lengths[c]);
    }
  }
  mysql_free_result(result);
  while (mysql_next_result(mysql_) == 0) {
    if (MYSQL_RES* more = mysql_store_result(mysql_)) mysql_free_result(more);
  }
  return rows;
}

Result<std::optional<std::string>> Session::QueryValue(std::string_view sql) {
  MIQ_ASSIGN(const QueryRows rows, Query(sql));
  if (rows.empty() || rows[0].empty()) return std::nullopt;
  return rows[0][0];
}

Result<MYSQL_RES*> Session::BeginStream(std::string_view sql) {
  MIQ_TRY(Run(sql));
  MYSQL_RES* result = mysql_use_result(mysql_);
  if (result == nullptr) return Fail(Failure("beginning to read"));
  streaming_ = true;
  return result;
}

Result<MYSQL_ROW> Session::FetchRow(MYSQL_RES* result, unsigned long*& lengths) {
  MYSQL_ROW row = mysql_fetch_row(result);
  if (row != nullptr) {
    lengths = mysql_fetch_lengths(result);
    return row;
  }
  if (mysql_errno(mysql_) != 0) return Fail(Failure("reading rows"));
  return nullptr;
}

void Session::FinishStream(MYSQL_RES* result, bool at_end) {
  if (!at_end && !stop_.stop_requested()) KillAtServer("KILL QUERY ");
  mysql_free_result(result);
  streaming_ = false;
  if (at_end || stop_.stop_requested()) return;
  // The kill may have met an idle connection; it is then taken by this statement instead of by the next real one.
  mysql_query(mysql_, "DO 0");
}

Status Session::Load(std::string_view sql, const LoadStream& stream) {
  armed_ = stream;
  Status status = Run(sql);
  armed_ = {};
  return status;
}

std::string Session::FirstWarning() {
  const auto rows = Query("SHOW WARNINGS LIMIT 1");
  if (!rows || rows->empty() || (*rows)[0].size() < 3) return "";
  return (*rows)[0][2].value_or("") + " (" + (*rows)[0][1].value_or("") + ")";
}

std::string QuoteName(std::string_view identifier) {
  std::string out = "`";
  for (const char c : identifier) {
    if (c == '`') out += '`';
    out += c;
  }
  return out + "`";
}

std::string QuoteName(const TableName& table) {
  return table.schema.empty() ? QuoteName(table.name) : QuoteName(table.schema) + "." + QuoteName(table.name);
}

std::string QuoteText(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    switch (c) {
      case '\'': out += "''"; break;
      case '\\': out += "\\\\"; break;
      case '\0': out += "\\0"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\x1a': out += "\\Z"; break;
      default: out += c;
    }
  }
  return out + "'";
}

}  // namespace migrateiq::mysql
