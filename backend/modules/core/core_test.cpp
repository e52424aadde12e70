#include "base/encoding.hpp"
#include "base/errors/api.hpp"
#include "modules/core/core_test_support.hpp"

#include "modules/core/permission.hpp"
#include "platform/http/document.hpp"

namespace migrateiq::core {
namespace {

class CoreApiTest : public CoreTest {};

TEST_F(CoreApiTest, TheDocumentIsWhole) {
  http::AddDocumentRoutes(*router_, "1");
  EXPECT_EQ(http::LintOpenApi(router_->OpenApi("1")), std::vector<std::string>());
}

TEST_F(CoreApiTest, SecretsNeverAppearInAnswers) {
  const boost::json::value document = router_->OpenApi("1");
  for (const auto& path : document.at("paths").as_object()) {
    for (const auto& method : path.value().as_object()) {
      for (const auto& answer : method.value().at("responses").as_object()) {
        const std::string text = boost::json::serialize(answer.value());
        EXPECT_EQ(text.find("writeOnly"), std::string::npos) << path.key();
      }
    }
  }
}

TEST_F(CoreApiTest, FeatureFlagsByUserAndPercentage) {
  const std::string owner = SetUpOwner();
  const std::string user = AddUser("vera@example.com", {"viewer"});
  const std::string viewer = TokenOf("vera@example.com");
  const auto is_on = [&] {
    const TestAnswer answer = Get("/api/v1/feature-flags/evaluate", viewer);
    return answer.body.at("flags").at("new-map").as_bool();
  };
  ASSERT_EQ(Post("/api/v1/feature-flags", R"({"name": "new-map", "enabled": true, "percentage": 0})", owner).status,
            201);
  EXPECT_EQ(Post("/api/v1/feature-flags", R"({"name": "new-map", "enabled": true})", owner).code, "MIQ-API-011");
  EXPECT_FALSE(is_on());
  EXPECT_EQ(Patch("/api/v1/feature-flags/new-map", R"({"user_ids": [")" + user + "\"]}", owner, "\"v1\"").status, 200);
  EXPECT_TRUE(is_on());
  EXPECT_EQ(Patch("/api/v1/feature-flags/new-map", R"({"user_ids": [], "percentage": 100})", owner, "\"v2\"").status,
            200);
  EXPECT_TRUE(is_on());
  EXPECT_EQ(Patch("/api/v1/feature-flags/new-map", R"({"enabled": false})", owner, "\"v3\"").status, 200);
  EXPECT_FALSE(is_on());
  EXPECT_EQ(Post("/api/v1/feature-flags", R"({"name": "x", "enabled": true})", viewer).code, "MIQ-API-006");
}

TEST_F(CoreApiTest, PercentagesAreSharesOfUsers) {
  const FlagRow flag{"f", "", true, 30};
  int on = 0;
  for (int i = 0; i < 2000; ++i) on += flag.IsOnFor("user-" + std::to_string(i)) ? 1 : 0;
  EXPECT_NEAR(on, 600, 80);
  const FlagRow more{"f", "", true, 60};
  for (int i = 0; i < 200; ++i) {
    const std::string user = "user-" + std::to_string(i);
    EXPECT_TRUE(!flag.IsOnFor(user) || more.IsOnFor(user));
  }
}

TEST_F(CoreApiTest, AnIdempotencyKeyIsClaimedOnce) {
  http::Principal principal;
  principal.tenant_id = "default";
  principal.user_id = "u";
  StoredIdempotency& keys = core_->idempotency;
  EXPECT_FALSE(keys.Begin(principal, "k", "f")->has_value());
  EXPECT_EQ((*keys.Begin(principal, "k", "f"))->status, 0);
  ASSERT_TRUE(keys.Finish(principal, "k", {"f", 201, "{}", "\"v1\"", "/x"}));
  const auto saved = *keys.Begin(principal, "k", "g");
  EXPECT_EQ(saved->status, 201);
  EXPECT_EQ(saved->fingerprint, "f");
  EXPECT_EQ(saved->location, "/x");
  http::Principal other = principal;
  other.user_id = "v";
  EXPECT_FALSE(keys.Begin(other, "k", "f")->has_value());
  ASSERT_TRUE(keys.Abandon(other, "k"));
  EXPECT_FALSE(keys.Begin(other, "k", "f")->has_value());
  clock_.Advance(kDay + kSecond);
  EXPECT_FALSE(keys.Begin(principal, "k", "f")->has_value());
}

TEST_F(CoreApiTest, AnswersThatShowASecretOnceLieSealed) {
  http::Principal principal;
  principal.tenant_id = "default";
  principal.user_id = "u";
  const std::string body = R"({"key": "miq_1_verysecret"})";
  ASSERT_FALSE(core_->idempotency.Begin(principal, "k", "f")->has_value());
  ASSERT_TRUE(core_->idempotency.Finish(principal, "k", {"f", 201, body, "", ""}));
  const std::string stored = Select("SELECT body FROM idempotency");
  EXPECT_FALSE(stored.empty());
  EXPECT_EQ(stored.find("verysecret"), std::string::npos);
  EXPECT_EQ(FromBase64Url(stored).value_or("").find("verysecret"), std::string::npos);
  EXPECT_EQ((*core_->idempotency.Begin(principal, "k", "f"))->body, body);
  ASSERT_TRUE(Execute("UPDATE idempotency SET subject = 'somebody'"));
  principal.user_id = "somebody";
  EXPECT_FALSE(core_->idempotency.Begin(principal, "k", "f").has_value()) << "bound to whose it is";
}

TEST_F(CoreApiTest, AKeyWhoseProcessDiedDoesNothingTwice) {
  http::Principal principal;
  principal.tenant_id = "default";
  principal.user_id = "u";
  EXPECT_FALSE(core_->idempotency.Begin(principal, "k", "f")->has_value());
  clock_.Advance(11 * kMinute);
  const auto saved = *core_->idempotency.Begin(principal, "k", "f");
  ASSERT_TRUE(saved);
  EXPECT_EQ(saved->status, 0) << "it is not known whether it was done";
}

TEST_F(CoreApiTest, DeniedAccessIsWrittenOnceAMinute) {
  http::Request request{http::Method::kGet, "/api/v1/users"};
  request.address = "192.0.2.7";
  http::Principal principal;
  principal.tenant_id = "default";
  principal.user_id = "u";
  const Error error(codes::kApiForbidden, "no");
  for (int i = 0; i < 5; ++i) core_->denied_audit.Denied(&principal, request, nullptr, error);
  core_->denied_audit.Denied(nullptr, request, nullptr, error);
  EXPECT_EQ(Select("SELECT COUNT(*) FROM audit_entry WHERE action = 'access.denied'"), "2");
  clock_.Advance(kMinute);
  core_->denied_audit.Denied(&principal, request, nullptr, error);
  EXPECT_EQ(Select("SELECT COUNT(*) FROM audit_entry WHERE action = 'access.denied'"), "3");
}

TEST_F(CoreApiTest, BuiltInRolesAreAsDeclared) {
  ASSERT_EQ(BuiltInRoles().size(), 6u);
  EXPECT_EQ(BuiltInRoles()[0].permissions.size(), AllPermissions().size());
  for (const BuiltInRole& role : BuiltInRoles()) {
    for (const std::string_view permission : role.permissions) EXPECT_TRUE(IsPermission(permission));
  }
}

TEST_F(CoreApiTest, TidyingRemovesWhatNobodyNeeds) {
  SetUpOwner();
  clock_.Advance(61 * kDay);
  ASSERT_TRUE(core_->Tidy());
  EXPECT_EQ(Select("SELECT COUNT(*) FROM user_session"), "0");
  EXPECT_EQ(Select("SELECT COUNT(*) FROM refresh_token"), "0");
}

TEST_F(CoreApiTest, TidyingRemovesKeysInvitationsAndFailuresLongPast) {
  const std::string owner = SetUpOwner();
  const std::string expiry = R"("expires_at": ")" + FormatTime(clock_.Now() + kHour) + "\"";
  ASSERT_EQ(Post("/api/v1/api-keys", R"({"name": "k", "permissions": [], )" + expiry + "}", owner).status, 201);
  ASSERT_EQ(Post("/api/v1/invitations", R"({"email": "ian@example.com", "roles": []})", owner).status, 201);
  LogIn("nobody@example.com", "wrong-password-1");
  ASSERT_TRUE(core_->Tidy());
  for (const char* table : {"api_key", "invitation", "login_failure"})
    EXPECT_NE(Select(std::string("SELECT COUNT(*) FROM ") + table), "0") << table;
  clock_.Advance(61 * kDay);
  ASSERT_TRUE(core_->Tidy());
  for (const char* table : {"api_key", "invitation", "login_failure", "one_time_token"})
    EXPECT_EQ(Select(std::string("SELECT COUNT(*) FROM ") + table), "0") << table;
}

}  // namespace
}  // namespace migrateiq::core
