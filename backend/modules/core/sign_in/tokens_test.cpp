#include <cjose/cjose.h>

#include "base/encoding.hpp"
#include "base/json_text.hpp"
#include "modules/core/core_test_support.hpp"

namespace migrateiq::core {
namespace {

namespace json = boost::json;

class TokensTest : public CoreTest {
 protected:
  TokensTest() { token_ = SetUpOwner(); }

  static std::string Part(const std::string& token, int index) {
    size_t begin = 0;
    for (int i = 0; i < index; ++i) begin = token.find('.', begin) + 1;
    return token.substr(begin, token.find('.', begin) - begin);
  }
  static json::object Decoded(const std::string& token, int index) {
    return json::parse(*FromBase64Url(Part(token, index))).as_object();
  }
  static std::string Encoded(const json::object& object) { return ToBase64Url(JsonText(object)); }

  /// The token with other header and claims, under its old signature.
  std::string Forged(const json::object& header, const json::object& claims) {
    return Encoded(header) + "." + Encoded(claims) + "." + Part(token_, 2);
  }
  bool Works(const std::string& token) { return Get("/api/v1/me", token).status == 200; }
  /// Signed with our own key, but saying something else.
  std::string Signed(json::object claims, const char* type = "at+jwt") {
    return *core_->signing_keys.Sign(type, claims);
  }

  std::string token_;
};

TEST_F(TokensTest, AnAccessTokenIsWhatItSays) {
  const json::object header = Decoded(token_, 0), claims = Decoded(token_, 1);
  EXPECT_EQ(header.at("alg"), "ES256");
  EXPECT_EQ(header.at("typ"), "at+jwt");
  EXPECT_EQ(claims.at("exp").as_int64() - claims.at("iat").as_int64(), 15 * 60);
  EXPECT_FALSE(claims.contains("permissions"));
  EXPECT_TRUE(Works(token_));
}

TEST_F(TokensTest, AChangedTokenIsRefused) {
  json::object claims = Decoded(token_, 1);
  claims["sub"] = "somebody-else";
  EXPECT_FALSE(Works(Forged(Decoded(token_, 0), claims)));
  EXPECT_FALSE(Works(token_.substr(0, token_.rfind('.') + 1)));
  EXPECT_FALSE(Works(token_.substr(0, token_.rfind('.'))));
  EXPECT_FALSE(Works(token_ + "A"));
  for (const char* text : {"x", "..", "a.b.c", "eyJ9.e30.", "....", " "}) EXPECT_FALSE(Works(text)) << text;
}

TEST_F(TokensTest, OnlyEs256IsAccepted) {
  for (const char* alg : {"none", "None", "HS256", "RS256", "ES384", "PS256", "es256", ""}) {
    json::object header = Decoded(token_, 0);
    header["alg"] = alg;
    EXPECT_FALSE(Works(Forged(header, Decoded(token_, 1)))) << alg;
    EXPECT_FALSE(Works(Encoded(header) + "." + Part(token_, 1) + ".")) << alg;
  }
}

TEST_F(TokensTest, ThePublicKeyIsNoHmacSecret) {
  const json::value jwks = *core_->signing_keys.Jwks();
  const std::string key_text = JsonText(jwks.at("keys").at(0));
  json::object header = Decoded(token_, 0);
  header["alg"] = "HS256";
  const std::string signed_part = Encoded(header) + "." + Part(token_, 1);
  EXPECT_FALSE(Works(signed_part + "." + ToBase64Url(HmacSha256(key_text, signed_part))));
}

TEST_F(TokensTest, AKeyInsideTheTokenIsNotBelieved) {
  cjose_err fault{};
  cjose_jwk_t* key = cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &fault);
  char* text = cjose_jwk_to_json(key, false, &fault);
  for (const bool known_kid : {true, false}) {
    cjose_header_t* header = cjose_header_new(&fault);
    cjose_header_set(header, "alg", "ES256", &fault);
    cjose_header_set(header, "typ", "at+jwt", &fault);
    const std::string kid = known_kid ? std::string(Decoded(token_, 0).at("kid").as_string()) : "mine";
    cjose_header_set(header, "kid", kid.c_str(), &fault);
    cjose_header_set(header, "jku", "https://evil.example/keys", &fault);
    cjose_header_set_raw(header, "jwk", text, &fault);
    const std::string claims = JsonText(Decoded(token_, 1));
    cjose_jws_t* jws =
        cjose_jws_sign(key, header, reinterpret_cast<const uint8_t*>(claims.data()), claims.size(), &fault);
    ASSERT_NE(jws, nullptr);
    const char* compact = nullptr;
    cjose_jws_export(jws, &compact, &fault);
    EXPECT_FALSE(Works(compact));
    cjose_jws_release(jws);
    cjose_header_release(header);
  }
  cjose_get_dealloc()(text);
  cjose_jwk_release(key);
}

TEST_F(TokensTest, ClaimsAreChecked) {
  const json::object good = Decoded(token_, 1);
  EXPECT_TRUE(Works(Signed(good)));
  const auto with = [&](const char* name, const json::value& value) {
    json::object claims = good;
    claims[name] = value;
    return claims;
  };
  const int64_t now = clock_.Now() / kSecond;
  EXPECT_FALSE(Works(Signed(with("aud", "somebody"))));
  EXPECT_FALSE(Works(Signed(with("aud", json::array{"migrateiq-api"}))));
  EXPECT_FALSE(Works(Signed(with("iss", "https://evil.example"))));
  EXPECT_FALSE(Works(Signed(with("exp", now))));
  EXPECT_FALSE(Works(Signed(with("exp", "tomorrow"))));
  EXPECT_FALSE(Works(Signed(with("exp", 1e300))));
  EXPECT_FALSE(Works(Signed(with("nbf", now + 60))));
  EXPECT_FALSE(Works(Signed(with("sub", "somebody-else"))));
  EXPECT_FALSE(Works(Signed(with("sid", "another-session"))));
  EXPECT_FALSE(Works(Signed(with("tid", "another-tenant"))));
  for (const char* name : {"aud", "iss", "exp", "nbf", "sub", "sid", "tid"}) {
    json::object claims = good;
    claims.erase(name);
    EXPECT_FALSE(Works(Signed(claims))) << name;
  }
  EXPECT_FALSE(Works(Signed(good, "JWT")));
  EXPECT_FALSE(Works(Signed(good, "logout+jwt")));
}

TEST_F(TokensTest, AnAccessTokenExpires) {
  clock_.Advance(15 * kMinute - kSecond);
  EXPECT_TRUE(Works(token_));
  clock_.Advance(kSecond);
  EXPECT_FALSE(Works(token_));
}

TEST_F(TokensTest, ARefreshTokenIsNoAccessTokenAndTheOtherWayRound) {
  const TestAnswer login = LogIn("olga@example.com");
  EXPECT_FALSE(Works(login.Text("refresh_token")));
  EXPECT_EQ(Post("/api/v1/auth/refresh", R"({"refresh_token": ")" + login.Text("access_token") + "\"}").code,
            "MIQ-AUTH-003");
}

