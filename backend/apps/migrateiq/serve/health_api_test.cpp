#include "apps/migrateiq/serve/health_api.hpp"
#include "base/errors/api.hpp"

#include <gmock/gmock.h>

#include "platform/http/gateway_test_support.hpp"
#include "tests/support/temporary_folder.hpp"

namespace migrateiq::serve {
namespace {

using http::Request;
using testing::HasSubstr;

constexpr const char* kToken = "a-token-of-24-characters";

/// Bearer `operator` and `reader` are of the first tenant, `stranger` of another; `reader` may not see the monitor.
class Users : public http::Authenticator {
 public:
  Result<std::optional<http::Principal>> Authenticate(const Request& request) override {
    const auto header = request.headers.Get("Authorization");
    if (!header) return std::nullopt;
    const std::string name(header->substr(7));
    if (name != "operator" && name != "reader" && name != "stranger")
      return Fail(codes::kApiUnauthenticated, "the token is unknown");
    http::Principal principal{.user_id = name, .tenant_id = name == "stranger" ? "t2" : "default", .name = name};
    if (name != "reader") principal.permissions = {"monitor.read"};
    return principal;
  }
  Result<bool> HasGrant(const http::Principal&, std::string_view, const std::string&) override { return false; }
};

class MetricsAccessTest : public testing::Test {
 protected:
  void SetUp() override {
    store_ = std::move(*store::Store::Open("sqlite://" + (folder_.path() / "state.db").string(), 3));
    queue_ = std::move(*queue::OpenQueue({}));
    AddHealthRoutes(router_, {*store_, *queue_, metrics_, health_, users_, kToken});
    ReportParts(*store_, *queue_, metrics_);
    gateway_ = std::make_unique<http::Gateway>(http::Gateway::Parts{router_, users_, *limiter_, idempotency_, audit_},
                                               http::GatewayOptions{});
  }
  http::Response Ask(const std::string& address, const std::string& token = "", const std::string& header = "") {
    Request request{.path = "/metrics", .address = address};
    if (!token.empty()) request.headers.Set("Authorization", "Bearer " + token);
    if (!header.empty()) request.headers.Set(header, "192.0.2.7");
    return gateway_->Handle(request);
  }

  test_support::TemporaryFolder folder_;
  Users users_;
  telemetry::Metrics metrics_;
  Health health_;
  http::FakeIdempotency idempotency_;
  http::FakeAudit audit_;
  std::unique_ptr<http::RateLimiter> limiter_ = http::MakeMemoryRateLimiter();
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<queue::Queue> queue_;
  http::Router router_;
  std::unique_ptr<http::Gateway> gateway_;
};

TEST_F(MetricsAccessTest, ThisMachineReadsThem) {
  ASSERT_TRUE(queue_->Push("tasks", "t1"));
  ASSERT_TRUE(store_->Ping());
  const http::Response answer = Ask("127.0.0.1");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("miq_store_connections_most 2\n"));
  EXPECT_THAT(answer.body, HasSubstr("miq_store_connections_open 1\n"));
  EXPECT_THAT(answer.body, HasSubstr("miq_store_connections_lent 0\n"));
  EXPECT_THAT(answer.body, HasSubstr("miq_queue_messages{queue=\"tasks\",state=\"waiting\"} 1\n"));
  EXPECT_EQ(Ask("::1").status, 200);
}

TEST_F(MetricsAccessTest, ReadinessSaysWhatIsMissing) {
  const auto ask = [this] { return gateway_->Handle({.path = "/readyz", .address = "127.0.0.1"}); };
  EXPECT_EQ(ask().status, 200);
  EXPECT_THAT(ask().body, HasSubstr(R"("reasons": [])"));
  health_.draining = true;
  EXPECT_EQ(ask().status, 503);
  EXPECT_THAT(ask().body, HasSubstr("the server is stopping"));
  health_.draining = false;
  EXPECT_EQ(ask().status, 200);
}

TEST_F(MetricsAccessTest, OthersNeedTheTokenOrThePermissionInTheFirstTenant) {
  EXPECT_EQ(Ask("192.0.2.7").status, 401);
  EXPECT_EQ(Ask("192.0.2.7", "wrong").status, 401);
  EXPECT_EQ(Ask("192.0.2.7", "stranger").status, 403);
  EXPECT_EQ(Ask("192.0.2.7", "reader").status, 403);
  EXPECT_EQ(Ask("192.0.2.7", "operator").status, 200);
  EXPECT_EQ(Ask("192.0.2.7", kToken).status, 200);
}

TEST_F(MetricsAccessTest, WhatAProxyPassesOnIsNotFromHere) {
  for (const char* header : {"X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"}) {
    EXPECT_EQ(Ask("127.0.0.1", "", header).status, 401) << header;
    EXPECT_EQ(Ask("127.0.0.1", kToken, header).status, 200) << header;
  }
}

}  // namespace
}  // namespace migrateiq::serve
