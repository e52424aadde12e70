#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/access.hpp"
#include "modules/core/core_services.hpp"
#include "modules/core/sign_in/totp.hpp"
#include "platform/describe/json.hpp"
#include "platform/secrets/vault.hpp"
#include "platform/store/store_test_support.hpp"

/// A whole core module over a store of its own, asked through its routes: SQLite, or (core_dbtest.cpp) PostgreSQL with
/// a role that row-level security binds.
namespace migrateiq::core {

class TestClock : public Clock {
 public:
  Micros Now() const override { return now; }
  void Advance(Micros by) { now += by; }
  std::atomic<Micros> now = 1'800'000'000 * kSecond;
};

struct TestAnswer {
  int status = 0;
  std::string code;  ///< MIQ-...; empty: success
  std::string message;
  boost::json::value body;
  http::Headers headers;

  std::string Text(const std::string& name) const { return std::string(body.at(name).as_string()); }
  std::string Tag() const { return std::string(headers.Get("ETag").value_or("")); }
};

#ifdef MIQ_CORE_TEST_POSTGRES
inline constexpr store::Engine kTestEngine = store::Engine::kPostgres;
#else
inline constexpr store::Engine kTestEngine = store::Engine::kSqlite;
#endif

class CoreTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!HasServer()) GTEST_SKIP() << "MIQ_TEST_POSTGRES is not set";
  }
  CoreTest() : folder_(std::filesystem::temp_directory_path() / ("miq_core_" + NewId())) {
    std::filesystem::create_directories(folder_);
    vault_ = *secrets::OpenVault(*store_, "file:" + (folder_ / "master.key").string(), true);
    options_.password_cost = {64, 1, 1};
    Restart();
  }
  ~CoreTest() override {
    core_.reset();
    vault_.reset();
    std::filesystem::remove_all(folder_);
  }

  /// Another process over the same store, as far as this module is concerned.
  void Restart() {
    core_ = *CoreServices::Make({*store_, *vault_, options_, nullptr, nullptr, clock_});
    router_ = std::make_unique<http::Router>();
    AddCoreRoutes(*router_, *core_);
  }

  struct Call {
    http::Method method = http::Method::kGet;
    std::string path, body, token;
    std::vector<std::pair<std::string, std::string>> headers, query;
    bool secure = true;
    std::string address = "192.0.2.1";
  };

  /// What the gateway does, as far as it concerns who may do what.
  TestAnswer Ask(const Call& call) {
    http::Request request{call.method, call.path, call.query};
    request.body = call.body;
    request.secure = call.secure;
    request.address = call.address;
    if (!call.token.empty()) request.headers.Set("Authorization", "Bearer " + call.token);
    if (!call.body.empty()) request.headers.Set("Content-Type", "application/json");
    for (const auto& [name, value] : call.headers) request.headers.Set(name, value);
    http::Response response;
    const Status status = Serve(request, response);
    TestAnswer answer{status ? response.status : 0, "", "", {}, response.headers};
    if (!status) {
      answer.code = status.error().code.code;
      answer.message = status.error().message;
    } else if (!response.body.empty() && response.content_type == "application/json") {
      answer.body = boost::json::parse(response.body);
    } else if (response.stream) {
      answer.body = boost::json::string(Drain(*response.stream));
    }
    return answer;
  }
  TestAnswer Get(const std::string& path, const std::string& token) {
    return Ask({http::Method::kGet, path, "", token});
  }
  TestAnswer Post(const std::string& path, const std::string& body, const std::string& token = "") {
    return Ask({http::Method::kPost, path, body, token});
  }
  TestAnswer Patch(const std::string& path, const std::string& body, const std::string& token, const std::string& tag) {
    return Ask({http::Method::kPatch, path, body, token, {{"If-Match", tag}}});
  }
  TestAnswer Delete(const std::string& path, const std::string& token, const std::string& tag = "*") {
    return Ask({http::Method::kDelete, path, "", token, {{"If-Match", tag}}});
  }

  static constexpr const char* kPassword = "blue-Harvest-99-lamp";

  /// The first owner's access token.
  std::string SetUpOwner() {
    const std::string token = **core_->setup.NewToken();
    const TestAnswer answer =
        Post("/api/v1/auth/setup", R"({"token": ")" + token +
                                       R"(", "email": "olga@example.com", "name": "Olga", "password": ")" + kPassword +
                                       "\"}");
    EXPECT_EQ(answer.status, 200) << answer.message;
    return answer.Text("access_token");
  }
  TestAnswer LogIn(const std::string& email, const std::string& password = kPassword, const std::string& otp = "",
                   const std::string& address = "192.0.2.1") {
    const std::string code = otp.empty() ? "" : R"(, "otp": ")" + otp + "\"";
    return Ask({http::Method::kPost,
                "/api/v1/auth/login",
                R"({"email": ")" + email + R"(", "password": ")" + password + "\"" + code + "}",
                "",
                {},
                {},
                true,
                address});
  }
  /// Puts a user into the store; returns the id.
  std::string AddUser(const std::string& email, std::vector<std::string> roles, const std::string& tenant = "default") {
    UserRow user{NewId(), tenant, email, email.substr(0, email.find('@')), core_->hasher.Hash(kPassword), "active"};
    user.created_at = clock_.Now();
    user.roles = std::move(roles);
    EXPECT_TRUE(
        store_->Write(store::Scope::System(), [&](store::Session& session) { return InsertUser(session, user); }));
    return user.user_id;
  }
  void AddTenant(const std::string& id) {
    EXPECT_TRUE(
        Execute("INSERT INTO tenant (tenant_id, name, slug, plan, state, quotas, version, created_at) VALUES ('" + id +
                "', '" + id + "', '" + id + "', 'unlimited', 'active', '{}', 1, 1)"));
  }
  std::string TokenOf(const std::string& email) { return LogIn(email).Text("access_token"); }

  Status Execute(const std::string& sql) {
    return store_->Write(store::Scope::System(), [&](store::Session& session) -> Status {
      MIQ_TRY(session.Execute(sql));
      return {};
    });
  }
  std::string Select(const std::string& sql) {
    std::string text;
    EXPECT_TRUE(store_->Read(store::Scope::System(), [&](store::Session& session) -> Status {
      MIQ_ASSIGN(const store::Rows rows, session.Query(sql));
      if (!rows.empty()) text = rows[0].Text(0);
      return {};
    }));
    return text;
  }

  static bool HasServer() { return store::TestStore::Available(kTestEngine); }

  std::filesystem::path folder_;
  store::TestStore store_{HasServer() ? kTestEngine : store::Engine::kSqlite};
  TestClock clock_;
  CoreOptions options_;
  std::unique_ptr<secrets::Vault> vault_;
  std::unique_ptr<CoreServices> core_;
  std::unique_ptr<http::Router> router_;

 private:
  static std::string Drain(http::BodySource& source) {
    std::string all;
    for (auto piece = source.Next(); piece && !piece->empty(); piece = source.Next()) all += *piece;
    return all;
  }

  Status Serve(const http::Request& request, http::Response& response) {
    const http::Router::Match match = router_->Find(request.method, request.path);
    if (match.route == nullptr) return Fail(codes::kApiNotFound, "no route");
    MIQ_ASSIGN(const auto principal, core_->authenticator.Authenticate(request));
    const http::Route& route = *match.route;
    if (!principal && route.access != http::Access::kPublic) return Fail(codes::kApiUnauthenticated, "nobody");
    const http::Principal who = principal.value_or(http::Principal{});
    const auto require = [&](std::string_view permission, const std::string& project) -> Status {
      if (Holds(who.permissions, permission)) return {};
      if (!project.empty()) {
        MIQ_ASSIGN(const bool granted, core_->authenticator.HasGrant(who, permission, project));
        if (granted) return {};
      }
      return Fail(codes::kApiForbidden, std::string(permission));
    };
    http::Context context{request, who, match.path, "request-1", "trace-1", {}, response, {}, require};
    if (route.access == http::Access::kPermission) {
      const std::string project = route.project_parameter.empty() ? "" : match.path.at(route.project_parameter);
      MIQ_TRY(require(route.permission, project));
    }
    if (route.step_up && !who.stepped_up) return Fail(codes::kApiStepUp, "prove it");
    return route.handler(context);
  }
};

}  // namespace migrateiq::core