TEST_F(TokensTest, KeysRotateWithoutSigningAnybodyOut) {
  ASSERT_TRUE(core_->signing_keys.Rotate());
  const TestAnswer login = LogIn("olga@example.com");
  EXPECT_NE(Decoded(login.Text("access_token"), 0).at("kid"), Decoded(token_, 0).at("kid"));
  EXPECT_TRUE(Works(token_));
  const TestAnswer jwks = Get("/.well-known/jwks.json", "");
  EXPECT_EQ(jwks.body.at("keys").as_array().size(), 2u);
  for (const json::value& key : jwks.body.at("keys").as_array()) EXPECT_FALSE(key.as_object().contains("d"));
}

TEST_F(TokensTest, AKeySignsForThirtyDays) {
  clock_.Advance(30 * kDay);
  const TestAnswer login = LogIn("olga@example.com");
  EXPECT_NE(Decoded(login.Text("access_token"), 0).at("kid"), Decoded(token_, 0).at("kid"));
}

TEST_F(TokensTest, AnotherProcessKnowsNewKeysAtOnce) {
  CoreServices other({*store_, *vault_, options_, nullptr, nullptr, clock_});
  ASSERT_TRUE(other.authenticator.Authenticate({}));
  clock_.Advance(2 * kSecond);
  ASSERT_TRUE(core_->signing_keys.Rotate());
  http::Request request{http::Method::kGet, "/api/v1/me"};
  request.headers.Set("Authorization", "bearer " + LogIn("olga@example.com").Text("access_token"));
  EXPECT_TRUE(other.authenticator.Authenticate(request)->has_value());
}

TEST_F(TokensTest, PrivateKeysAreSealed) {
  const std::string sealed = Select("SELECT sealed_jwk FROM signing_key");
  EXPECT_EQ(sealed.find("\"d\""), std::string::npos);
  EXPECT_EQ(sealed.find("kty"), std::string::npos);
}

