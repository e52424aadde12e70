#include "apps/migrateiq/remote/api_client.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <csignal>
#include <ctime>
#include <thread>

#include "apps/migrateiq/remote/json_members.hpp"
#include "apps/migrateiq/remote/problem.hpp"
#include "base/errors/api.hpp"
#include "base/errors/server.hpp"
#include "base/json_text.hpp"
#include "base/random.hpp"

namespace migrateiq::cli {

namespace {

namespace json = boost::json;
using outbound::HttpAnswer;
using outbound::HttpRequest;
using std::chrono::milliseconds;

constexpr int kMostTries = 4;
constexpr milliseconds kFirstPause{300}, kLongestPause{30'000}, kTimeout{120'000};
constexpr int64_t kRenewBefore = 20;  ///< seconds before the access token expires

void AppendEncoded(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || std::string_view("-._~").contains(c))
      out += c;
    else
      (((out += '%') += kHex[byte >> 4]) += kHex[byte & 15]);
  }
}

std::string UrlOf(const std::string& server, const std::string& path, const QueryMembers& query) {
  std::string url = server + (path.starts_with('/') ? path : "/api/v1/" + path);
  char separator = '?';
  for (const auto& [name, value] : query) {
    url += separator + name + "=";
    AppendEncoded(url, value);
    separator = '&';
  }
  return url;
}

std::string HeaderOf(const HttpAnswer& answer, std::string_view name) {
  for (const auto& [known, value] : answer.headers) {
    if (known == name) return value;
  }
  return "";
}

milliseconds PauseAfter(const HttpAnswer& answer, milliseconds otherwise) {
  const std::string text = HeaderOf(answer, "retry-after");
  int seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || seconds < 0) return otherwise;
  return std::min<milliseconds>(std::chrono::seconds(seconds), kLongestPause);
}

bool IsBusy(int status) { return status == 429 || status == 503; }
/// A proxy does not reach the server; whether that began anything is not known.
bool IsAway(int status) { return status == 502 || status == 504; }

Result<json::object> ObjectOf(const HttpAnswer& answer) {
  if (answer.status >= 400) return Fail(ErrorOfAnswer(answer.status, answer.body));
  if (answer.status >= 300)
    return Fail(codes::kServerAnswer, "it sends elsewhere, with status " + std::to_string(answer.status));
  if (answer.body.empty()) return json::object();
  boost::system::error_code error;
  json::value value = json::parse(answer.body, error);
  if (error || !value.is_object()) return Fail(codes::kServerAnswer, "the answer is no JSON object");
  return std::move(value.get_object());
}

