#pragma once

#include <mysql.h>

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::mysql {

/// Which server answers, as far as SQL differs.
struct ServerKind {
  bool mariadb = true;
  unsigned long version = 0;  ///< 101119 for 10.11.19
};

enum class SessionUse : uint8_t {
  kSource,  ///< reads; LOAD DATA LOCAL is off
  kTarget,  ///< strict; LOAD DATA LOCAL is off
  kLoader,  ///< strict; LOAD DATA LOCAL is answered by the stream that is armed and by nothing else
};

/// What LOAD DATA LOCAL reads when the server asks for `token`.
struct LoadStream {
  std::string token;
  std::string_view bytes;
};

/// One connection: UTF-8, UTC, unlimited time, generous timeouts. Used from one thread at a time.
/// When the stop token is triggered the socket is shut, the call in progress fails with kRunInterrupted, and the
/// statement is killed at the server.
class Session {
 public:
  /// `with_database` false connects without choosing the URL's database.
  static Result<std::unique_ptr<Session>> Open(const Url& url, SessionUse use, std::stop_token stop,
                                               bool with_database = true);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Runs a statement and throws its rows away.
  Status Execute(std::string_view sql);
  /// Runs a query and keeps all its rows.
  Result<QueryRows> Query(std::string_view sql);
  /// First column of the first row; nullopt when there is no row or it is NULL.
  Result<std::optional<std::string>> QueryValue(std::string_view sql);

  /// Begins a query whose rows are fetched one by one from the socket; ended by FinishStream.
  Result<MYSQL_RES*> BeginStream(std::string_view sql);
  /// The next row, null at the end. `lengths` is set for a row.
  Result<MYSQL_ROW> FetchRow(MYSQL_RES* result, unsigned long*& lengths);
  /// Frees the result. When rows are left, the query is killed first instead of reading them all.
  void FinishStream(MYSQL_RES* result, bool at_end);
  bool streaming() const { return streaming_; }

  /// Runs a LOAD DATA LOCAL INFILE '<token>' that reads `stream`.
  Status Load(std::string_view sql, const LoadStream& stream);

  uint64_t affected_rows() const { return affected_; }
  unsigned warnings() const { return warnings_; }
  /// Text of the first warning of the last statement, "" when there is none.
  std::string FirstWarning();
  const ServerKind& server() const { return server_; }
  unsigned long thread_id() const { return thread_id_; }
  /// Number of the last server or client error.
  unsigned last_errno() const { return last_errno_; }

 private:
  Session(Url url, SessionUse use, std::stop_token stop);
  Status Connect(bool with_database);
  Status Dial(const std::string& host, bool with_database);
  unsigned Port() const;
  Status SetOptions();
  Status SetTls();
  Status Prepare();
  Status Run(std::string_view sql);
  Status Drain();
  Error Failure(std::string_view doing);
  void KillAtServer(const char* verb);

  Url url_;
  SessionUse use_;
  std::stop_token stop_;
  MYSQL* mysql_ = nullptr;
  std::string host_;  ///< that the connection was made to
  ServerKind server_;
  unsigned long thread_id_ = 0;
  uint64_t affected_ = 0;
  unsigned warnings_ = 0;
  unsigned last_errno_ = 0;
  bool streaming_ = false;
  bool killed_ = false;
  LoadStream armed_;
  std::unique_ptr<std::stop_callback<std::function<void()>>> on_stop_;

  friend struct LocalInfile;
};

/// Backquoted, with backquotes doubled.
std::string QuoteName(std::string_view identifier);
std::string QuoteName(const TableName& table);
/// Single-quoted, with quotes, backslashes and control characters escaped.
std::string QuoteText(std::string_view text);

}  // namespace migrateiq::mysql
