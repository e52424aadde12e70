#pragma once

#include "base/errors/api.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/server.hpp"
#include "modules/projects/projects_test_support.hpp"
#include "platform/http/document.hpp"

/// What holds over SQLite and PostgreSQL alike: projects, team, connections.
namespace migrateiq::projects {

namespace json = boost::json;

TEST_P(ProjectsCases, AProjectLivesThroughItsStates) {
  const std::string id = MakeProject(ada_, "Shop to CRM");
  Answered project = Get(ada_, "projects/" + id);
  EXPECT_EQ(project.Text("state"), "draft");
  EXPECT_EQ(project.Tag(), "\"v1\"");
  EXPECT_EQ(Post(ada_, "projects/" + id + "/state", {{"state", "migrating"}}).code, codes::kApiState.code);
  for (const char* state : {"analysing", "mapping", "rehearsing", "ready", "migrating", "done", "archived"}) {
    project = Post(ada_, "projects/" + id + "/state", {{"state", state}}, {}, project.Tag());
    ASSERT_EQ(project.status, 200) << state << project;
  }
  EXPECT_EQ(Patch(ada_, "projects/" + id, {{"name", "Other"}}, "*").code, codes::kApiState.code) << "archived";
  const http::Principal engineer = WithRole(bob_, "engineer");
  EXPECT_EQ(Post(engineer, "projects/" + id + "/state", {{"state", "done"}}).code, codes::kApiForbidden.code);
  EXPECT_EQ(Delete(ada_, "projects/" + id).status, 204);
  EXPECT_EQ(Get(ada_, "projects/" + id).code, codes::kApiNotFound.code);
  EXPECT_GE(EventsOf("project:" + id, "project.changed"), 8U);
}

TEST_P(ProjectsCases, OnlyTheNewestVersionCanBeChanged) {
  const std::string path = "projects/" + MakeProject(ada_, "One");
  EXPECT_EQ(Ask(ada_, {http::Method::kPatch, path, R"({"name": "Two"})"}).code, codes::kApiPrecondition.code);
  EXPECT_EQ(Patch(ada_, path, {{"name", "Two"}}, "\"v1\"").Tag(), "\"v2\"");
  EXPECT_EQ(Patch(ada_, path, {{"name", "Three"}}, "\"v1\"").code, codes::kApiStale.code);
  EXPECT_EQ(Delete(ada_, path, "\"v1\"").code, codes::kApiStale.code);
  EXPECT_EQ(Get(ada_, path).Text("name"), "Two");
  MakeProject(ada_, "Four");
  EXPECT_EQ(Patch(ada_, path, {{"name", "Four"}}, "\"v2\"").code, codes::kApiConflict.code);
}

TEST_P(ProjectsCases, ListsArePagedAndFiltered) {
  for (const char* name : {"A", "B", "C", "D", "E"}) MakeProject(ada_, name);
  Answered page = Get(ada_, "projects", {{"limit", "2"}});
  ASSERT_EQ(page["items"].as_array().size(), 2U) << page;
  EXPECT_EQ(page["items"].at(0).at("name").as_string(), "E");
  std::string names;
  for (int turn = 0; turn < 5; ++turn) {
    for (const auto& item : page["items"].as_array()) names += item.at("name").as_string();
    if (!page.body.as_object().contains("next")) break;
    page = Get(ada_, "projects", {{"limit", "2"}, {"cursor", page.Text("next")}});
  }
  EXPECT_EQ(names, "EDCBA");
  EXPECT_EQ(Get(ada_, "projects", {{"search", "c"}})["items"].as_array().size(), 1U);
  EXPECT_EQ(Get(ada_, "projects", {{"state", "done"}})["items"].as_array().size(), 0U);
  EXPECT_EQ(Get(ada_, "projects", {{"cursor", "!!"}}).code, codes::kApiCursor.code);
}

TEST_P(ProjectsCases, MembersSeeTheirProjectsOnly) {
  const std::string first = MakeProject(ada_, "First"), second = MakeProject(ada_, "Second");
  EXPECT_EQ(Get(bob_, "projects/" + first).code, codes::kApiForbidden.code);
  EXPECT_EQ(Get(bob_, "projects")["items"].as_array().size(), 0U);
  const Answered member =
      Post(ada_, "projects/" + first + "/members", {{"subject_id", bob_.user_id}, {"role", "engineer"}});
  ASSERT_EQ(member.status, 201) << member;
  EXPECT_EQ(member.Text("name"), "bob");
  EXPECT_EQ(Get(bob_, "projects/" + first).status, 200);
  EXPECT_EQ(Get(bob_, "projects/" + second).code, codes::kApiForbidden.code);
  EXPECT_EQ(Get(bob_, "projects")["items"].as_array().size(), 1U);
  EXPECT_EQ(Get(ada_, "projects/" + first + "/members")["items"].as_array().size(), 1U);
  EXPECT_EQ(EventsOf("project:" + first, "member.changed"), 1U);
  EXPECT_TRUE(Post(ada_, "projects/" + first + "/members", {{"subject_id", bob_.user_id}, {"role", "engineer"}}).ok());
  EXPECT_EQ(Get(ada_, "projects/" + first + "/members")["items"].as_array().size(), 1U) << "twice is once";
  EXPECT_EQ(Post(ada_, "projects/" + first + "/members", {{"subject_id", eve_.user_id}, {"role", "viewer"}}).code,
            codes::kApiField.code)
      << "of another tenant";
  EXPECT_EQ(Delete(ada_, "projects/" + first + "/members/" + member.Text("grant_id")).status, 204);
  EXPECT_EQ(Get(bob_, "projects/" + first).code, codes::kApiForbidden.code);
}

TEST_P(ProjectsCases, ThePlanOfTheTenantLimitsWhatItHas) {
  Run("UPDATE tenant SET plan = 'free' WHERE tenant_id = 'alpha'");
  for (const char* name : {"A", "B", "C"}) MakeProject(ada_, name);
  EXPECT_EQ(Post(ada_, "projects", {{"name", "D"}}).code, codes::kApiQuota.code);
  for (const char* name : {"a", "b", "c", "d", "e", "f"}) Connect(ada_, name, "assert:");
  EXPECT_EQ(Post(ada_, "connections", {{"name", "g"}, {"url", "assert:"}}).code, codes::kApiQuota.code);
  MakeProject(eve_, "Hers");
}

TEST_P(ProjectsCases, EveryRouteIsDocumentedAndGuarded) {
  const json::value document = router_->OpenApi("test");
  const std::vector<std::string> faults = http::LintOpenApi(document);
  EXPECT_TRUE(faults.empty()) << faults.front();
  for (const auto& route : router_->routes()) {
    EXPECT_TRUE(core::IsPermission(route->permission)) << route->path;
    EXPECT_TRUE(route->access == http::Access::kPermission || route->access == http::Access::kInHandler) << route->path;
    const bool changes = route->method == http::Method::kPatch || route->method == http::Method::kPut;
    EXPECT_TRUE(!changes || route->raw_body || route->conditional) << route->path;
  }
}

TEST_P(ProjectsCases, NobodyGrantsMoreThanTheyHave) {
  const std::string project = MakeProject(ada_, "First");
  http::Principal manager = bob_;
  manager.permissions = {"projects.admin", "projects.read"};
  const auto add = [&](const char* role) {
    return Post(manager, "projects/" + project + "/members", {{"subject_id", ada_.user_id}, {"role", role}});
  };
  EXPECT_EQ(add("owner").code, codes::kApiForbidden.code);
  EXPECT_EQ(add("nonsense").code, codes::kApiField.code);
  manager.permissions = ada_.permissions;
  EXPECT_EQ(add("owner").status, 201);
}

TEST_P(ProjectsCases, CommentsMakeThreads) {
  const std::string project = MakeProject(ada_, "First"), path = "projects/" + project + "/comments";
  const Answered first = Post(ada_, path, {{"text", "Why =2+3?"}, {"field", "/mappings/customers"}});
  ASSERT_EQ(first.status, 201) << first;
  const Answered answer =
      Post(WithRole(bob_, "engineer"), path, {{"text", "Because."}, {"parent_id", first.Text("comment_id")}});
  ASSERT_EQ(answer.status, 201) << answer;
  EXPECT_EQ(answer.Text("field"), "/mappings/customers");
  EXPECT_EQ(Get(ada_, path, {{"parent_id", first.Text("comment_id")}})["items"].as_array().size(), 2U);
  const std::string own = path + "/" + first.Text("comment_id");
  EXPECT_EQ(Patch(WithRole(bob_, "engineer"), own, {{"text", "x"}}, "*").code, codes::kApiForbidden.code);
  EXPECT_EQ(Patch(ada_, own, {{"text", "=1+1"}}, "\"v1\"").Tag(), "\"v2\"");
  EXPECT_EQ(Patch(ada_, own, {{"text", "late"}}, "\"v1\"").code, codes::kApiStale.code);
  const Answered csv = Get(ada_, path + "/export");
  EXPECT_NE(csv.text.find("'=1+1"), std::string::npos) << csv.text;
  EXPECT_EQ(Delete(ada_, own, "\"v2\"").status, 204);
  EXPECT_EQ(Get(ada_, own)["deleted"], true);
  EXPECT_EQ(Get(ada_, own).Text("text"), "");
  EXPECT_EQ(EventsOf("project:" + project, "comment.created"), 2U);
  EXPECT_EQ(Post(ada_, path, {{"text", "x"}, {"plan_id", NewId()}}).code, codes::kApiField.code);
}

TEST_P(ProjectsCases, ThreadsAreResolvedAndReopenedByWhoeverMayComment) {
  const std::string project = MakeProject(ada_, "First"), path = "projects/" + project + "/comments";
  const std::string first = Post(ada_, path, {{"text", "Lower case?"}}).Text("comment_id");
  const std::string answer = Post(ada_, path, {{"text", "Yes."}, {"parent_id", first}}).Text("comment_id");
  const http::Principal bob = WithRole(bob_, "engineer");
  const Answered resolved = Patch(bob, path + "/" + first, {{"resolved", true}}, "\"v1\"");
  ASSERT_TRUE(resolved.ok()) << resolved;
  EXPECT_EQ(resolved.Text("resolved_by_name"), "bob");
  EXPECT_TRUE(resolved["resolved_at"].is_string());
  EXPECT_EQ(resolved.Text("text"), "Lower case?") << "as it was";
  EXPECT_EQ(Patch(bob, path + "/" + first, {{"resolved", false}}, "\"v1\"").code, codes::kApiStale.code);
  EXPECT_EQ(Patch(bob, path + "/" + first, {{"resolved", true}}, "\"v2\"").Tag(), "\"v2\"") << "nothing to do";
  const Answered reopened = Patch(ada_, path + "/" + first, {{"resolved", false}}, "\"v2\"");
  EXPECT_EQ(reopened.body.as_object().count("resolved_at"), 0U) << reopened;
  EXPECT_EQ(Count("SELECT COUNT(*) FROM audit_entry WHERE action IN ('comment.resolved', 'comment.reopened')"), 2);
  EXPECT_EQ(Patch(ada_, path + "/" + answer, {{"resolved", true}}, "*").code, codes::kApiField.code);
  EXPECT_EQ(Patch(ada_, path + "/" + first, json::object{}, "*").code, codes::kApiField.code);
  EXPECT_EQ(EventsOf("project:" + project, "comment.changed"), 3U);
}

TEST_P(ProjectsCases, WhoIsMentionedIsToldOnce) {
  const std::string project = MakeProject(ada_, "First"), path = "projects/" + project + "/comments";
  const auto notices = [&] { return Count("SELECT COUNT(*) FROM notice WHERE event = 'comment.mention'"); };
  const json::array both = {bob_.user_id, bob_.user_id};
  const Answered refused = Post(ada_, path, {{"text", "@bob"}, {"mentions", both}});
  EXPECT_EQ(refused.code, codes::kApiField.code) << "bob may not see the project";
  EXPECT_EQ(Post(ada_, path, {{"text", "@eve"}, {"mentions", {eve_.user_id}}}).code, codes::kApiField.code);
  EXPECT_TRUE(Get(ada_, "projects/" + project + "/people")["items"].as_array().empty());
  ASSERT_EQ(Post(ada_, "projects/" + project + "/members", {{"subject_id", bob_.user_id}, {"role", "viewer"}}).status,
            201);
  const Answered people = Get(ada_, "projects/" + project + "/people");
  EXPECT_EQ(people["items"].as_array().size(), 1U) << people;
  const Answered first = Post(ada_, path, {{"text", "@bob look"}, {"field", "/a b"}, {"mentions", both}});
  ASSERT_EQ(first.status, 201) << first;
  ASSERT_EQ(first["mentions"].as_array().size(), 1U);
  EXPECT_EQ(first["mentions"].at(0).at("name"), "bob");
  EXPECT_EQ(notices(), 1);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM notice WHERE link = '/projects/" + project + "?comments=%2fa%20b'"), 1);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM notice WHERE title = 'ada mentioned bob in First'"), 1);
  const std::string own = path + "/" + first.Text("comment_id");
  const json::array bob = {bob_.user_id};
  EXPECT_TRUE(Patch(ada_, own, {{"text", "@bob look again"}, {"mentions", bob}}, "*").ok());
  EXPECT_TRUE(Patch(ada_, own, {{"resolved", true}}, "*").ok());
  EXPECT_EQ(notices(), 1) << "he was told already";
  EXPECT_TRUE(Get(ada_, own)["mentions"].as_array().size() == 1) << "resolving leaves them";
  EXPECT_EQ(Patch(ada_, own, {{"mentions", bob}}, "*").code, codes::kApiField.code);
  EXPECT_TRUE(Patch(ada_, own, {{"text", "nobody"}}, "*").ok());
  EXPECT_TRUE(Get(ada_, own)["mentions"].as_array().empty());
  const http::Principal himself = WithRole(bob_, "engineer");
  EXPECT_EQ(Post(himself, path, {{"text", "@bob"}, {"mentions", bob}}).status, 201);
  EXPECT_EQ(notices(), 1) << "nobody is told of their own words";
}

