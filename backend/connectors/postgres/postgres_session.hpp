#pragma once

#include <libpq-fe.h>

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "pipeline/connector/url.hpp"

namespace migrateiq::postgres {

/// What one statement returned, in text format.
class Rows {
 public:
  Rows() = default;
  explicit Rows(PGresult* result) : result_(result) {}
  int count() const { return PQntuples(result_.get()); }
  int columns() const { return PQnfields(result_.get()); }
  bool IsNull(int row, int column) const { return PQgetisnull(result_.get(), row, column) != 0; }
  std::string_view At(int row, int column) const {
    return {PQgetvalue(result_.get(), row, column), static_cast<size_t>(PQgetlength(result_.get(), row, column))};
  }
  std::string Text(int row, int column) const { return std::string(At(row, column)); }
  std::optional<std::string> Optional(int row, int column) const;
  int64_t Int(int row, int column, int64_t otherwise = 0) const;
  bool Bool(int row, int column) const { return At(row, column) == "t"; }
  int64_t affected() const;  ///< rows of INSERT, UPDATE, DELETE, COPY
  PGresult* get() const { return result_.get(); }

 private:
  struct Free {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  std::unique_ptr<PGresult, Free> result_;
};

/// How a session is set up.
struct SessionOptions {
  std::stop_token stop;
  std::vector<std::string> search_path;  ///< empty = pg_catalog only, which comes first in any case
  std::string database;                  ///< instead of the URL's
  std::string lock_timeout = "0";
};

/// One connection, asynchronous underneath: every wait also watches the stop token, cancels the statement and closes.
/// Used by one thread at a time. After a stop or a lost connection every call fails.
class Session {
 public:
  static Result<std::unique_ptr<Session>> Open(const Url& url, const SessionOptions& options);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  int server_version() const { return version_; }  ///< 150004
  bool server_is_utf8() const { return utf8_; }
  bool broken() const { return connection_ == nullptr || PQstatus(connection_.get()) != CONNECTION_OK; }
  PGconn* raw() const { return connection_.get(); }

  /// One statement with parameters $1 ... (text).
  Result<Rows> Query(const std::string& sql, std::span<const std::optional<std::string>> parameters = {});
  /// Several statements in one message (one implicit transaction unless they say BEGIN); the results of all.
  Result<std::vector<Rows>> QueryAll(const std::string& sql);
  Status Execute(const std::string& sql);

  /// Sends statements of which the last is COPY ... TO STDOUT; the data then comes by ReadCopy.
  Status StartCopyOut(const std::string& sql);
  /// One message, valid until the next call; empty at the end (the statement is finished then).
  Result<std::string_view> ReadCopy();

  /// Sends statements of which the last is COPY ... FROM STDIN; returns the results of those before it.
  Result<std::vector<Rows>> StartCopyIn(const std::string& sql);
  Status WriteCopy(const uint8_t* bytes, size_t size);
  /// Ends the data; the COPY's result (its row count by affected()).
  Result<Rows> FinishCopyIn();
  /// Gives the COPY up; the transaction is failed afterwards.
  void CancelCopyIn();

  /// Cancels what runs and reads results until the session is idle again.
  void CancelAndDrain();
  void Close();

 private:
  class StopWatch;
  Session();
  Status Connect(const Url& url, const SessionOptions& options);
  Status SetUp(const SessionOptions& options);
  Status Wait(bool for_writing, int timeout_ms = -1);
  Status Flush();
  Status WaitForResult();
  void LetMoreArrive() const;
  Result<std::vector<Rows>> Collect(ExecStatusType until);
  Error ConnectionError() const;
  std::unexpected<Error> Interrupted();
  static Error StatementError(const PGresult* result);

  struct Free {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  struct FreeCopy {
    void operator()(char* memory) const { PQfreemem(memory); }
  };
  std::unique_ptr<PGconn, Free> connection_;
  std::unique_ptr<StopWatch> watch_;
  std::unique_ptr<char, FreeCopy> copy_message_;
  int version_ = 0;
  bool utf8_ = true;
};

/// Every value, NULL as nullopt.
std::vector<std::vector<std::optional<std::string>>> AllTexts(const Rows& rows);

/// `"a""b"`.
std::string QuoteIdentifier(std::string_view name);
/// `'a''b'`, with E'' where there are backslashes.
std::string QuoteText(std::string_view text);
/// The URL's `schema` parameter: several with commas.
std::vector<std::string> SchemasOf(const Url& url);

}  // namespace migrateiq::postgres
