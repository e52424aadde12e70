#include "apps/migrateiq/remote/api_client.hpp"
#include "base/errors/api.hpp"
#include "base/errors/connect.hpp"
#include "base/errors/server.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <boost/json.hpp>
#include <deque>
#include <filesystem>

#include "apps/migrateiq/console.hpp"
#include "apps/migrateiq/remote/json_members.hpp"
#include "apps/migrateiq/remote/problem.hpp"
#include "apps/migrateiq/remote/server_address.hpp"

namespace migrateiq::cli {
namespace {

namespace json = boost::json;
using outbound::HttpAnswer;
using outbound::HttpRequest;

constexpr int64_t kNow = 1'000'000;
const std::string kServer = "https://miq.example.com";

std::string Header(const HttpRequest& request, const std::string& name) {
  for (const auto& [known, value] : request.headers) {
    if (known == name) return value;
  }
  return "";
}

/// Answers what it was told to, in order, and remembers what was asked.
class FakeServer {
 public:
  FakeServer& Answer(int status, const std::string& body,
                     std::vector<std::pair<std::string, std::string>> headers = {}) {
    answers_.emplace_back(HttpAnswer{status, std::move(headers), body});
    return *this;
  }
  FakeServer& Break() {
    answers_.emplace_back(Fail(Error(codes::kConnUnreachable, "refused").Retryable()));
    return *this;
  }
  ApiClient::Parts Parts() {
    return {.send = [this](const HttpRequest& request) -> Result<HttpAnswer> {
              asked.push_back(request);
              if (answers_.empty()) return HttpAnswer{500, {}, "{}"};
              Result<HttpAnswer> answer = std::move(answers_.front());
              answers_.pop_front();
              return answer;
            },
            .sleep = [this](std::chrono::milliseconds time) { slept.push_back(time.count()); },
            .now = [] { return kNow; }};
  }
  std::vector<HttpRequest> asked;
  std::vector<int64_t> slept;