class RefreshTest : public CoreTest {
 protected:
  RefreshTest() { SetUpOwner(); }
  TestAnswer Refresh(const std::string& token) {
    return Post("/api/v1/auth/refresh", R"({"refresh_token": ")" + token + "\"}");
  }
};

TEST_F(RefreshTest, EachRefreshReplacesTheToken) {
  const TestAnswer login = LogIn("olga@example.com");
  const TestAnswer next = Refresh(login.Text("refresh_token"));
  EXPECT_EQ(next.status, 200);
  EXPECT_NE(next.Text("refresh_token"), login.Text("refresh_token"));
  EXPECT_EQ(Get("/api/v1/me", next.Text("access_token")).status, 200);
  EXPECT_EQ(next.headers.Get("Cache-Control"), "no-store");
}

TEST_F(RefreshTest, UsingATokenTwiceEndsTheFamily) {
  const TestAnswer login = LogIn("olga@example.com"), other = LogIn("olga@example.com");
  const TestAnswer next = Refresh(login.Text("refresh_token"));
  EXPECT_EQ(Refresh(login.Text("refresh_token")).code, "MIQ-AUTH-003");
  EXPECT_EQ(Refresh(next.Text("refresh_token")).code, "MIQ-AUTH-003");
  EXPECT_EQ(Get("/api/v1/me", next.Text("access_token")).code, "MIQ-API-005");
  EXPECT_EQ(Get("/api/v1/me", other.Text("access_token")).status, 200);
  EXPECT_EQ(Select("SELECT COUNT(*) FROM audit_entry WHERE action = 'session.token_reused'"), "1");
}

TEST_F(RefreshTest, SessionsEndWhenTheyAreNotUsed) {
  const TestAnswer login = LogIn("olga@example.com");
  clock_.Advance(23 * kHour);
  const TestAnswer used = Refresh(login.Text("refresh_token"));
  EXPECT_EQ(used.status, 200);
  clock_.Advance(24 * kHour);
  EXPECT_EQ(Refresh(used.Text("refresh_token")).code, "MIQ-AUTH-003");
}

TEST_F(RefreshTest, SessionsEndAfterThirtyDaysInAnyCase) {
  std::string token = LogIn("olga@example.com").Text("refresh_token");
  for (int hours = 0; hours < 30 * 24 - 20; hours += 20) {
    clock_.Advance(20 * kHour);
    const TestAnswer next = Refresh(token);
    ASSERT_EQ(next.status, 200) << hours;
    token = next.Text("refresh_token");
  }
  clock_.Advance(20 * kHour);
  EXPECT_EQ(Refresh(token).code, "MIQ-AUTH-003");
}

TEST_F(RefreshTest, DisabledUsersAndSuspendedTenantsDoNotRefresh) {
  const TestAnswer first = LogIn("olga@example.com"), second = LogIn("olga@example.com");
  ASSERT_TRUE(Execute("UPDATE user_account SET state = 'disabled'"));
  EXPECT_EQ(Refresh(first.Text("refresh_token")).code, "MIQ-AUTH-003");
  ASSERT_TRUE(Execute("UPDATE user_account SET state = 'active'"));
  ASSERT_TRUE(Execute("UPDATE tenant SET state = 'suspended'"));
  EXPECT_EQ(Refresh(second.Text("refresh_token")).code, "MIQ-AUTH-003");
}

TEST_F(RefreshTest, TokensAreKeptAsHashes) {
  const TestAnswer login = LogIn("olga@example.com");
  const std::string token = login.Text("refresh_token");
  EXPECT_EQ(Select("SELECT COUNT(*) FROM refresh_token WHERE token_hash = '" + token + "'"), "0");
  EXPECT_EQ(Select("SELECT COUNT(*) FROM refresh_token WHERE token_hash = '" + ToHexText(Sha256(token)) + "'"), "1");
}

