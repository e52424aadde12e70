#include "modules/core/core_test_support.hpp"

namespace migrateiq::core {
namespace {

class SignInTest : public CoreTest {};

TEST_F(SignInTest, ThereIsNoDefaultAccount) {
  EXPECT_TRUE(*core_->setup.IsNeeded());
  EXPECT_EQ(LogIn("admin@example.com", "admin").code, "MIQ-AUTH-001");
  EXPECT_EQ(Select("SELECT COUNT(*) FROM user_account"), "0");
}

TEST_F(SignInTest, TheSetupTokenWorksOnce) {
  const std::string older = **core_->setup.NewToken(), token = **core_->setup.NewToken();
  const auto body = [](const std::string& t) {
    return R"({"token": ")" + t + R"(", "email": "A@b.example", "name": "A", "password": "blue-Harvest-99-lamp"})";
  };
  EXPECT_EQ(Post("/api/v1/auth/setup", body("x")).code, "MIQ-AUTH-003");
  EXPECT_EQ(Post("/api/v1/auth/setup", body(older)).code, "MIQ-AUTH-003");
  const TestAnswer made = Post("/api/v1/auth/setup", body(token));
  EXPECT_EQ(made.status, 200);
  EXPECT_EQ(Post("/api/v1/auth/setup", body(token)).code, "MIQ-AUTH-003");
  EXPECT_FALSE(core_->setup.NewToken()->has_value());
  EXPECT_EQ(Get("/api/v1/me", made.Text("access_token")).Text("email"), "a@b.example");
}

TEST_F(SignInTest, TheSetupTokenExpires) {
  const std::string token = **core_->setup.NewToken();
  clock_.Advance(kDay);
  EXPECT_EQ(core_->setup.Run(token, {"a@b.c", "A", kPassword, "T"}, {}).error().code.code, "MIQ-AUTH-003");
}

TEST_F(SignInTest, UnknownDisabledAndMistypedAccountsGetTheSameAnswer) {
  SetUpOwner();
  AddUser("gone@example.com", {"viewer"});
  ASSERT_TRUE(Execute("UPDATE user_account SET state = 'disabled' WHERE email = 'gone@example.com'"));
  const TestAnswer unknown = LogIn("nobody@example.com"), disabled = LogIn("gone@example.com"),
                   mistyped = LogIn("olga@example.com", "wrong-wrong-wrong");
  EXPECT_EQ(unknown.code, "MIQ-AUTH-001");
  EXPECT_EQ(unknown.message, disabled.message);
  EXPECT_EQ(unknown.message, mistyped.message);
  EXPECT_EQ(disabled.code, mistyped.code);
}

TEST_F(SignInTest, UnknownAccountsTakeAsLongAsOthers) {
  // With a cost that dominates everything else.
  options_.password_cost = {8192, 4, 1};
  Restart();
  SetUpOwner();
  const auto time = [&](const std::string& email) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(core_->sign_in.CheckPassword(email, "wrong", {"192.0.2." + std::to_string(clock_.now % 200), ""}));
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  double known = 1e9, unknown = 1e9;
  for (int i = 0; i < 4; ++i) {
    known = std::min(known, time("olga@example.com"));
    unknown = std::min(unknown, time("nobody@example.com"));
  }
  EXPECT_LT(std::abs(known - unknown), 0.5 * std::max(known, unknown));
}

TEST_F(SignInTest, AnAccountIsSlowedDownAfterFiveFailures) {
  SetUpOwner();
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(LogIn("olga@example.com", "wrong", "", "198.51.100." + std::to_string(i)).code, "MIQ-AUTH-001");
  EXPECT_EQ(LogIn("olga@example.com").code, "MIQ-API-013");  // the right password makes no difference
  clock_.Advance(31 * kSecond);
  EXPECT_EQ(LogIn("olga@example.com", "wrong").code, "MIQ-AUTH-001");
  clock_.Advance(31 * kSecond);
  EXPECT_EQ(LogIn("olga@example.com").code, "MIQ-API-013");  // the wait has doubled
  clock_.Advance(30 * kSecond);
  EXPECT_EQ(LogIn("olga@example.com").status, 200);
  EXPECT_EQ(LogIn("olga@example.com", "wrong").code, "MIQ-AUTH-001");
  EXPECT_EQ(LogIn("olga@example.com").status, 200);  // a success forgives
}

TEST_F(SignInTest, UnknownAccountsAreSlowedDownToo) {
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(LogIn("nobody@example.com", "wrong", "", "198.51.100." + std::to_string(i)).code, "MIQ-AUTH-001");
  const TestAnswer slowed = LogIn("nobody@example.com");
  EXPECT_EQ(slowed.code, "MIQ-API-013");
  EXPECT_TRUE(slowed.message.ends_with("try again in 30 seconds")) << slowed.message;
}

TEST_F(SignInTest, AnAddressIsSlowedDownOverManyAccounts) {
  SetUpOwner();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(LogIn("u" + std::to_string(i) + "@example.com", "wrong").code, "MIQ-AUTH-001");
  EXPECT_EQ(LogIn("olga@example.com").code, "MIQ-API-013");
  EXPECT_EQ(LogIn("olga@example.com", kPassword, "", "192.0.2.99").status, 200);
}

TEST_F(SignInTest, EachSignInHasItsOwnSession) {
  SetUpOwner();
  const std::string first = LogIn("olga@example.com").Text("access_token");
  const std::string second = LogIn("olga@example.com").Text("access_token");
  const TestAnswer list = Get("/api/v1/auth/sessions", first);
  ASSERT_EQ(list.body.at("items").as_array().size(), 3u);
  EXPECT_EQ(Post("/api/v1/auth/logout", "", first).status, 204);
  EXPECT_EQ(Get("/api/v1/me", first).code, "MIQ-API-005");
  EXPECT_EQ(Get("/api/v1/me", second).status, 200);
}

TEST_F(SignInTest, ASessionOfSomebodyElseDoesNotExist) {
  const std::string owner = SetUpOwner();
  AddUser("vera@example.com", {"viewer"});
  const std::string viewer = TokenOf("vera@example.com");
  const std::string session = Select("SELECT session_id FROM user_session ORDER BY created_at LIMIT 1");
  EXPECT_EQ(Delete("/api/v1/auth/sessions/" + session, viewer).code, "MIQ-API-003");
  EXPECT_EQ(Get("/api/v1/me", owner).status, 200);
}

TEST_F(SignInTest, PasswordsAreKeptAsArgon2id) {
  SetUpOwner();
  EXPECT_EQ(Select("SELECT password_hash FROM user_account").substr(0, 28), "$argon2id$v=19$m=64,t=1,p=1$");
  options_.password_cost = {128, 1, 1};
  Restart();
  EXPECT_EQ(LogIn("olga@example.com").status, 200);
  EXPECT_NE(Select("SELECT password_hash FROM user_account").find("m=128"), std::string::npos);
}

TEST_F(SignInTest, ChangingThePasswordEndsTheOtherSessions) {
  const std::string here = SetUpOwner();
  const TestAnswer other = LogIn("olga@example.com");
  const auto body = [](const std::string& old_one, const std::string& new_one) {
    return R"({"current_password": ")" + old_one + R"(", "new_password": ")" + new_one + "\"}";
  };
  EXPECT_EQ(Post("/api/v1/auth/password", body("wrong", "green-Harvest-99-lamp"), here).code, "MIQ-AUTH-001");
  EXPECT_EQ(Post("/api/v1/auth/password", body(kPassword, "short"), here).code, "MIQ-AUTH-004");
  EXPECT_EQ(Post("/api/v1/auth/password", body(kPassword, "green-Harvest-99-lamp"), here).status, 204);
  EXPECT_EQ(Get("/api/v1/me", here).status, 200);
  EXPECT_EQ(Get("/api/v1/me", other.Text("access_token")).code, "MIQ-API-005");
  EXPECT_EQ(Post("/api/v1/auth/refresh", R"({"refresh_token": ")" + other.Text("refresh_token") + "\"}").code,
            "MIQ-AUTH-003");
  EXPECT_EQ(LogIn("olga@example.com").code, "MIQ-AUTH-001");
  EXPECT_EQ(LogIn("olga@example.com", "green-Harvest-99-lamp").status, 200);
}

