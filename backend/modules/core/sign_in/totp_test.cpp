#include "modules/core/sign_in/totp.hpp"

#include "modules/core/core_test_support.hpp"

namespace migrateiq::core {
namespace {

TEST(TotpCodeTest, FollowsRfc6238) {
  // Appendix B, the last six digits.
  const std::string secret = "12345678901234567890";
  EXPECT_EQ(TotpCode(secret, 59 / 30), "287082");
  EXPECT_EQ(TotpCode(secret, 1111111109 / 30), "081804");
  EXPECT_EQ(TotpCode(secret, 20000000000 / 30), "353130");
  EXPECT_EQ(ToBase32(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

class TotpTest : public CoreTest {
 protected:
  TotpTest() { token_ = SetUpOwner(); }

  int64_t Step() const { return clock_.Now() / kSecond / 30; }
  /// The secret, as the store has it.
  std::string Secret() {
    std::string sealed;
    EXPECT_TRUE(store_->Read(store::Scope::System(), [&](store::Session& session) -> Status {
      MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT sealed_secret, user_id FROM user_totp"));
      sealed = rows.at(0).Binary(0);
      user_id_ = rows.at(0).Text(1);
      return {};
    }));
    return *vault_->Open("default", sealed, "totp:" + user_id_);
  }
  std::string Code(int64_t offset = 0) { return TotpCode(Secret(), Step() + offset); }
  std::vector<std::string> Enrol() {
    EXPECT_EQ(Post("/api/v1/auth/totp", "", token_).status, 200);
    const TestAnswer done = Post("/api/v1/auth/totp/confirm", R"({"otp": ")" + Code() + "\"}", token_);
    EXPECT_EQ(done.status, 200) << done.message;
    clock_.Advance(30 * kSecond);
    std::vector<std::string> codes;
    for (const auto& code : done.body.at("codes").as_array()) codes.emplace_back(code.as_string());
    return codes;
  }
  TestAnswer LogInWith(const std::string& code) { return LogIn("olga@example.com", kPassword, code); }

  std::string token_, user_id_;
};

TEST_F(TotpTest, SignInAsksForACodeAfterEnrolment) {
  EXPECT_EQ(Post("/api/v1/auth/totp", "", token_).status, 200);
  EXPECT_EQ(LogInWith("").status, 200);  // not confirmed yet
  Enrol();
  EXPECT_EQ(LogInWith("").code, "MIQ-AUTH-002");
  EXPECT_EQ(LogInWith("000000").code, "MIQ-AUTH-001");
  EXPECT_EQ(LogInWith(Code()).status, 200);
}

TEST_F(TotpTest, ACodeWorksOnce) {
  Enrol();
  const std::string code = Code();
  EXPECT_EQ(LogInWith(code).status, 200);
  EXPECT_EQ(LogInWith(code).code, "MIQ-AUTH-001");
  EXPECT_EQ(LogInWith(Code(-1)).code, "MIQ-AUTH-001");  // older than one that was used
}

TEST_F(TotpTest, OneStepOfToleranceEitherWay) {
  Enrol();
  clock_.Advance(5 * kMinute);
  EXPECT_EQ(LogInWith(Code(-2)).code, "MIQ-AUTH-001");
  EXPECT_EQ(LogInWith(Code(2)).code, "MIQ-AUTH-001");
  EXPECT_EQ(LogInWith(Code(-1)).status, 200);
  EXPECT_EQ(LogInWith(Code(1)).status, 200);
}

TEST_F(TotpTest, GuessingCodesIsSlowedDown) {
  Enrol();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(LogInWith("00000" + std::to_string(i)).code, "MIQ-AUTH-001");
  EXPECT_EQ(LogInWith(Code()).code, "MIQ-API-013");
}

TEST_F(TotpTest, RecoveryCodesWorkOnceAndAreHashed) {
  const std::vector<std::string> codes = Enrol();
  ASSERT_EQ(codes.size(), 10u);
  EXPECT_EQ(codes[0].size(), 19u);
  EXPECT_EQ(Select("SELECT COUNT(*) FROM recovery_code WHERE code_hash LIKE '%" + codes[0] + "%'"), "0");
  EXPECT_EQ(LogInWith(codes[0]).status, 200);
  EXPECT_EQ(LogInWith(codes[0]).code, "MIQ-AUTH-001");
  EXPECT_EQ(LogInWith(codes[1]).status, 200);
}

TEST_F(TotpTest, NewRecoveryCodesReplaceTheOld) {
  const std::vector<std::string> codes = Enrol();
  EXPECT_EQ(Post("/api/v1/auth/recovery-codes", "", token_).body.at("codes").as_array().size(), 10u);
  EXPECT_EQ(LogInWith(codes[0]).code, "MIQ-AUTH-001");
}

TEST_F(TotpTest, AResetDoesNotReplaceTheSecondFactor) {
  Enrol();
  const std::string user = Select("SELECT user_id FROM user_account");
  Actor actor = Actor::System("default");
  actor.permissions =
      core_->authenticator.OfSession("default", Select("SELECT session_id FROM user_session"))->permissions;
  const std::string link = *core_->passwords.ResetLink(actor, user);
  ASSERT_TRUE(core_->passwords.Reset(link.substr(link.find("token=") + 6), "green-Harvest-99-lamp", {}));
  EXPECT_EQ(LogIn("olga@example.com", "green-Harvest-99-lamp").code, "MIQ-AUTH-002");
  EXPECT_EQ(LogIn("olga@example.com", "green-Harvest-99-lamp", Code()).status, 200);
}

TEST_F(TotpTest, StepUpNeedsTheCodeWhereThereIsOne) {
  Enrol();
  clock_.Advance(11 * kMinute);
  const std::string password = std::string(R"({"password": ")") + kPassword + "\"}";
  EXPECT_EQ(Post("/api/v1/auth/step-up", password, token_).code, "MIQ-AUTH-002");
  EXPECT_EQ(Post("/api/v1/auth/step-up", R"({"otp": "000000"})", token_).code, "MIQ-AUTH-001");
  EXPECT_EQ(Post("/api/v1/auth/step-up", R"({"otp": ")" + Code() + "\"}", token_).status, 204);
}

TEST_F(TotpTest, RemovingNeedsARecentProof) {
  Enrol();
  clock_.Advance(11 * kMinute);
  EXPECT_EQ(Delete("/api/v1/auth/totp", token_).code, "MIQ-API-008");
  EXPECT_EQ(Post("/api/v1/auth/step-up", R"({"otp": ")" + Code() + "\"}", token_).status, 204);
  EXPECT_EQ(Delete("/api/v1/auth/totp", token_).status, 204);
  EXPECT_EQ(LogInWith("").status, 200);
}

TEST_F(TotpTest, ALostFactorIsRemovedByWhoMayManageTheUser) {
  Enrol();
  const std::string owner_id = Get("/api/v1/me", token_).Text("user_id");
  AddUser("adam@example.com", {"admin"});
  EXPECT_EQ(Delete("/api/v1/users/" + owner_id + "/totp", TokenOf("adam@example.com")).code, "MIQ-API-006");
  AddUser("otto@example.com", {"owner"});
  const std::string other_owner = TokenOf("otto@example.com");
  clock_.Advance(11 * kMinute);
  EXPECT_EQ(Delete("/api/v1/users/" + owner_id + "/totp", other_owner).code, "MIQ-API-008");
  const std::string password = std::string(R"({"password": ")") + kPassword + "\"}";
  EXPECT_EQ(Post("/api/v1/auth/step-up", password, other_owner).status, 204);
  EXPECT_EQ(Delete("/api/v1/users/" + owner_id + "/totp", other_owner).status, 204);
  EXPECT_EQ(Get("/api/v1/me", token_).code, "MIQ-API-005");
  EXPECT_EQ(LogInWith("").status, 200);
}

TEST_F(TotpTest, AdministratorsMustEnrolWhereThePolicySaysSo) {
  options_.totp = TotpPolicy::kAdministrators;
  Restart();
  AddUser("vera@example.com", {"viewer"});
  EXPECT_EQ(Get("/api/v1/users", token_).code, "MIQ-AUTH-005");
  EXPECT_EQ(Get("/api/v1/users", TokenOf("vera@example.com")).status, 200);
  EXPECT_EQ(Get("/api/v1/me", token_).status, 200);
  Enrol();
  EXPECT_EQ(Get("/api/v1/users", token_).status, 200);
}

TEST_F(TotpTest, ApiKeysAreNoWayAroundIt) {
  const std::string key =
      Post("/api/v1/api-keys", R"({"name": "k", "permissions": ["users.read"]})", token_).Text("key");
  EXPECT_EQ(Get("/api/v1/users", key).status, 200);
  options_.totp = TotpPolicy::kAll;
  Restart();
  EXPECT_EQ(Get("/api/v1/users", key).code, "MIQ-AUTH-005");
}

TEST_F(TotpTest, SecretsAreSealed) {
  Enrol();
  EXPECT_EQ(Select("SELECT sealed_secret FROM user_totp").find(Secret()), std::string::npos);
}

}  // namespace
}  // namespace migrateiq::core