class CookieTest : public CoreTest {
 protected:
  CookieTest() { SetUpOwner(); }
  TestAnswer WebLogin(bool secure = true, const std::string& address = "192.0.2.1") {
    return Ask({http::Method::kPost,
                "/api/v1/auth/login",
                R"({"email": "olga@example.com", "password": ")" + std::string(kPassword) + "\"}",
                "",
                {{"X-Client", "web"}},
                {},
                secure,
                address});
  }
  static std::string CookieOf(const TestAnswer& answer) {
    return std::string(answer.headers.Get("Set-Cookie").value_or(""));
  }
  TestAnswer WebRefresh(const std::string& cookie, const std::string& csrf) {
    Call call{http::Method::kPost, "/api/v1/auth/refresh", "", "", {{"Cookie", cookie.substr(0, cookie.find(';'))}}};
    if (!csrf.empty()) call.headers.emplace_back("X-CSRF-Token", csrf);
    return Ask(call);
  }
  TestAnswer AskCsrf(const std::string& cookie, std::vector<std::pair<std::string, std::string>> headers = {}) {
    headers.emplace_back("Cookie", cookie.substr(0, cookie.find(';')));
    return Ask({http::Method::kGet, "/api/v1/auth/csrf", "", "", std::move(headers)});
  }
  /// As after a reload: with a fresh CSRF token.
  TestAnswer ReloadAndRefresh(const std::string& cookie) {
    const TestAnswer asked = AskCsrf(cookie, {{"X-Client", "web"}});
    const boost::json::value* csrf = asked.body.as_object().if_contains("csrf_token");
    return WebRefresh(cookie, csrf != nullptr ? std::string(csrf->as_string()) : "none");
  }
  std::string Reuses() { return Select("SELECT COUNT(*) FROM audit_entry WHERE action = 'session.token_reused'"); }
};

TEST_F(CookieTest, TheCookieIsOutOfReach) {
  const TestAnswer login = WebLogin();
  const std::string cookie = CookieOf(login);
  EXPECT_EQ(cookie.find("__Host-miq_refresh="), 0u);
  for (const char* part : {"; Path=/;", "; HttpOnly", "; SameSite=Strict", "; Secure"})
    EXPECT_NE(cookie.find(part), std::string::npos) << part;
  EXPECT_EQ(cookie.find("Domain"), std::string::npos);
  EXPECT_FALSE(login.body.as_object().contains("refresh_token"));
}

TEST_F(CookieTest, PlainHttpIsForThisMachineOnly) {
  EXPECT_EQ(WebLogin(false).code, "MIQ-API-020");
  const std::string cookie = CookieOf(WebLogin(false, "127.0.0.1"));
  EXPECT_EQ(cookie.find("miq_refresh="), 0u);
  EXPECT_EQ(cookie.find("Secure"), std::string::npos);
}

TEST_F(CookieTest, ARefreshByCookieNeedsTheCsrfToken) {
  const TestAnswer login = WebLogin();
  EXPECT_EQ(WebRefresh(CookieOf(login), "").code, "MIQ-API-007");
  EXPECT_EQ(WebRefresh(CookieOf(login), "wrong").code, "MIQ-API-007");
  const TestAnswer next = WebRefresh(CookieOf(login), login.Text("csrf_token"));
  EXPECT_EQ(next.status, 200);
  EXPECT_NE(CookieOf(next), CookieOf(login));
  clock_.Advance(11 * kSecond);  // past the moment in which two tabs may use the same one
  EXPECT_EQ(WebRefresh(CookieOf(login), login.Text("csrf_token")).code, "MIQ-AUTH-003");
}

TEST_F(CookieTest, TheCsrfTokenIsToBeHadAgainAfterAReload) {
  const TestAnswer login = WebLogin();
  const TestAnswer first = AskCsrf(CookieOf(login), {{"X-Client", "web"}, {"Sec-Fetch-Site", "same-origin"}});
  const TestAnswer second = AskCsrf(CookieOf(login), {{"X-Client", "web"}});
  EXPECT_EQ(first.headers.Get("Cache-Control"), "no-store");
  EXPECT_NE(first.Text("csrf_token"), second.Text("csrf_token")) << "each is fresh";
  const TestAnswer next = WebRefresh(CookieOf(login), first.Text("csrf_token"));
  EXPECT_EQ(next.status, 200);
  EXPECT_EQ(WebRefresh(CookieOf(next), second.Text("csrf_token")).status, 200) << "of the same session";
}

TEST_F(CookieTest, TheCsrfTokenIsForOurOwnPagesOnly) {
  const std::string cookie = CookieOf(WebLogin());
  EXPECT_EQ(AskCsrf(cookie).code, "MIQ-API-007");
  EXPECT_EQ(AskCsrf(cookie, {{"X-Client", "web"}, {"Sec-Fetch-Site", "cross-site"}}).code, "MIQ-API-007");
  EXPECT_EQ(AskCsrf(cookie, {{"X-Client", "web"}, {"Sec-Fetch-Site", "same-site"}}).code, "MIQ-API-007");
  EXPECT_EQ(AskCsrf(cookie, {{"X-Client", "web"}, {"Origin", "https://evil.example"}}).code, "MIQ-API-007");
}