TEST_F(SignInTest, ForgettingSaysNothingAboutWhoExists) {
  options_.smtp_url = "smtp://127.0.0.1:1";
  Restart();
  SetUpOwner();
  const TestAnswer known = Post("/api/v1/auth/password/forgot", R"({"email": "olga@example.com"})");
  const TestAnswer unknown = Post("/api/v1/auth/password/forgot", R"({"email": "nobody@example.com"})");
  EXPECT_EQ(known.status, 204);
  EXPECT_EQ(unknown.status, 204);
  EXPECT_EQ(Select("SELECT target FROM outbox WHERE outcome = 'waiting'"), "olga@example.com");
  EXPECT_EQ(Select("SELECT COUNT(*) FROM outbox WHERE outcome = 'waiting'"), "1");
}

TEST_F(SignInTest, AResetLinkWorksOnceAndDoesNotSignIn) {
  const std::string owner = SetUpOwner();
  const std::string user = AddUser("vera@example.com", {"viewer"});
  const std::string viewer = TokenOf("vera@example.com");
  const std::string link = Post("/api/v1/users/" + user + "/reset-link", "", owner).Text("link");
  const std::string token = link.substr(link.find("token=") + 6);
  const auto body = [&](const std::string& password) {
    return R"({"token": ")" + token + R"(", "password": ")" + password + "\"}";
  };
  EXPECT_EQ(Post("/api/v1/auth/password/reset", body("vera-vera-vera")).code, "MIQ-AUTH-004");
  const TestAnswer done = Post("/api/v1/auth/password/reset", body("green-Harvest-99-lamp"));
  EXPECT_EQ(done.status, 204);
  EXPECT_TRUE(done.body.is_null());
  EXPECT_EQ(Get("/api/v1/me", viewer).code, "MIQ-API-005");
  EXPECT_EQ(Post("/api/v1/auth/password/reset", body("other-Harvest-99-lamp")).code, "MIQ-AUTH-003");
  EXPECT_EQ(LogIn("vera@example.com", "green-Harvest-99-lamp").status, 200);
}