 private:
  std::deque<Result<HttpAnswer>> answers_;
};

class ApiClientTest : public ::testing::Test {
 protected:
  ApiClientTest() : state_(std::filesystem::temp_directory_path() / ("miq_client_" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(state_);
  }
  ~ApiClientTest() override { std::filesystem::remove_all(state_); }

  ServerSession SignedIn(int64_t expires_at = kNow + 900) const {
    return {.server = kServer,
            .email = "ada@example.com",
            .access_token = "a1",
            .refresh_token = "r1",
            .expires_at = expires_at};
  }
  SessionFiles Files() const { return SessionFiles(state_.string()); }
  ApiClient Client(const ServerSession& session) {
    EXPECT_TRUE(Files().Save(session));
    return {session, Files(), server_.Parts()};
  }

  std::filesystem::path state_;
  FakeServer server_;
};

const std::string kNewTokens =
    R"({"access_token": "a2", "token_type": "Bearer", "expires_in": 900, "refresh_token": "r2"})";

TEST_F(ApiClientTest, AsksWithTheTokenBelowTheApisPath) {
  server_.Answer(200, R"({"name": "x"})");
  const auto answer = Client(SignedIn()).Get("projects", {{"search", "a b&c"}});
  ASSERT_TRUE(answer) << answer.error().ToString();
  EXPECT_EQ(TextIn(*answer, "name"), "x");
  EXPECT_EQ(server_.asked[0].url, kServer + "/api/v1/projects?search=a%20b%26c");
  EXPECT_EQ(Header(server_.asked[0], "Authorization"), "Bearer a1");
}

TEST_F(ApiClientTest, AnApiKeyIsSentAsItIsAndNeverRenewed) {
  server_.Answer(401, R"({"code": "MIQ-API-005", "title": "t"})");
  const auto answer = Client({.server = kServer, .api_key = "miq_k_s"}).Get("runs");
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().Is(codes::kApiUnauthenticated));
  EXPECT_EQ(Header(server_.asked[0], "Authorization"), "Bearer miq_k_s");
  EXPECT_EQ(server_.asked.size(), 1U);
}

TEST_F(ApiClientTest, ARefusedTokenIsRenewedOnceAndKept) {
  server_.Answer(401, "{}").Answer(200, kNewTokens).Answer(200, R"({"ok": true})");
  ApiClient client = Client(SignedIn());
  ASSERT_TRUE(client.Get("runs"));
  ASSERT_EQ(server_.asked.size(), 3U);
  EXPECT_EQ(server_.asked[1].url, kServer + "/api/v1/auth/refresh");
  EXPECT_EQ(server_.asked[1].body, R"({"refresh_token": "r1"})");
  EXPECT_EQ(Header(server_.asked[1], "Authorization"), "");
  EXPECT_EQ(Header(server_.asked[2], "Authorization"), "Bearer a2");
  const auto stored = Files().Load(kServer);
  ASSERT_TRUE(stored && *stored);
  EXPECT_EQ((*stored)->refresh_token, "r2");
  EXPECT_EQ((*stored)->expires_at, kNow + 900);
}

TEST_F(ApiClientTest, AnOldTokenIsRenewedBeforeItIsUsed) {
  server_.Answer(200, kNewTokens).Answer(200, "{}");
  ASSERT_TRUE(Client(SignedIn(kNow + 5)).Get("runs"));
  EXPECT_EQ(server_.asked[0].url, kServer + "/api/v1/auth/refresh");
  EXPECT_EQ(Header(server_.asked[1], "Authorization"), "Bearer a2");
}

TEST_F(ApiClientTest, TokensThatAnotherProcessRenewedAreTaken) {
  ApiClient client = Client(SignedIn());
  ServerSession newer = SignedIn();
  newer.access_token = "other";
  ASSERT_TRUE(Files().Save(newer));
  server_.Answer(401, "{}").Answer(200, "{}");
  ASSERT_TRUE(client.Get("runs"));
  ASSERT_EQ(server_.asked.size(), 2U) << "no second use of the refresh token";
  EXPECT_EQ(Header(server_.asked[1], "Authorization"), "Bearer other");
}

TEST_F(ApiClientTest, ARevokedSessionSaysToLogIn) {
  server_.Answer(401, "{}").Answer(401, R"({"code": "MIQ-AUTH-003", "title": "The token is not valid"})");
  const auto answer = Client(SignedIn()).Get("runs");
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().Is(codes::kApiUnauthenticated));
  EXPECT_EQ(answer.error().FixText(), "migrateiq login --server " + kServer);
  EXPECT_EQ(ExitStatus(answer.error()), 2);
}

TEST_F(ApiClientTest, BusyServersAreAskedAgainWhenTheySayTo) {
  server_.Answer(429, "{}", {{"retry-after", "2"}}).Answer(503, "{}").Answer(200, "{}");
  ASSERT_TRUE(Client(SignedIn()).Post("runs", {{"plan_id", "p"}}));
  EXPECT_EQ(server_.slept, (std::vector<int64_t>{2000, 900}));
  EXPECT_NE(Header(server_.asked[0], "Idempotency-Key"), "");
  EXPECT_EQ(Header(server_.asked[0], "Idempotency-Key"), Header(server_.asked[2], "Idempotency-Key"));
}

TEST_F(ApiClientTest, OnlyWhatCanBeRepeatedIsWhenTheConnectionBreaks) {
  server_.Break().Answer(200, "{}").Break().Answer(200, "{}");
  ApiClient client = Client(SignedIn());
  EXPECT_TRUE(client.Get("runs"));
  EXPECT_FALSE(client.Patch("connections/c", {{"name", "x"}}, 3));
  EXPECT_EQ(Header(server_.asked.back(), "If-Match"), "\"v3\"");
}

TEST_F(ApiClientTest, AProxyWithoutItsServerIsAskedAgainForWhatCanBeRepeated) {
  server_.Answer(502, "<html>").Answer(200, "{}");
  EXPECT_TRUE(Client(SignedIn()).Get("runs"));
  server_.Answer(502, "<html>");
  const auto changed = Client(SignedIn()).Patch("me", {});
  ASSERT_FALSE(changed);
  EXPECT_TRUE(changed.error().Is(codes::kServerAnswer));
  EXPECT_TRUE(changed.error().retryable);
  EXPECT_EQ(server_.asked.size(), 3U);
}

TEST_F(ApiClientTest, AllPagesAreOneList) {
  server_.Answer(200, R"({"items": [{"id": 1}, {"id": 2}], "next": "c+1"})").Answer(200, R"({"items": [{"id": 3}]})");
  const auto all = Client(SignedIn()).List("runs");
  ASSERT_TRUE(all);
  EXPECT_EQ(all->size(), 3U);
  EXPECT_EQ(server_.asked[1].url, kServer + "/api/v1/runs?limit=200&cursor=c%2B1");
}

TEST_F(ApiClientTest, LogInTakesTheTokens) {
  server_.Answer(401, R"({"code": "MIQ-AUTH-002", "title": "A code is needed"})").Answer(200, kNewTokens);
  ApiClient client({.server = kServer}, Files(), server_.Parts());
  const Status first = client.LogIn("ada@example.com", "secret", "");
  ASSERT_FALSE(first);
  EXPECT_TRUE(first.error().Is(codes::kAuthTotpRequired));
  ASSERT_TRUE(client.LogIn("ada@example.com", "secret", "123456"));
  EXPECT_EQ(server_.asked[1].body, R"({"email": "ada@example.com", "password": "secret", "otp": "123456"})");
  EXPECT_EQ(client.session().access_token, "a2");
}

TEST_F(ApiClientTest, SessionsAreForNobodyElseToRead) {
  ASSERT_TRUE(Files().Save(SignedIn()));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(state_)) {
    struct stat info {};
    ASSERT_EQ(::stat(entry.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 077, 0U) << entry.path();
  }
  ASSERT_TRUE(Files().Load(kServer)->has_value());
  ASSERT_TRUE(Files().Remove(kServer));
  EXPECT_FALSE(Files().Load(kServer)->has_value());
}

TEST_F(ApiClientTest, TheDefaultServerIsRemembered) {
  EXPECT_EQ(*Files().Default(), "");
  ASSERT_TRUE(Files().SetDefault(kServer));
  EXPECT_EQ(*Files().Default(), kServer);
}

TEST(Problem, IsTheSameErrorAsHere) {
  const Error error =
      ErrorOfAnswer(422, R"({"code": "MIQ-API-002", "title": "t", "detail": "the body is wrong", "fix": "Mend it.",
               "errors": [{"pointer": "/name", "message": "is missing"}]})");
  EXPECT_TRUE(error.Is(codes::kApiField));
  EXPECT_EQ(error.message, "the body is wrong; /name: is missing");
  EXPECT_EQ(error.FixText(), "Mend it.");
  EXPECT_EQ(ExitStatus(error), 2);
  EXPECT_EQ(ExitStatus(ErrorOfAnswer(409, R"({"code": "MIQ-API-020", "detail": "not now"})")), 1);
  EXPECT_TRUE(ErrorOfAnswer(502, "<html>").Is(codes::kServerAnswer));
  EXPECT_NE(ErrorOfAnswer(422, R"({"code": "MIQ-NEW-001", "detail": "d"})").message.find("MIQ-NEW-001"),
            std::string::npos);
}

TEST(ServerAddress, HasOneSpelling) {
  EXPECT_EQ(*NormalAddress("HTTPS://Miq.Example.com:443/"), "https://miq.example.com");
  EXPECT_EQ(*NormalAddress("http://127.0.0.1:8080"), "http://127.0.0.1:8080");
  EXPECT_EQ(*NormalAddress("https://example.com/Miq/"), "https://example.com/Miq");
  for (const std::string bad : {"example.com", "ftp://x", "https://u:p@x", "https://", "https://x?y=1", "http:///x"})
    EXPECT_FALSE(NormalAddress(bad)) << bad;
  EXPECT_TRUE(IsOpenToReaders("http://example.com"));
  EXPECT_FALSE(IsOpenToReaders("http://127.0.0.1:1"));
  EXPECT_FALSE(IsOpenToReaders("http://[::1]:1"));
  EXPECT_FALSE(IsOpenToReaders("https://example.com"));
}

}  // namespace
}  // namespace migrateiq::cli
