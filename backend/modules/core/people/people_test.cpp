#include "modules/core/permission.hpp"

#include "modules/core/core_test_support.hpp"

namespace migrateiq::core {
namespace {

class PeopleTest : public CoreTest {
 protected:
  PeopleTest() {
    owner_ = SetUpOwner();
    admin_id_ = AddUser("adam@example.com", {"admin"});
    viewer_id_ = AddUser("vera@example.com", {"viewer"});
    admin_ = TokenOf("adam@example.com");
    viewer_ = TokenOf("vera@example.com");
    owner_id_ = Get("/api/v1/me", owner_).Text("user_id");
  }
  TestAnswer SetRoles(const std::string& user, const std::string& roles, const std::string& token) {
    return Patch("/api/v1/users/" + user, R"({"roles": )" + roles + "}", token, "*");
  }

  std::string owner_, admin_, viewer_, owner_id_, admin_id_, viewer_id_;
};

TEST_F(PeopleTest, RolesDecideWhoMayWhat) {
  EXPECT_EQ(Get("/api/v1/users", viewer_).status, 200);
  EXPECT_EQ(Post("/api/v1/users/" + admin_id_ + "/disable", "", viewer_).code, "MIQ-API-006");
  EXPECT_EQ(Patch("/api/v1/tenant", R"({"name": "x"})", admin_, "*").code, "MIQ-API-006");
  EXPECT_EQ(Patch("/api/v1/tenant", R"({"name": "x"})", owner_, "*").status, 200);
  EXPECT_EQ(Get("/api/v1/audit", viewer_).code, "MIQ-API-006");
}

TEST_F(PeopleTest, EveryRouteRefusesWhoLacksItsPermission) {
  AddUser("nil@example.com", {});
  const std::string nobody = TokenOf("nil@example.com");
  for (const auto& route : router_->routes()) {
    if (route->access == http::Access::kPublic) continue;
    const TestAnswer unsigned_answer = Ask({route->method, route->path, "", ""});
    EXPECT_EQ(unsigned_answer.code, "MIQ-API-005") << route->name;
    if (route->access == http::Access::kPermission) {
      EXPECT_EQ(Ask({route->method, route->path, "", nobody}).code, "MIQ-API-006") << route->name;
    }
  }
}

TEST_F(PeopleTest, EveryRouteNamesAPermissionThatExists) {
  for (const auto& route : router_->routes()) {
    const bool needs = route->access == http::Access::kPermission || route->access == http::Access::kInHandler;
    EXPECT_EQ(needs, IsPermission(route->permission)) << route->name;
  }
}

TEST_F(PeopleTest, NobodyGivesMoreThanTheyHave) {
  EXPECT_EQ(SetRoles(viewer_id_, R"(["owner"])", admin_).code, "MIQ-API-006");
  EXPECT_EQ(SetRoles(admin_id_, R"(["owner"])", admin_).code, "MIQ-API-006");
  EXPECT_EQ(SetRoles(owner_id_, R"(["viewer"])", admin_).code, "MIQ-API-006");
  EXPECT_EQ(Post("/api/v1/users/" + owner_id_ + "/disable", "", admin_).code, "MIQ-API-006");
  EXPECT_EQ(Post("/api/v1/users/" + owner_id_ + "/reset-link", "", admin_).code, "MIQ-API-006");
  EXPECT_EQ(Post("/api/v1/invitations", R"({"email": "x@y.z", "roles": ["owner"]})", admin_).code, "MIQ-API-006");
  EXPECT_EQ(Post("/api/v1/roles", R"({"name": "super", "permissions": ["tenant.write"]})", admin_).code, "MIQ-API-006");
  EXPECT_EQ(SetRoles(viewer_id_, R"(["engineer"])", admin_).status, 200);
}

TEST_F(PeopleTest, FieldsThatMayNotBeSetAreRefused) {
  for (const char* body : {R"({"state": "active"})", R"({"tenant_id": "x"})", R"({"user_id": "x"})",
                           R"({"password_hash": "x"})", R"({"version": 9})", R"({"email": "a@b.c"})"})
    EXPECT_EQ(Patch("/api/v1/users/" + viewer_id_, body, owner_, "*").code, "MIQ-API-002") << body;
  EXPECT_EQ(Patch("/api/v1/me", R"({"roles": ["owner"]})", viewer_, "*").code, "MIQ-API-002");
}

TEST_F(PeopleTest, TheLastOwnerStays) {
  EXPECT_EQ(SetRoles(owner_id_, R"(["admin"])", owner_).code, "MIQ-API-020");
  EXPECT_EQ(SetRoles(admin_id_, R"(["owner"])", owner_).status, 200);
  EXPECT_EQ(SetRoles(owner_id_, R"(["admin"])", owner_).status, 200);
  EXPECT_EQ(Post("/api/v1/users/" + viewer_id_ + "/disable", "", viewer_).code, "MIQ-API-006");
}

TEST_F(PeopleTest, ALostRoleStopsWorkingAtOnce) {
  const std::string key =
      Post("/api/v1/api-keys", R"({"name": "k", "permissions": ["users.read"]})", admin_).Text("key");
  EXPECT_EQ(Get("/api/v1/users", admin_).status, 200);
  EXPECT_EQ(Get("/api/v1/users", key).status, 200);
  ASSERT_EQ(SetRoles(admin_id_, "[]", owner_).status, 200);
  EXPECT_EQ(Get("/api/v1/users", admin_).code, "MIQ-API-006");
  EXPECT_EQ(Get("/api/v1/users", key).code, "MIQ-API-006");
}

/// What others read of somebody is stored with what they make; the log alone says the address.
TEST_F(PeopleTest, AnAddressStandsInTheAuditLogAlone) {
  const std::string key =
      Post("/api/v1/api-keys", R"({"name": "k", "permissions": ["users.read"]})", admin_).Text("key");
  for (const std::string& token : {admin_, key}) {
    http::Request request{http::Method::kGet, "/api/v1/users"};
    request.headers.Set("Authorization", "Bearer " + token);
    const http::Principal principal = **core_->authenticator.Authenticate(request);
    http::Response response;
    const http::Context context{request, principal, {}, "", "", {}, response, {}, {}};
    const Actor actor = ActorOf(context);
    EXPECT_FALSE(actor.name.empty());
    EXPECT_EQ(actor.name.find('@'), std::string::npos) << actor.name;
    EXPECT_EQ(principal.name, actor.name);
    EXPECT_EQ(actor.Entry("a.b", "a", "1").actor, actor.name + " <" + actor.email + ">");
    EXPECT_NE(actor.email.find('@'), std::string::npos) << actor.email;
  }
  EXPECT_EQ(Actor::System("t").Entry("a.b", "a", "1").actor, "system");
}

TEST_F(PeopleTest, ALostRoleStopsOpenWebSocketsToo) {
  const std::string key =
      Post("/api/v1/api-keys", R"({"name": "k", "permissions": ["users.read"]})", admin_).Text("key");
  std::vector<http::Principal> sockets;
  for (const std::string& token : {admin_, key}) {
    http::Request request{http::Method::kGet, "/api/v1/ws"};
    request.headers.Set("Authorization", "Bearer " + token);
    sockets.push_back(**core_->authenticator.Authenticate(request));
    EXPECT_TRUE(Holds(core_->authenticator.Renew(sockets.back())->permissions, "users.read"));
  }
  ASSERT_EQ(SetRoles(admin_id_, "[]", owner_).status, 200);
  for (const http::Principal& socket : sockets)
    EXPECT_FALSE(Holds(core_->authenticator.Renew(socket)->permissions, "users.read"));
}

TEST_F(PeopleTest, AnotherProcessLearnsOfALostRoleWithinASecond) {
  CoreServices other({*store_, *vault_, options_, nullptr, nullptr, clock_});
  http::Request request{http::Method::kGet, "/api/v1/users"};
  request.headers.Set("Authorization", "Bearer " + admin_);
  ASSERT_TRUE(Holds((*other.authenticator.Authenticate(request))->permissions, "users.read"));
  ASSERT_EQ(SetRoles(admin_id_, "[]", owner_).status, 200);
  clock_.Advance(kSecond);
  EXPECT_FALSE(Holds((*other.authenticator.Authenticate(request))->permissions, "users.read"));
  ASSERT_EQ(Post("/api/v1/users/" + admin_id_ + "/disable", "", owner_).status, 200);
  clock_.Advance(kSecond);
  EXPECT_FALSE(other.authenticator.Authenticate(request));
}

TEST_F(PeopleTest, DisablingEndsSessionsAndKeysAtOnce) {
  const std::string key =
      Post("/api/v1/api-keys", R"({"name": "k", "permissions": ["users.read"]})", admin_).Text("key");
  http::Principal socket;
  socket.tenant_id = "default";
  socket.session_id = Select("SELECT session_id FROM user_session WHERE user_id = '" + admin_id_ + "'");
  EXPECT_TRUE(core_->authenticator.Renew(socket));
  EXPECT_EQ(Post("/api/v1/users/" + admin_id_ + "/disable", "", owner_).Text("state"), "disabled");
  EXPECT_FALSE(core_->authenticator.Renew(socket));
  EXPECT_EQ(Get("/api/v1/me", admin_).code, "MIQ-API-005");
  EXPECT_EQ(Get("/api/v1/users", key).code, "MIQ-API-005");
  EXPECT_EQ(LogIn("adam@example.com").code, "MIQ-AUTH-001");
  EXPECT_EQ(Post("/api/v1/users/" + admin_id_ + "/enable", "", owner_).status, 200);
  EXPECT_EQ(Get("/api/v1/me", admin_).code, "MIQ-API-005");  // the old session stays ended
  EXPECT_EQ(LogIn("adam@example.com").status, 200);
}

TEST_F(PeopleTest, WhatBelongsToOtherTenantsDoesNotExist) {
  AddTenant("other");
  const std::string foreign = AddUser("eve@other.example", {"owner"}, "other");
  const std::string eve = TokenOf("eve@other.example");
  for (const std::string& path : {"/api/v1/users/" + viewer_id_, std::string("/api/v1/tenants/default")})
    EXPECT_NE(Get(path, eve).status, 200) << path;
  EXPECT_EQ(Get("/api/v1/users/" + viewer_id_, eve).code, "MIQ-API-003");
  EXPECT_EQ(Patch("/api/v1/users/" + viewer_id_, "{}", eve, "*").code, "MIQ-API-003");
  EXPECT_EQ(Post("/api/v1/users/" + viewer_id_ + "/disable", "", eve).code, "MIQ-API-003");
  EXPECT_EQ(Get("/api/v1/users/" + foreign, owner_).code, "MIQ-API-003");
  EXPECT_EQ(Get("/api/v1/users", eve).body.at("items").as_array().size(), 1u);
  const std::string role = Post("/api/v1/roles", R"({"name": "r", "permissions": []})", owner_).Text("role_id");
  EXPECT_EQ(Get("/api/v1/roles/" + role, eve).code, "MIQ-API-003");
  EXPECT_EQ(SetRoles(foreign, "[\"" + role + "\"]", eve).code, "MIQ-API-002");
  const std::string key = Post("/api/v1/api-keys", R"({"name": "k", "permissions": []})", owner_)
                              .body.at("api_key")
                              .at("key_id")
                              .as_string()
                              .c_str();
  EXPECT_EQ(Delete("/api/v1/api-keys/" + key, eve).code, "MIQ-API-003");
  const std::string team = Post("/api/v1/teams", R"({"name": "t"})", owner_).Text("team_id");
  EXPECT_EQ(Post("/api/v1/teams/" + team + "/members", R"({"user_id": ")" + foreign + "\"}", owner_).code,
            "MIQ-API-003");
  EXPECT_EQ(Get("/api/v1/teams/" + team, eve).code, "MIQ-API-003");
}

TEST_F(PeopleTest, OnlyOperatorsManageTenants) {
  AddTenant("other");
  AddUser("eve@other.example", {"owner"}, "other");
  const std::string eve = TokenOf("eve@other.example");
  const char* wanted = R"({"name": "N", "slug": "n", "plan": "free", "owner_email": "n@n.example"})";
  EXPECT_EQ(Get("/api/v1/tenants", eve).code, "MIQ-API-006");
  EXPECT_EQ(Post("/api/v1/tenants", wanted, eve).code, "MIQ-API-006");
  EXPECT_EQ(Post("/api/v1/tenants", wanted, admin_).code, "MIQ-API-006");
  const TestAnswer made = Post("/api/v1/tenants", wanted, owner_);
  ASSERT_EQ(made.status, 201) << made.message;
  EXPECT_EQ(Post("/api/v1/tenants", wanted, owner_).code, "MIQ-API-011");
  const std::string link = made.Text("invitation_link");
  EXPECT_EQ(Post("/api/v1/auth/invitations/accept", R"({"token": ")" + link.substr(link.find("token=") + 6) +
                                                        R"(", "name": "Nora", "password": ")" + kPassword + "\"}")
                .status,
            204);
  const std::string nora = TokenOf("n@n.example");
  EXPECT_EQ(Get("/api/v1/tenant", nora).Text("name"), "N");
  const std::string id(made.body.at("tenant").at("tenant_id").as_string());
  EXPECT_EQ(Patch("/api/v1/tenants/" + id, R"({"state": "suspended"})", owner_, "*").status, 200);
  EXPECT_EQ(Get("/api/v1/me", nora).code, "MIQ-API-005");
}