TEST_P(ProjectsCases, AProjectTellsWhatItsCallerMayDoInIt) {
  const std::string project = MakeProject(ada_, "First"), path = "projects/" + project;
  http::Principal reader = bob_;
  reader.permissions = {"connections.read", "projects.read"};
  EXPECT_EQ(Get(reader, path)["permissions"], json::array{"projects.read"}) << "of the tenant, what concerns projects";
  const std::string other = MakeProject(ada_, "Second");
  ASSERT_EQ(Post(ada_, path + "/members", {{"subject_id", bob_.user_id}, {"role", "operator"}}).status, 201);
  const Answered granted = Get(reader, path);
  const auto may = [&](const char* name) {
    return json::serialize(granted["permissions"]).find(name) != std::string::npos;
  };
  EXPECT_TRUE(may("\"projects.comment\"") && may("\"runs.start\"")) << granted;
  EXPECT_FALSE(may("\"projects.write\"") || may("\"connections.write\"")) << granted;
  EXPECT_EQ(Get(reader, "projects/" + other)["permissions"], json::array{"projects.read"});
  EXPECT_EQ(Get(reader, "projects")["items"].at(0).as_object().count("permissions"), 0U);
}

TEST_P(ProjectsCases, PresenceIsWhatTheBusSaidLately) {
  const std::string project = MakeProject(ada_, "First");
  const auto say = [&](const char* subject, const char* data) {
    ASSERT_TRUE(bus_->Publish(
        {.topic = "project:" + project, .type = std::string("presence:") + subject, .data = data, .ephemeral = true}));
  };
  say("u1", R"({"user_id": "u1", "name": "Ada", "state": {"plan": "p"}})");
  say("u2", R"({"user_id": "u2", "name": "Bob", "state": {}})");
  EXPECT_EQ(Get(ada_, "projects/" + project + "/presence")["items"].as_array().size(), 2U);
  say("u2", R"({"user_id": "u2", "name": "Bob", "state": null})");
  clock_.now += 20 * kSecond;
  EXPECT_EQ(Get(ada_, "projects/" + project + "/presence")["items"].as_array().size(), 1U);
  clock_.now += 11 * kSecond;
  EXPECT_EQ(Get(ada_, "projects/" + project + "/presence")["items"].as_array().size(), 0U);
  EXPECT_EQ(Get(eve_, "projects/" + project + "/presence").code, codes::kApiNotFound.code);
}