/// Ctrl-C between the server's new tokens and their file would end the session: it waits as long as this lives.
class SignalsWait {
 public:
  SignalsWait() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, &before_);
  }
  ~SignalsWait() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsWait(const SignalsWait&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

ApiClient::ApiClient(ServerSession session, SessionFiles files, Parts parts)
    : session_(std::move(session)), files_(std::move(files)), parts_(std::move(parts)) {
  if (!parts_.sleep) parts_.sleep = [](milliseconds time) { std::this_thread::sleep_for(time); };
  if (!parts_.now) parts_.now = [] { return static_cast<int64_t>(std::time(nullptr)); };
}

Result<json::object> ApiClient::Get(const std::string& path, const QueryMembers& query) {
  return Perform({.method = "GET", .path = path, .body = "", .query = query});
}

Result<json::object> ApiClient::Post(const std::string& path, const json::object& body) {
  return Perform({.method = "POST", .path = path, .body = JsonText(body)});
}

Result<json::object> ApiClient::Patch(const std::string& path, const json::object& body, int64_t version) {
  return Perform({.method = "PATCH", .path = path, .body = JsonText(body), .version = version, .repeatable = false});
}

Result<json::object> ApiClient::Put(const std::string& path, const json::object& body, int64_t version) {
  return Perform({.method = "PUT", .path = path, .body = JsonText(body), .version = version, .repeatable = false});
}

Result<std::vector<json::object>> ApiClient::List(const std::string& path, QueryMembers query) {
  std::vector<json::object> all;
  query.emplace_back("limit", "200");
  const QueryMembers first = query;
  while (true) {
    MIQ_ASSIGN(const json::object page, Get(path, query));
    for (json::object& item : ObjectsIn(page, "items")) all.push_back(std::move(item));
    const std::string next = TextIn(page, "next");
    if (next.empty()) return all;
    query = first;
    query.emplace_back("cursor", next);
  }
}

Status ApiClient::LogIn(const std::string& email, const std::string& password, const std::string& code) {
  json::object body{{"email", email}, {"password", password}};
  if (!code.empty()) body["otp"] = code;
  MIQ_ASSIGN(
      const json::object answer,
      Perform(
          {.method = "POST", .path = "auth/login", .body = JsonText(body), .repeatable = false, .with_token = false}));
  session_.email = email;
  return TakeTokens(answer);
}

Status ApiClient::LogOut() {
  MIQ_TRY(Perform({.method = "POST", .path = "auth/logout", .body = "", .repeatable = false}));
  return {};
}

Result<std::string> ApiClient::Readiness() {
  MIQ_ASSIGN(const HttpAnswer answer,
             SendPatiently(RequestOf({.method = "GET", .path = "/readyz", .body = "", .with_token = false}), false));
  if (answer.status == 200) return answer.body;
  return Fail(ErrorOfAnswer(answer.status, answer.body));
}

Result<json::object> ApiClient::Perform(const Call& call) {
  MIQ_ASSIGN(const HttpAnswer answer, Ask(call));
  return ObjectOf(answer);
}

Result<std::string> ApiClient::GetText(const std::string& path) {
  MIQ_ASSIGN(HttpAnswer answer, Ask({.method = "GET", .path = path, .body = ""}));
  if (answer.status == 200) return std::move(answer.body);
  return Fail(ErrorOfAnswer(answer.status, answer.body));
}

Status ApiClient::StepUp(const std::string& password, const std::string& code) {
  json::object body;
  if (!password.empty()) body["password"] = password;
  if (!code.empty()) body["otp"] = code;
  MIQ_TRY(Perform({.method = "POST", .path = "auth/step-up", .body = JsonText(body), .repeatable = false}));
  return {};
}

Result<HttpAnswer> ApiClient::Ask(const Call& call) {
  const bool tokens = call.with_token && session_.api_key.empty();
  if (tokens && session_.access_token.empty()) return Fail(NotSignedIn());
  const bool old = tokens && session_.expires_at - kRenewBefore <= parts_.now();
  if (old) MIQ_TRY(Renew());
  HttpRequest request = RequestOf(call);
  MIQ_ASSIGN(HttpAnswer answer, SendPatiently(request, call.repeatable));
  if (answer.status == 401 && tokens && !old) {
    MIQ_TRY(Renew());
    request.headers.front().second = "Bearer " + session_.access_token;
    MIQ_ASSIGN(answer, SendPatiently(request, call.repeatable));
  }
  if (answer.status == 401 && call.with_token) return Fail(NotSignedIn());
  return answer;
}

HttpRequest ApiClient::RequestOf(const Call& call) const {
  HttpRequest request{.method = call.method,
                      .url = UrlOf(session_.server, call.path, call.query),
                      .body = call.body,
                      .timeout = kTimeout,
                      .ca_file = session_.ca_file};
  const std::string& token = session_.api_key.empty() ? session_.access_token : session_.api_key;
  if (call.with_token) request.headers.emplace_back("Authorization", "Bearer " + token);
  request.headers.emplace_back("Accept", "application/json, */*;q=0.5");
  request.headers.emplace_back("User-Agent", "migrateiq-cli/" MIQ_VERSION);
  if (!call.body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  if (call.method == "POST" && call.repeatable) request.headers.emplace_back("Idempotency-Key", NewId());
  if (call.version > 0) request.headers.emplace_back("If-Match", "\"v" + std::to_string(call.version) + "\"");
  return request;
}

Result<HttpAnswer> ApiClient::SendPatiently(const HttpRequest& request, bool repeatable) {
  milliseconds pause = kFirstPause;
  for (int attempt = 1;; ++attempt, pause *= 3) {
    Result<HttpAnswer> answer = parts_.send(request);
    const bool last = attempt >= kMostTries;
    const bool again = answer && (IsBusy(answer->status) || (IsAway(answer->status) && repeatable));
    if (answer && (!again || last)) return answer;
    // What a busy server refused was not begun.
    if (!answer && (last || !repeatable || !answer.error().retryable)) return answer;
    parts_.sleep(answer ? PauseAfter(*answer, pause) : pause);
  }
}

/// Another process may have renewed them meanwhile: then its tokens are taken.
Status ApiClient::Renew() {
  if (session_.refresh_token.empty()) return Fail(NotSignedIn());
  const SignalsWait wait;
  MIQ_ASSIGN(const SessionLock lock, files_.Lock(session_.server));
  MIQ_ASSIGN(const std::optional<ServerSession> stored, files_.Load(session_.server));
  if (!stored) return Fail(NotSignedIn());
  const bool newer = stored->access_token != session_.access_token;
  session_ = *stored;
  if (newer && session_.expires_at - kRenewBefore > parts_.now()) return {};
  const Call call{.method = "POST",
                  .path = "auth/refresh",
                  .body = JsonText(json::object{{"refresh_token", session_.refresh_token}}),
                  .repeatable = false,
                  .with_token = false};
  const Result<json::object> answer = Perform(call);
  if (!answer && (answer.error().Is(codes::kAuthToken) || answer.error().Is(codes::kApiUnauthenticated)))
    return Fail(NotSignedIn());
  if (!answer) return Fail(answer.error());
  MIQ_TRY(TakeTokens(*answer));
  return files_.Save(session_);
}

Status ApiClient::TakeTokens(const json::object& answer) {
  session_.access_token = TextIn(answer, "access_token");
  session_.refresh_token = TextIn(answer, "refresh_token");
  session_.expires_at = parts_.now() + NumberIn(answer, "expires_in");
  if (session_.access_token.empty()) return Fail(codes::kServerAnswer, "there is no access token in the answer");
  return {};
}

Error ApiClient::NotSignedIn() const {
  if (!session_.api_key.empty())
    return Error(codes::kApiUnauthenticated, session_.server + " does not accept the API key")
        .Fix("Make a new one: it may have expired or been revoked.");
  return Error(codes::kApiUnauthenticated, "you are not signed in to " + session_.server)
      .Fix("migrateiq login --server " + session_.server);
}

}  // namespace migrateiq::cli