TEST_F(PeopleTest, QuotasHold) {
  ASSERT_TRUE(Execute("UPDATE tenant SET plan = 'free'"));
  EXPECT_EQ(Post("/api/v1/invitations", R"({"email": "x@y.z", "roles": []})", owner_).code, "MIQ-API-019");
  EXPECT_EQ(Patch("/api/v1/tenants/default", R"({"quotas": {"users": 4}})", owner_, "*").status, 200);
  EXPECT_EQ(Post("/api/v1/invitations", R"({"email": "x@y.z", "roles": []})", owner_).status, 201);
  EXPECT_EQ(Patch("/api/v1/tenants/default", R"({"quotas": {"usres": 4}})", owner_, "*").code, "MIQ-API-002");
}

TEST_F(PeopleTest, InvitationsWorkOnceForAWeek) {
  const TestAnswer made = Post("/api/v1/invitations", R"({"email": "ian@example.com", "roles": ["viewer"]})", admin_);
  ASSERT_EQ(made.status, 201);
  const std::string link = made.Text("link");
  const std::string body = R"({"token": ")" + link.substr(link.find("token=") + 6) +
                           R"(", "name": "Ian", "password": ")" + kPassword + "\"}";
  EXPECT_EQ(Post("/api/v1/auth/invitations/accept", body).status, 204);
  EXPECT_EQ(Post("/api/v1/auth/invitations/accept", body).code, "MIQ-AUTH-003");
  EXPECT_EQ(Get("/api/v1/users", TokenOf("ian@example.com")).status, 200);
  for (const bool revoked : {true, false}) {
    const TestAnswer next = Post("/api/v1/invitations", R"({"email": "jan@example.com", "roles": ["viewer"]})", admin_);
    const std::string id(next.body.at("invitation").at("invitation_id").as_string());
    if (revoked)
      EXPECT_EQ(Delete("/api/v1/invitations/" + id, admin_).status, 204);
    else
      clock_.Advance(7 * kDay);
    const std::string token = next.Text("link").substr(next.Text("link").find("token=") + 6);
    EXPECT_EQ(core_->invitations.Accept(token, "Jan", kPassword, {}).error().code.code, "MIQ-AUTH-003");
  }
}