TEST_P(ProjectsCases, SecretsOfConnectionsAreNeverTold) {
  const std::string url = std::string("postgresql://app:") + kPassword + "@127.0.0.1:1/crm?sslmode=disable";
  const std::string id = Connect(ada_, "crm", url, true), path = "connections/" + id;
  const Answered view = Get(ada_, path);
  EXPECT_EQ(view.Text("url"), "postgresql://app:***@127.0.0.1:1/crm?sslmode=disable");
  EXPECT_EQ(view["production"], true);
  EXPECT_EQ(view.Text("kind"), "postgres");
  EXPECT_EQ(Get(ada_, "connections")["items"].as_array().size(), 1U);
  const Answered test = Post(ada_, path + "/test", json::object{});
  ASSERT_EQ(test.status, 200) << test;
  EXPECT_EQ(test["ok"], false);
  EXPECT_EQ(Get(ada_, path)["test_ok"], false);
  const Answered refused = Post(ada_, "connections", {{"name", "two"}, {"url", url}}, {{"test", "true"}});
  EXPECT_EQ(refused.code.substr(0, 8), "MIQ-CONN") << refused;
  EXPECT_EQ(Get(ada_, "connections")["items"].as_array().size(), 1U);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM audit_entry WHERE details LIKE '%" + std::string(kPassword) + "%'"), 0);
  const std::string sealed = IsPostgres() ? "encode(sealed_url, 'escape')" : "CAST(sealed_url AS TEXT)";
  EXPECT_EQ(Count("SELECT COUNT(*) FROM connection WHERE " + sealed + " LIKE '%" + kPassword + "%'"), 0);
}