TEST_F(CookieTest, ACsrfTokenFitsItsSessionAlone) {
  const std::string mine = CookieOf(WebLogin()), other = CookieOf(WebLogin());
  const std::string csrf = AskCsrf(other, {{"X-Client", "web"}}).Text("csrf_token");
  EXPECT_EQ(WebRefresh(mine, csrf).code, "MIQ-API-007");
  EXPECT_EQ(WebRefresh(mine, csrf.substr(0, csrf.find('.')) + ".").code, "MIQ-API-007");
  EXPECT_EQ(WebRefresh(other, csrf).status, 200);
}

TEST_F(CookieTest, WithoutASessionThereIsNoCsrfToken) {
  const std::string cookie = CookieOf(WebLogin());
  const auto has = [&](const std::string& of) {
    const TestAnswer answer = AskCsrf(of, {{"X-Client", "web"}});
    EXPECT_EQ(answer.status, 200);
    return answer.body.as_object().contains("csrf_token");
  };
  EXPECT_TRUE(has(cookie));
  EXPECT_FALSE(has("__Host-miq_refresh=nonsense"));
  EXPECT_FALSE(has("other=1"));
  clock_.Advance(options_.session_life + kSecond);
  EXPECT_FALSE(has(cookie));
}

TEST_F(CookieTest, TwoTabsMayUseARefreshTokenAtTheSameTime) {
  const std::string cookie = CookieOf(WebLogin());
  const TestAnswer first = ReloadAndRefresh(cookie);
  clock_.Advance(2 * kSecond);
  const TestAnswer second = ReloadAndRefresh(cookie);
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(second.status, 200);
  EXPECT_NE(CookieOf(first), CookieOf(second));
  EXPECT_EQ(ReloadAndRefresh(CookieOf(first)).status, 200) << "whichever answer came last is in the browser";
  EXPECT_EQ(Reuses(), "0");
}

TEST_F(CookieTest, AfterTheGraceATokenUsedTwiceEndsTheSession) {
  const std::string cookie = CookieOf(WebLogin());
  const std::string csrf = AskCsrf(cookie, {{"X-Client", "web"}}).Text("csrf_token");
  const TestAnswer next = WebRefresh(cookie, csrf);
  clock_.Advance(11 * kSecond);
  EXPECT_EQ(WebRefresh(cookie, csrf).code, "MIQ-AUTH-003");
  EXPECT_EQ(Reuses(), "1");
  EXPECT_EQ(WebRefresh(CookieOf(next), csrf).code, "MIQ-AUTH-003") << "the session is over";
}

TEST_F(CookieTest, TheGraceIsForTheTokenBeforeTheNewestAlone) {
  const std::string cookie = CookieOf(WebLogin());
  const std::string csrf = AskCsrf(cookie, {{"X-Client", "web"}}).Text("csrf_token");
  const TestAnswer second = WebRefresh(cookie, csrf);
  ASSERT_EQ(WebRefresh(CookieOf(second), csrf).status, 200);
  EXPECT_EQ(WebRefresh(cookie, csrf).code, "MIQ-AUTH-003") << "two refreshes ago";
  EXPECT_EQ(Reuses(), "1");
}

TEST_F(CookieTest, ATwinThatNobodyUsedInTimeEndsTheSession) {
  const std::string cookie = CookieOf(WebLogin());
  const std::string csrf = AskCsrf(cookie, {{"X-Client", "web"}}).Text("csrf_token");
  const TestAnswer first = WebRefresh(cookie, csrf), twin = WebRefresh(cookie, csrf);
  ASSERT_EQ(WebRefresh(CookieOf(first), csrf).status, 200);
  clock_.Advance(11 * kSecond);
  EXPECT_EQ(WebRefresh(CookieOf(twin), csrf).code, "MIQ-AUTH-003");
  EXPECT_EQ(Reuses(), "1");
}

TEST_F(CookieTest, ACookieAloneSignsNobodyIn) {
  const TestAnswer login = WebLogin();
  const std::string cookie = CookieOf(login);
  const TestAnswer me =
      Ask({http::Method::kGet, "/api/v1/me", "", "", {{"Cookie", cookie.substr(0, cookie.find(';'))}}});
  EXPECT_EQ(me.code, "MIQ-API-005");
}

TEST_F(CookieTest, TheCookiesTokenWorksNowhereElse) {
  const std::string cookie = CookieOf(WebLogin());
  const size_t begin = cookie.find('=') + 1;
  const std::string token = cookie.substr(begin, cookie.find(';') - begin);
  EXPECT_EQ(Post("/api/v1/auth/refresh", R"({"refresh_token": ")" + token + "\"}").code, "MIQ-API-007");
}

}  // namespace
}  // namespace migrateiq::core