TEST_F(SignInTest, AResetLinkExpires) {
  const std::string owner = SetUpOwner();
  const std::string user = AddUser("vera@example.com", {"viewer"});
  const std::string link = Post("/api/v1/users/" + user + "/reset-link", "", owner).Text("link");
  clock_.Advance(kHour);
  EXPECT_EQ(core_->passwords.Reset(link.substr(link.find("token=") + 6), "green-Harvest-99-lamp", {}).error().code.code,
            "MIQ-AUTH-003");
}

TEST_F(SignInTest, StepUpIsAskedForAgainAfterTenMinutes) {
  const std::string owner = SetUpOwner();
  const std::string user = AddUser("vera@example.com", {"viewer"});
  const std::string path = "/api/v1/users/" + user + "/reset-link";
  EXPECT_EQ(Post(path, "", owner).status, 200);
  clock_.Advance(11 * kMinute);
  EXPECT_EQ(Post(path, "", owner).code, "MIQ-API-008");
  EXPECT_EQ(Post("/api/v1/auth/step-up", R"({"password": "wrong"})", owner).code, "MIQ-AUTH-001");
  EXPECT_EQ(Post("/api/v1/auth/step-up", "{}", owner).code, "MIQ-AUTH-001");
  EXPECT_EQ(Post(path, "", owner).code, "MIQ-API-008");
  EXPECT_EQ(Post("/api/v1/auth/step-up", std::string(R"({"password": ")") + kPassword + "\"}", owner).status, 204);
  EXPECT_EQ(Post(path, "", owner).status, 200);
}

TEST_F(SignInTest, ATicketOpensOneWebSocketWithinThirtySeconds) {
  const std::string owner = SetUpOwner();
  const std::string ticket = Post("/api/v1/auth/ws-ticket", "", owner).Text("ticket");
  EXPECT_EQ(core_->tickets.Use("x").error().code.code, "MIQ-AUTH-003");
  EXPECT_EQ(core_->tickets.Use(ticket)->tenant_id, "default");
  EXPECT_FALSE(core_->tickets.Use(ticket));
  const std::string late = Post("/api/v1/auth/ws-ticket", "", owner).Text("ticket");
  const std::string of_ended = Post("/api/v1/auth/ws-ticket", "", owner).Text("ticket");
  EXPECT_EQ(Post("/api/v1/auth/logout", "", owner).status, 204);
  EXPECT_EQ(core_->tickets.Use(of_ended).error().code.code, "MIQ-API-005");
  clock_.Advance(30 * kSecond);
  EXPECT_FALSE(core_->tickets.Use(late));
}

TEST_F(SignInTest, AttemptsAreInTheAuditLog) {
  SetUpOwner();
  LogIn("olga@example.com", "wrong");
  LogIn("evil\\u000a@example.com", "wrong");
  LogIn("olga@example.com");
  EXPECT_EQ(Select("SELECT COUNT(*) FROM audit_entry WHERE action = 'login.failed' AND outcome = 'denied'"), "1");
  EXPECT_EQ(Select("SELECT COUNT(*) FROM audit_entry WHERE action = 'login' AND address = '192.0.2.1'"), "2");
  EXPECT_EQ(Select("SELECT COUNT(*) FROM audit_entry WHERE details LIKE '%wrong%'"), "0");
}

}  // namespace
}  // namespace migrateiq::core
