#include "platform/http/gateway.hpp"
#include "base/errors/all.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <regex>
#include <sstream>

#include "platform/http/detail/access_log.hpp"
#include "platform/http/gateway_test_support.hpp"

namespace migrateiq::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class GatewayTest : public testing::Test {
 protected:
  GatewayTest() { AddRoutes(); }

  void Add(Route route, std::function<Status(Context&)> handler) {
    router_.AddRaw(std::move(route), std::move(handler));
  }

  void AddRoutes() {
    const auto says = [](std::string text) {
      return [text](Context& context) -> Status {
        context.response.body = text;
        return {};
      };
    };
    Add({.method = Method::kGet, .path = "/healthz", .name = "health", .access = Access::kPublic}, says("fine"));
    Add({.method = Method::kGet, .path = "/api/v1/me", .name = "me", .access = Access::kSignedIn}, says("me"));
    Add({.method = Method::kGet, .path = "/api/v1/projects", .name = "list", .permission = "projects.read"},
        says("list"));
    Add({.method = Method::kGet,
         .path = "/api/v1/projects/{project_id}",
         .name = "get",
         .permission = "projects.read",
         .project_parameter = "project_id"},
        [](Context& context) -> Status {
          context.SetVersion(3);
          context.response.body = "project " + context.Path("project_id");
          return {};
        });
    Add({.method = Method::kPost,
         .path = "/api/v1/projects",
         .name = "create",
         .permission = "projects.write",
         .success = 201,
         .body_limit = 100},
        [this](Context& context) -> Status {
          if (context.request.body == "doubt") return Fail(Error(codes::kStateQuery, "lost").Retryable());
          if (context.request.body == "bad") return Fail(codes::kApiConflict, "the name is taken");
          context.response.headers.Set("Location", "/api/v1/projects/9");
          context.response.body = "made " + std::to_string(++made_);
          return {};
        });
    Add({.method = Method::kDelete,
         .path = "/api/v1/projects/{project_id}",
         .name = "delete",
         .permission = "projects.write",
         .step_up = true},
        says(""));
    Add({.method = Method::kGet,
         .path = "/api/v1/runs/{run_id}",
         .name = "run",
         .access = Access::kInHandler,
         .permission = "projects.read"},
        [](Context& context) { return context.require("projects.read", context.Path("run_id")); });
    Add({.method = Method::kGet, .path = "/api/v1/throws", .name = "throws", .access = Access::kSignedIn},
        [](Context&) -> Status { throw std::runtime_error("secret detail"); });
    Add({.method = Method::kGet, .path = "/api/v1/breaks", .name = "breaks", .access = Access::kSignedIn},
        [](Context&) -> Status { return Fail(codes::kStateQuery, "host db7.internal is down"); });
    Add({.method = Method::kPost, .path = "/api/v1/fields", .name = "fields", .access = Access::kSignedIn},
        [](Context& context) -> Status {
          context.faults = {{"/name", "is missing"}};
          return Fail(codes::kApiField, "`name` is missing");
        });
  }

  Response Ask(Method method, const std::string& path, const std::string& user = "",
               std::vector<std::pair<std::string, std::string>> headers = {}, const std::string& body = "") {
    Request request{.method = method, .path = path, .body = body, .address = "1.2.3.4", .host = "h"};
    if (!user.empty()) request.headers.Add("Authorization", "Bearer " + user);
    for (auto& [name, value] : headers) request.headers.Add(name, value);
    request.secure = secure_;
    if (!gateway_)
      gateway_ =
          std::make_unique<Gateway>(Gateway::Parts{router_, authenticator_, *limiter_, idempotency_, audit_}, options_);
    return gateway_->Handle(request);
  }
  int Status_(Method method, const std::string& path, const std::string& user = "") {
    return Ask(method, path, user).status;
  }
  static std::string Header(const Response& response, std::string_view name) {
    return std::string(response.headers.Get(name).value_or(""));
  }