TEST_F(PeopleTest, ChangesNeedTheirVersion) {
  const std::string path = "/api/v1/users/" + viewer_id_;
  const std::string tag = Get(path, owner_).Tag();
  EXPECT_EQ(tag, "\"v1\"");
  EXPECT_EQ(Ask({http::Method::kPatch, path, R"({"name": "V"})", owner_}).code, "MIQ-API-010");
  EXPECT_EQ(Patch(path, R"({"name": "V"})", owner_, tag).Tag(), "\"v2\"");
  EXPECT_EQ(Patch(path, R"({"name": "W"})", owner_, tag).code, "MIQ-API-009");
  EXPECT_EQ(Get(path, owner_).Text("name"), "V");
}

TEST_F(PeopleTest, RolesOfOnesOwn) {
  const TestAnswer made =
      Post("/api/v1/roles", R"({"name": "reader", "permissions": ["audit.read", "users.read"]})", admin_);
  EXPECT_EQ(made.code, "");
  const std::string role = made.Text("role_id");
  EXPECT_EQ(Post("/api/v1/roles", R"({"name": "reader", "permissions": []})", admin_).code, "MIQ-API-011");
  EXPECT_EQ(Post("/api/v1/roles", R"({"name": "owner", "permissions": []})", admin_).code, "MIQ-API-011");
  EXPECT_EQ(Post("/api/v1/roles", R"({"name": "x", "permissions": ["users.raed"]})", admin_).code, "MIQ-API-002");
  EXPECT_EQ(SetRoles(viewer_id_, "[\"" + role + "\"]", admin_).status, 200);
  EXPECT_EQ(Get("/api/v1/audit", viewer_).status, 200);
  EXPECT_EQ(Patch("/api/v1/roles/" + role, R"({"permissions": ["users.read"]})", admin_, made.Tag()).status, 200);
  EXPECT_EQ(Get("/api/v1/audit", viewer_).code, "MIQ-API-006");
  EXPECT_EQ(Patch("/api/v1/roles/viewer", R"({"permissions": []})", owner_, "*").code, "MIQ-API-020");
  EXPECT_EQ(Delete("/api/v1/roles/" + role, admin_).status, 204);
  EXPECT_EQ(Get("/api/v1/users", viewer_).code, "MIQ-API-006");
}