TEST_P(ProjectsCases, AStoredPasswordStaysWhereItBelongs) {
  const std::string before = std::string("mysql://app:") + kPassword + "@127.0.0.1/crm";
  const std::string id = Connect(ada_, "crm", before), path = "connections/" + id;
  EXPECT_EQ(Patch(ada_, path, {{"url", "mysql://app:***@127.0.0.1/other"}}, "\"v1\"").status, 200);
  EXPECT_EQ(Patch(ada_, path, {{"url", "mysql://app:***@127.0.0.2/other"}}, "\"v2\"").code, codes::kConnectionForm.code)
      << "it would be sent to another host";
  const auto row = services_->connections.Get("alpha", id);
  const auto opened = services_->connections.Open("alpha", *row, ConnectionUse::kSource);
  ASSERT_TRUE(opened) << opened.error().ToString();
  EXPECT_NE(opened->find(kPassword), std::string::npos);
  EXPECT_NE(opened->find("hostaddr=127.0.0.1"), std::string::npos) << "pinned";
  EXPECT_EQ(Patch(ada_, path, {{"url", before}}, "\"v1\"").code, codes::kApiStale.code);
  EXPECT_EQ(Patch(ada_, path, {{"name", "a/b"}}, "\"v2\"").code, codes::kApiField.code);
}