  Router router_;
  FakeAuthenticator authenticator_;
  std::unique_ptr<RateLimiter> limiter_ = MakeMemoryRateLimiter();
  FakeIdempotency idempotency_;
  FakeAudit audit_;
  GatewayOptions options_;
  std::unique_ptr<Gateway> gateway_;
  bool secure_ = false;
  int made_ = 0;
};

TEST_F(GatewayTest, Authorisation) {
  EXPECT_EQ(Status_(Method::kGet, "/healthz"), 200);
  EXPECT_EQ(Status_(Method::kGet, "/healthz", "nobody"), 200);
  EXPECT_EQ(Status_(Method::kGet, "/api/v1/me"), 401);
  EXPECT_EQ(Status_(Method::kGet, "/api/v1/me", "nobody"), 401);
  EXPECT_EQ(Status_(Method::kGet, "/api/v1/me", "bob"), 200);
  EXPECT_EQ(Status_(Method::kGet, "/api/v1/projects"), 401);
  EXPECT_EQ(Status_(Method::kGet, "/api/v1/projects", "alice"), 200);
  EXPECT_EQ(Status_(Method::kGet, "/api/v1/projects", "bob"), 403);
  EXPECT_EQ(Status_(Method::kGet, "/api/v1/projects/7", "bob"), 200);
  EXPECT_EQ(Status_(Method::kGet, "/api/v1/projects/8", "bob"), 403);
  EXPECT_EQ(Status_(Method::kGet, "/api/v1/runs/7", "bob"), 200);
  EXPECT_EQ(Status_(Method::kGet, "/api/v1/runs/8", "bob"), 403);
  EXPECT_EQ(Status_(Method::kDelete, "/api/v1/projects/7", "alice"), 403);
  EXPECT_EQ(Status_(Method::kDelete, "/api/v1/projects/7", "admin"), 200);
  EXPECT_THAT(audit_.denied, ElementsAre("? /api/v1/me MIQ-API-005", "bob /api/v1/projects MIQ-API-006",
                                         "bob /api/v1/projects/8 MIQ-API-006", "bob /api/v1/runs/8 MIQ-API-006",
                                         "alice /api/v1/projects/7 MIQ-API-008"));
}

TEST_F(GatewayTest, UnknownPathsAndMethods) {
  EXPECT_EQ(Status_(Method::kGet, "/api/v1/nothing", "alice"), 404);
  const Response other = Ask(Method::kPut, "/api/v1/projects", "alice");
  EXPECT_EQ(other.status, 405);
  EXPECT_THAT(Header(other, "Allow"), HasSubstr("GET"));
  EXPECT_THAT(Header(other, "Allow"), HasSubstr("POST"));
  const Response options = Ask(Method::kOptions, "/api/v1/projects");
  EXPECT_EQ(options.status, 204);
  EXPECT_THAT(Header(options, "Allow"), HasSubstr("HEAD"));
  EXPECT_EQ(Status_(Method::kHead, "/api/v1/projects", "alice"), 200);
}

TEST_F(GatewayTest, Problems) {
  const Response response = Ask(Method::kPost, "/api/v1/fields", "alice", {{"X-Request-Id", "abc-1"}});
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(Header(response, "X-Request-Id"), "abc-1");
  for (const char* part : {"\"code\": \"MIQ-API-002\"", "\"status\": 422", "\"request_id\": \"abc-1\"",
                           "\"pointer\": \"/name\"", "\"fix\": ", "\"title\": ", "\"detail\": \"`name` is missing\""}) {
    EXPECT_THAT(response.body, HasSubstr(part));
  }
}

TEST_F(GatewayTest, FailuresOfOursTellNothing) {
  for (const char* path : {"/api/v1/throws", "/api/v1/breaks"}) {
    const Response response = Ask(Method::kGet, path, "alice");
    EXPECT_EQ(response.status, 500);
    EXPECT_THAT(response.body, Not(HasSubstr("secret")));
    EXPECT_THAT(response.body, Not(HasSubstr("db7")));
    EXPECT_THAT(response.body, HasSubstr(Header(response, "X-Request-Id")));
  }
}