TEST_F(PeopleTest, GrantsOpenOneProject) {
  http::Principal vera;
  vera.tenant_id = "default";
  vera.user_id = viewer_id_;
  const auto may = [&](const char* permission, const char* project) {
    return *core_->authenticator.HasGrant(vera, permission, project);
  };
  EXPECT_FALSE(may("projects.write", "p1"));
  const std::string body =
      R"({"project_id": "p1", "subject_kind": "user", "subject_id": ")" + viewer_id_ + R"(", "role_id": "engineer"})";
  const TestAnswer grant = Post("/api/v1/grants", body, admin_);
  ASSERT_EQ(grant.status, 201);
  EXPECT_EQ(Post("/api/v1/grants", body, admin_).Text("grant_id"), grant.Text("grant_id"));
  EXPECT_TRUE(may("projects.write", "p1"));
  EXPECT_FALSE(may("projects.write", "p2"));
  EXPECT_FALSE(may("connections.write", "p1"));  // not one that can be granted in a project
  EXPECT_EQ(Delete("/api/v1/grants/" + grant.Text("grant_id"), admin_).status, 204);
  EXPECT_FALSE(may("projects.write", "p1"));
}

TEST_F(PeopleTest, TeamsShareGrants) {
  const std::string team = Post("/api/v1/teams", R"({"name": "movers"})", admin_).Text("team_id");
  EXPECT_EQ(Post("/api/v1/teams", R"({"name": "movers"})", admin_).code, "MIQ-API-011");
  const std::string path = "/api/v1/teams/" + team + "/members";
  ASSERT_EQ(
      Post("/api/v1/grants",
           R"({"project_id": "p1", "subject_kind": "team", "subject_id": ")" + team + R"(", "role_id": "operator"})",
           admin_)
          .status,
      201);
  http::Principal vera;
  vera.tenant_id = "default";
  vera.user_id = viewer_id_;
  EXPECT_FALSE(*core_->authenticator.HasGrant(vera, "runs.start", "p1"));
  EXPECT_EQ(Post(path, R"({"user_id": ")" + viewer_id_ + "\"}", admin_).status, 201);
  EXPECT_TRUE(*core_->authenticator.HasGrant(vera, "runs.start", "p1"));
  EXPECT_EQ(Get(path, viewer_).body.at("items").as_array().size(), 1u);
  EXPECT_EQ(Delete(path + "/" + viewer_id_, admin_).status, 204);
  EXPECT_FALSE(*core_->authenticator.HasGrant(vera, "runs.start", "p1"));
  EXPECT_EQ(Delete("/api/v1/teams/" + team, admin_).status, 204);
}