TEST_P(ProjectsCases, TheMarkOfProductionIsTakenAwayByWhoMayApprove) {
  const Answered made = Post(ada_, "connections", {{"name", "prod"}, {"url", "fake:orders"}, {"production", true}});
  ASSERT_EQ(made.status, 201) << made;
  const std::string path = "connections/" + made.Text("connection_id");
  const http::Principal engineer = WithRole(AddUser("alpha", "ed", "engineer"), "engineer");
  EXPECT_EQ(Patch(engineer, path, {{"production", false}}, made.Tag()).code, codes::kApiForbidden.code);
  EXPECT_EQ(Patch(engineer, path, {{"description", "x"}}, made.Tag()).status, 200);
  EXPECT_EQ(Patch(ada_, path, {{"production", false}}, "\"v2\"").status, 200);
  EXPECT_EQ(Patch(engineer, path, {{"production", true}}, "\"v3\"").status, 200);
}

TEST_P(ProjectsCases, ForbiddenAddressesAreNotStored) {
  Start(false);
  for (const char* host : {"127.0.0.1", "localhost", "169.254.169.254", "[::1]", "2130706433", "10.0.0.1",
                           "[::ffff:127.0.0.1]", "0.0.0.0", "1.1.1.1,127.0.0.1"}) {
    const std::string url = std::string("postgresql://u:") + kPassword + "@" + host + "/d";
    const Answered answer = Post(ada_, "connections", {{"name", "c"}, {"url", url}});
    EXPECT_EQ(answer.code, codes::kConnectionReach.code) << host << answer;
    EXPECT_FALSE(answer.faults.empty()) << host;
  }
  EXPECT_EQ(Get(ada_, "connections")["items"].as_array().size(), 0U);
}