TEST_F(GatewayTest, RequestIdAndTrace) {
  const std::string trace(32, 'a');
  const Response known =
      Ask(Method::kGet, "/healthz", "", {{"traceparent", "00-" + trace + "-" + std::string(16, 'b') + "-01"}});
  EXPECT_TRUE(std::regex_match(Header(known, "traceparent"), std::regex("00-" + trace + "-[0-9a-f]{16}-01")));
  EXPECT_THAT(Header(known, "traceparent"), Not(HasSubstr(std::string(16, 'b'))));
  for (const std::string& bad :
       {std::string("00-") + std::string(32, '0') + "-" + std::string(16, 'b') + "-01", std::string("nonsense"),
        "ff-" + trace + "-" + std::string(16, 'b') + "-01", "00-" + trace + "-" + std::string(16, 'B') + "-01"}) {
    const std::string given = Header(Ask(Method::kGet, "/healthz", "", {{"traceparent", bad}}), "traceparent");
    EXPECT_EQ(given.size(), 55U);
    EXPECT_THAT(given, Not(HasSubstr(trace)));
  }
  for (const std::string& bad : {std::string("a b"), std::string(65, 'a'), std::string("a\nb"), std::string()}) {
    EXPECT_NE(Header(Ask(Method::kGet, "/healthz", "", {{"X-Request-Id", bad}}), "X-Request-Id"), bad);
  }
}