TEST_F(PeopleTest, ApiKeysDoWhatTheyWereMadeFor) {
  const TestAnswer made =
      Post("/api/v1/api-keys", R"({"name": "ci", "permissions": ["users.read"], "expires_at": "2027-01-20T00:00:00Z"})",
           owner_);
  ASSERT_EQ(made.status, 201) << made.message;
  const std::string key = made.Text("key");
  EXPECT_EQ(key.find("miq_"), 0u);
  EXPECT_EQ(Get("/api/v1/users", key).status, 200);
  EXPECT_EQ(Get("/api/v1/audit", key).code, "MIQ-API-006");
  EXPECT_EQ(Post("/api/v1/users/" + viewer_id_ + "/reset-link", "", key).code, "MIQ-API-006");
  for (const std::string& wrong :
       {key + "x", key.substr(0, key.size() - 1), std::string("miq_"), std::string("miq_x_y"), std::string("miq__")})
    EXPECT_EQ(Get("/api/v1/users", wrong).code, "MIQ-API-005") << wrong;
  EXPECT_EQ(Select("SELECT COUNT(*) FROM api_key WHERE secret_hash LIKE '%" + key.substr(key.rfind('_') + 1) + "%'"),
            "0");
  EXPECT_NE(Select("SELECT last_used_at FROM api_key"), "");
  clock_.now = *ParseTime("2027-01-20T00:00:00Z");
  EXPECT_EQ(Get("/api/v1/users", key).code, "MIQ-API-005");
}