TEST_P(ProjectsCases, AConnectionInUseStays) {
  ConnectBoth();
  const std::string project = MakeProject(ada_, "First"), plan = MakePlan(project);
  const json::value connections = Get(ada_, "connections", {{"search", "SHOP"}})["items"];
  ASSERT_EQ(connections.as_array().size(), 1U);
  const std::string path = "connections/" + std::string(connections.at(0).at("connection_id").as_string());
  const Answered usage = Get(ada_, path + "/usage");
  ASSERT_EQ(usage["items"].as_array().size(), 1U);
  EXPECT_EQ(usage["items"].at(0).at("plan_id").as_string(), plan);
  EXPECT_EQ(Delete(ada_, path).code, codes::kApiState.code);
  EXPECT_EQ(Patch(ada_, path, {{"name", "renamed"}}, "\"v1\"").code, codes::kApiState.code);
  EXPECT_EQ(Delete(ada_, "plans/" + plan).status, 204);
  EXPECT_EQ(Delete(ada_, path, "\"v9\"").code, codes::kApiStale.code);
  EXPECT_EQ(Delete(ada_, path, "\"v1\"").status, 204);
}

TEST_P(ProjectsCases, KindsOfConnectionsAreThoseThatTheProgramHas) {
  const Answered kinds = Get(ada_, "connection-kinds");
  ASSERT_TRUE(kinds.ok()) << kinds;
  const std::string id = Connect(ada_, "shop", "fake:lineitem?rows=10");
  const std::string kind = Get(ada_, "connections/" + id).Text("kind");
  bool found = false;
  for (const json::value& one : kinds["items"].as_array()) {
    EXPECT_FALSE(one.at("schemes").as_array().empty());
    EXPECT_FALSE(one.at("example").as_string().empty());
    found |= one.at("kind").as_string() == kind.c_str();
  }
  EXPECT_TRUE(found) << "connections tell their kind by the same word";
}