TEST_F(GatewayTest, SecurityHeaders) {
  const Response response = Ask(Method::kGet, "/api/v1/projects", "alice");
  EXPECT_THAT(Header(response, "Content-Security-Policy"), HasSubstr("frame-ancestors 'none'"));
  EXPECT_EQ(Header(response, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(Header(response, "Referrer-Policy"), "no-referrer");
  EXPECT_EQ(Header(response, "Cross-Origin-Opener-Policy"), "same-origin");
  EXPECT_EQ(Header(response, "Cross-Origin-Resource-Policy"), "same-origin");
  EXPECT_EQ(Header(response, "Cache-Control"), "no-store");
  EXPECT_FALSE(Header(response, "Permissions-Policy").empty());
  EXPECT_EQ(Header(response, "Strict-Transport-Security"), "");
  secure_ = true;
  EXPECT_THAT(Header(Ask(Method::kGet, "/healthz"), "Strict-Transport-Security"), HasSubstr("max-age=31536000"));
}

TEST_F(GatewayTest, Cors) {
  options_.cors_origins = {"https://app.example"};
  const std::vector<std::pair<std::string, std::string>> preflight = {{"Origin", "https://app.example"},
                                                                      {"Access-Control-Request-Method", "POST"}};
  const Response asked = Ask(Method::kOptions, "/api/v1/projects", "", preflight);
  EXPECT_EQ(asked.status, 204);
  EXPECT_EQ(Header(asked, "Access-Control-Allow-Origin"), "https://app.example");
  EXPECT_THAT(Header(asked, "Access-Control-Allow-Methods"), HasSubstr("POST"));
  EXPECT_THAT(Header(asked, "Access-Control-Allow-Headers"), HasSubstr("Authorization"));
  EXPECT_EQ(Header(asked, "Access-Control-Allow-Credentials"), "");
  EXPECT_EQ(
      Header(Ask(Method::kGet, "/healthz", "", {{"Origin", "https://app.example"}}), "Access-Control-Allow-Origin"),
      "https://app.example");
  for (const char* origin :
       {"https://evil.example", "https://app.example.evil", "http://app.example", "null", "https://APP.example", ""}) {
    const Response refused = Ask(Method::kGet, "/healthz", "", {{"Origin", origin}});
    EXPECT_EQ(Header(refused, "Access-Control-Allow-Origin"), "") << origin;
    EXPECT_EQ(Header(refused, "Vary"), "Origin");
  }
}

TEST_F(GatewayTest, RateLimits) {
  options_.per_address = {1, 5};
  options_.per_user = {1, 2};
  const Response first = Ask(Method::kGet, "/api/v1/me", "alice");
  EXPECT_EQ(Header(first, "RateLimit-Limit"), "2");
  EXPECT_EQ(Header(first, "RateLimit-Remaining"), "1");
  EXPECT_EQ(Status_(Method::kGet, "/api/v1/me", "alice"), 200);
  const Response user = Ask(Method::kGet, "/api/v1/me", "alice");
  EXPECT_EQ(user.status, 429);
  EXPECT_EQ(Header(user, "Retry-After"), "1");
  EXPECT_EQ(Header(user, "RateLimit-Remaining"), "0");
  EXPECT_EQ(Status_(Method::kGet, "/api/v1/me", "bob"), 200);
  EXPECT_EQ(Status_(Method::kGet, "/healthz"), 200);
  EXPECT_EQ(Status_(Method::kGet, "/healthz"), 429);
}

TEST_F(GatewayTest, BodyLimit) {
  EXPECT_EQ(Ask(Method::kPost, "/api/v1/projects", "alice", {}, std::string(101, 'x')).status, 413);
  EXPECT_EQ(gateway_->BodyLimit(Method::kPost, "/api/v1/projects"), 100U);
  EXPECT_EQ(gateway_->BodyLimit(Method::kPost, "/nowhere"), 64U * 1024);
}

TEST_F(GatewayTest, IdempotencyKeys) {
  const auto create = [this](const std::string& key, const std::string& body) {
    return Ask(Method::kPost, "/api/v1/projects", "alice", {{"Idempotency-Key", key}}, body);
  };
  const Response first = create("k1", "a");
  EXPECT_EQ(first.status, 201);
  const Response again = create("k1", "a");
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(Header(again, "Location"), "/api/v1/projects/9");
  EXPECT_EQ(Header(again, "Idempotency-Replayed"), "true");
  EXPECT_EQ(made_, 1);
  EXPECT_EQ(create("k1", "b").status, 422);
  EXPECT_EQ(create("k2", "a").status, 201);
  EXPECT_EQ(create("k3", "bad").status, 409);
  EXPECT_EQ(create("k3", "bad").status, 409);
  EXPECT_EQ(create("k3", "good").status, 201);
  EXPECT_EQ(create("k5", "doubt").status, 503);
  EXPECT_EQ(create("k5", "doubt").status, 409) << "it may have been done";
  EXPECT_EQ(create("", "a").status, 422);
  EXPECT_EQ(create(std::string(256, 'x'), "a").status, 422);
  idempotency_.saved["t1k4"] = {.fingerprint = idempotency_.saved["t1k2"].fingerprint};
  const Response busy = create("k4", "a");
  EXPECT_EQ(busy.status, 409);
  EXPECT_EQ(Header(busy, "Retry-After"), "1");
}

TEST(Problem, AStoreThatIsAwayIsUnavailable) {
  EXPECT_EQ(HttpStatusOf(Error(codes::kStateQuery, "").Retryable()), 503);
  EXPECT_EQ(HttpStatusOf(Error(codes::kStateQuery, "")), 500);
}

TEST_F(GatewayTest, ConditionalGet) {
  const auto get = [this](const std::string& path, const std::string& tag) {
    return Ask(Method::kGet, path, "alice", {{"If-None-Match", tag}});
  };
  EXPECT_EQ(get("/api/v1/projects/7", "\"v2\"").status, 200);
  for (const char* tag : {"\"v3\"", "W/\"v3\"", "\"v1\", \"v3\"", "*"}) {
    const Response response = get("/api/v1/projects/7", tag);
    EXPECT_EQ(response.status, 304) << tag;
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(Header(response, "ETag"), "\"v3\"");
  }
  const std::string weak = Header(Ask(Method::kGet, "/api/v1/projects", "alice"), "ETag");
  EXPECT_TRUE(weak.starts_with("W/\""));
  EXPECT_EQ(get("/api/v1/projects", weak).status, 304);
}

TEST_F(GatewayTest, AccessLogHasOneLineAndNoSecrets) {
  std::ostringstream text;
  const auto logger = spdlog::default_logger();
  const auto quiet = std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(text));
  spdlog::set_default_logger(quiet);
  Ask(Method::kGet, "/healthz\nstatus=200 \"x", "alice", {{"Cookie", "session=hidden"}});
  spdlog::set_default_logger(logger);
  const std::string line = text.str();
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
  EXPECT_THAT(line, HasSubstr("path=\"/healthz\\x0astatus=200 \\x22x\" status=404"));
  EXPECT_THAT(line, Not(HasSubstr("hidden")));
  EXPECT_THAT(line, Not(HasSubstr("Bearer")));
}

TEST_F(GatewayTest, Metrics) {
  telemetry::Metrics metrics;
  options_.metrics = &metrics;
  Ask(Method::kGet, "/api/v1/projects/7", "alice");
  Ask(Method::kGet, "/api/v1/projects/8", "bob");
  Ask(Method::kGet, "/api/v1/nothing");
  const std::string text = metrics.Text();
  EXPECT_THAT(text, HasSubstr("miq_http_requests_total{route=\"get\",status=\"2xx\"} 1"));
  EXPECT_THAT(text, HasSubstr("miq_http_requests_total{route=\"get\",status=\"4xx\"} 1"));
  EXPECT_THAT(text, HasSubstr("miq_http_requests_total{route=\"other\",status=\"4xx\"} 1"));
  EXPECT_THAT(text, HasSubstr("miq_http_request_seconds_count{route=\"get\"} 2"));
}

TEST_F(GatewayTest, Upgrade) {
  options_.per_address = {1, 1};
  Ask(Method::kGet, "/nothing");
  const Request request{.path = "/api/v1/ws", .address = "5.6.7.8"};
  const auto refuse = [](const Request&) -> Result<std::shared_ptr<WebSocketHandler>> {
    return Fail(codes::kApiUnauthenticated, "no ticket");
  };
  EXPECT_EQ(gateway_->Upgrade(request, refuse).error().code.code, codes::kApiUnauthenticated.code);
  EXPECT_EQ(gateway_->Upgrade(request, refuse).error().code.code, codes::kApiRateLimit.code);
}

/// Every code of these areas has a status of its own row; 500 only where the server itself failed.
TEST(ProblemTest, StatusOfEveryCode) {
  const std::vector<std::pair<ErrorCode, int>> known = {
#define MIQ_ERROR(name, code, title, fix) {codes::name, 0},
#include "base/errors/all.def"
#undef MIQ_ERROR
  };
  const std::map<std::string_view, int> expected = {
      {"MIQ-API-001", 400},  {"MIQ-API-002", 422},  {"MIQ-API-003", 404},  {"MIQ-API-004", 405},  {"MIQ-API-005", 401},
      {"MIQ-API-006", 403},  {"MIQ-API-007", 403},  {"MIQ-API-008", 403},  {"MIQ-API-009", 412},  {"MIQ-API-010", 428},
      {"MIQ-API-011", 409},  {"MIQ-API-012", 413},  {"MIQ-API-013", 429},  {"MIQ-API-014", 504},  {"MIQ-API-015", 415},
      {"MIQ-API-016", 422},  {"MIQ-API-017", 400},  {"MIQ-API-018", 503},  {"MIQ-API-019", 403},  {"MIQ-API-020", 409},
      {"MIQ-API-021", 400},  {"MIQ-API-022", 500},  {"MIQ-AUTH-001", 401}, {"MIQ-AUTH-002", 401}, {"MIQ-AUTH-003", 401},
      {"MIQ-AUTH-004", 422}, {"MIQ-AUTH-005", 403}, {"MIQ-AUTH-006", 409},
  };
  for (const auto& [code, unused] : known) {
    const int status = HttpStatusOf(Error(code, ""));
    const bool listed = code.code.starts_with("MIQ-API-") || code.code.starts_with("MIQ-AUTH-");
    if (listed) {
      ASSERT_TRUE(expected.contains(code.code)) << code.code << " needs a status in problem.cpp and here";
      EXPECT_EQ(status, expected.at(code.code)) << code.code;
    }
    EXPECT_TRUE(status >= 400 && status < 600) << code.code;
  }
}

}  // namespace
}  // namespace migrateiq::http
