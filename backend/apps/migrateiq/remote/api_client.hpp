#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "apps/migrateiq/remote/session_file.hpp"
#include "base/error.hpp"
#include "platform/outbound/client.hpp"

namespace migrateiq::cli {

using QueryMembers = std::vector<std::pair<std::string, std::string>>;

/// Requests to one server on behalf of one user. Tokens are renewed before they expire, and once when the server
/// refuses them; a request that can be repeated (reading, or with an idempotency key) is, when the server is busy or
/// the connection fails. Errors: those that the server tells, kApiUnauthenticated, kServerAnswer, kConn... .
class ApiClient {
 public:
  /// What carries requests out; replaced in tests.
  struct Parts {
    std::function<Result<outbound::HttpAnswer>(const outbound::HttpRequest&)> send = &outbound::Send;
    std::function<void(std::chrono::milliseconds)> sleep;  ///< none: the thread sleeps
    std::function<int64_t()> now;                          ///< seconds since 1970; none: the clock
  };

  ApiClient(ServerSession session, SessionFiles files, Parts parts);
  ApiClient(ServerSession session, SessionFiles files) : ApiClient(std::move(session), std::move(files), Parts()) {}

  const ServerSession& session() const { return session_; }

  /// `path` is below /api/v1/.
  Result<boost::json::object> Get(const std::string& path, const QueryMembers& query = {});
  Result<boost::json::object> Post(const std::string& path, const boost::json::object& body);
  /// `version` 0: the resource has none.
  Result<boost::json::object> Patch(const std::string& path, const boost::json::object& body, int64_t version = 0);
  Result<boost::json::object> Put(const std::string& path, const boost::json::object& body, int64_t version);
  /// What is no JSON object, as it comes.
  Result<std::string> GetText(const std::string& path);
  /// Proves anew who asks, for what needs that. Errors: kAuthCredentials, kAuthTotpRequired.
  Status StepUp(const std::string& password, const std::string& code);
  /// The items of all pages.
  Result<std::vector<boost::json::object>> List(const std::string& path, QueryMembers query = {});

  /// Signs in; the session then holds tokens, and is not saved. Errors: kAuthCredentials, kAuthTotpRequired.
  Status LogIn(const std::string& email, const std::string& password, const std::string& code);
  /// Ends the session at the server.
  Status LogOut();
  /// Is the server there at all? Its answer to /readyz.
  Result<std::string> Readiness();

 private:
  struct Call {
    std::string method, path, body;
    QueryMembers query = {};
    int64_t version = 0;
    bool repeatable = true;
    bool with_token = true;
  };
  Result<boost::json::object> Perform(const Call& call);
  Result<outbound::HttpAnswer> Ask(const Call& call);
  Result<outbound::HttpAnswer> SendPatiently(const outbound::HttpRequest& request, bool repeatable);
  outbound::HttpRequest RequestOf(const Call& call) const;
  Status Renew();
  Status TakeTokens(const boost::json::object& answer);
  Error NotSignedIn() const;

  ServerSession session_;
  SessionFiles files_;
  Parts parts_;
};

}  // namespace migrateiq::cli