TEST_P(ProjectsCases, AnotherTenantSeesNothing) {
  ConnectBoth();
  const std::string project = MakeProject(ada_, "First"), plan = MakePlan(project);
  const std::string file = Upload(ada_, "a.csv", "id,name\n1,a\n");
  const std::string connection = std::string(Get(ada_, "connections")["items"].at(0).at("connection_id").as_string());
  const Answered comment = Post(ada_, "projects/" + project + "/comments", {{"text", "x"}});
  const Answered own = Post(ada_, "templates", {{"name", "t"}, {"text", PlanText()}});
  ASSERT_EQ(own.status, 201) << own;
  const Answered upload = Post(ada_, "uploads", {{"name", "b.csv"}, {"size", 10}});
  const std::vector<std::string> paths = {"projects/" + project,
                                          "projects/" + project + "/members",
                                          "projects/" + project + "/comments",
                                          "projects/" + project + "/comments/" + comment.Text("comment_id"),
                                          "projects/" + project + "/comments/export",
                                          "projects/" + project + "/people",
                                          "projects/" + project + "/plans",
                                          "projects/" + project + "/export",
                                          "projects/" + project + "/presence",
                                          "plans/" + plan,
                                          "plans/" + plan + "/file",
                                          "plans/" + plan + "/versions",
                                          "plans/" + plan + "/versions/1",
                                          "connections/" + connection,
                                          "connections/" + connection + "/usage",
                                          "templates/" + own.Text("template_id"),
                                          "files/" + file,
                                          "files/" + file + "/content",
                                          "uploads/" + upload.Text("upload_id")};
  for (const std::string& path : paths) {
    EXPECT_TRUE(Get(ada_, path).ok()) << path;
    const Answered answer = Get(eve_, path);
    EXPECT_TRUE(answer.code == codes::kApiNotFound.code || answer.code == codes::kObjectNotFound.code)
        << path << answer;
    for (const http::Method method : {http::Method::kDelete, http::Method::kPatch, http::Method::kPut}) {
      const Answered changed =
          Ask(eve_, {method, path, R"({"name": "x", "text": "y"})", {{"If-Match", "*"}, {"Upload-Offset", "0"}}});
      EXPECT_FALSE(changed.ok()) << path;
    }
    EXPECT_TRUE(Get(ada_, path).ok()) << path << " after eve's attempts";
  }
  for (const char* list : {"projects", "connections", "files"})
    EXPECT_EQ(Get(eve_, list)["items"].as_array().size(), 0U) << list;
  EXPECT_EQ(Get(eve_, "plans/" + plan + "/diff", {{"from", "1"}}).code, codes::kApiNotFound.code);
  EXPECT_EQ(Post(eve_, "plans/" + plan + "/restore", {{"number", 1}}).code, codes::kApiNotFound.code);
  EXPECT_EQ(Post(eve_, "connections/" + connection + "/test", json::object{}).code, codes::kApiNotFound.code);
  EXPECT_EQ(Post(eve_, "projects/" + project + "/state", {{"state", "mapping"}}).code, codes::kApiNotFound.code);
  EXPECT_EQ(Post(eve_, "projects/" + project + "/comments", {{"text", "x"}}).code, codes::kApiNotFound.code);
  EXPECT_EQ(Post(eve_, "projects/" + project + "/members", {{"subject_id", eve_.user_id}, {"role", "viewer"}}).code,
            codes::kApiNotFound.code);
  EXPECT_EQ(Post(eve_, "projects/" + project + "/plans", {{"name", "p"}, {"text", PlanText()}}).code,
            codes::kApiNotFound.code);
  EXPECT_FALSE(services_->plan_source.Resolve("beta", plan, 0));
  const std::string stolen = MakeProject(eve_, "Hers");
  EXPECT_EQ(Post(eve_, "projects/" + stolen + "/plans", {{"name", "p"}, {"text", PlanText()}}).code,
            codes::kPlanValue.code)
      << "names of another tenant's connections";
  EXPECT_EQ(Post(eve_, "connections", {{"name", "theirs"}, {"url", "csv:upload:" + file}}).code,
            codes::kConnectionForm.code)
      << "a file of another tenant";
}

}  // namespace migrateiq::projects