TEST_F(PeopleTest, ApiKeysNeverCountAsARecentProof) {
  const std::string key =
      Post("/api/v1/api-keys", R"({"name": "k", "permissions": ["users.write", "keys.write", "audit.read"]})", owner_)
          .Text("key");
  EXPECT_EQ(Post("/api/v1/users/" + viewer_id_ + "/reset-link", "", key).code, "MIQ-API-008");
  EXPECT_EQ(Post("/api/v1/api-keys", R"({"name": "k2", "permissions": []})", key).code, "MIQ-API-008");
  EXPECT_EQ(Get("/api/v1/audit/export", key).code, "MIQ-API-008");
  EXPECT_EQ(Post("/api/v1/auth/step-up", std::string(R"({"password": ")") + kPassword + "\"}", key).code,
            "MIQ-API-020");
}

TEST_F(PeopleTest, ApiKeysCanBeRevokedAndLimited) {
  EXPECT_EQ(Post("/api/v1/api-keys", R"({"name": "k", "permissions": ["tenant.write"]})", admin_).code, "MIQ-API-006");
  const TestAnswer made = Post("/api/v1/api-keys", R"({"name": "k", "permissions": ["users.read"]})", admin_);
  const std::string key = made.Text("key");
  EXPECT_EQ(Get("/api/v1/users", key).status, 200);
  EXPECT_EQ(Delete("/api/v1/api-keys/" + std::string(made.body.at("api_key").at("key_id").as_string()), owner_).status,
            204);
  EXPECT_EQ(Get("/api/v1/users", key).code, "MIQ-API-005");
}

TEST_F(PeopleTest, ListsGoByPages) {
  for (int i = 0; i < 7; ++i) AddUser("u" + std::to_string(i) + "@example.com", {"viewer"});
  std::set<std::string> seen;
  std::string cursor;
  int pages = 0;
  do {
    Call call{http::Method::kGet, "/api/v1/users", "", owner_};
    call.query = {{"limit", "3"}};
    if (!cursor.empty()) call.query.emplace_back("cursor", cursor);
    const TestAnswer page = Ask(call);
    for (const auto& user : page.body.at("items").as_array()) seen.emplace(user.at("user_id").as_string());
    cursor = page.body.as_object().contains("next") ? page.Text("next") : "";
    ++pages;
  } while (!cursor.empty());
  EXPECT_EQ(seen.size(), 10u);
  EXPECT_EQ(pages, 4);
  for (const char* wrong : {"x", "W10", "WyJhIiwiYiJd", "WyIxIiwiAAAiXQ"}) {
    Call call{http::Method::kGet, "/api/v1/users", "", owner_};
    call.query = {{"cursor", wrong}};
    EXPECT_EQ(Ask(call).code, "MIQ-API-017") << wrong;
  }
}

TEST_F(PeopleTest, ATenantHasAsManyKeysAsItsPlanAllows) {
  ASSERT_TRUE(Execute("UPDATE tenant SET plan = 'free'"));
  const auto make = [&] { return Post("/api/v1/api-keys", R"({"name": "k", "permissions": []})", owner_); };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(make().status, 201);
  EXPECT_EQ(make().code, "MIQ-API-019");
}

}  // namespace
}  // namespace migrateiq::core
