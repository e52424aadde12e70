#pragma once

#include "base/errors/api.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/server.hpp"
#include "modules/projects/projects_test_support.hpp"
#include "pipeline/connector/connector.hpp"

/// What holds over SQLite and PostgreSQL alike: plans, templates, import and export, files.
namespace migrateiq::projects {

namespace json = boost::json;

class PlanCases : public ProjectsCases {
 protected:
  void SetUp() override {
    ProjectsCases::SetUp();
    if (IsSkipped()) return;
    ConnectBoth();
    project_ = MakeProject(ada_, "First");
  }
  std::string SealedMaskKey(const std::string& tenant, const std::string& name) {
    const auto rows = store().ReadFor<store::Rows>(store::Scope::System(), [&](store::Session& session) {
      return session.Query("SELECT sealed FROM mask_key WHERE tenant_id = $1 AND name = $2", tenant, name);
    });
    return rows && !rows->empty() ? rows->at(0).Binary(0) : "";
  }
  std::string project_;
};

TEST_P(PlanCases, EveryChangeIsAVersion) {
  const std::string plan = MakePlan(project_), path = "plans/" + plan;
  const Answered first = Get(ada_, path);
  EXPECT_EQ(first.Text("text"), PlanText()) << "as written, comments included";
  const std::string changed = PlanText() + "run: {workers: 3}\n";
  const Answered second = Put(ada_, path, {{"text", changed}, {"message", "three workers"}}, first.Tag());
  ASSERT_EQ(second.status, 200) << second;
  EXPECT_EQ(second.Tag(), "\"v2\"");
  EXPECT_EQ(Put(ada_, path, {{"text", PlanText()}}, first.Tag()).code, codes::kApiStale.code);
  EXPECT_EQ(Ask(ada_, {http::Method::kPut, path, R"({"text": "x"})"}).code, codes::kApiPrecondition.code);
  EXPECT_EQ(Put(ada_, path, {{"text", changed}}, "\"v2\"").Tag(), "\"v2\"") << "nothing new";
  const Answered restored = Post(ada_, path + "/restore", {{"number", 1}}, {}, "\"v2\"");
  EXPECT_EQ(restored.Tag(), "\"v3\"") << restored;
  EXPECT_EQ(restored.Text("text"), PlanText());
  const Answered versions = Get(ada_, path + "/versions", {{"limit", "2"}});
  ASSERT_EQ(versions["items"].as_array().size(), 2U);
  EXPECT_EQ(versions["items"].at(0).at("restored_from").as_int64(), 1);
  EXPECT_EQ(versions["items"].at(1).at("message").as_string(), "three workers");
  EXPECT_EQ(versions["items"].at(1).at("author").as_string(), "ada");
  EXPECT_EQ(Get(ada_, path + "/versions", {{"cursor", versions.Text("next")}})["items"].as_array().size(), 1U);
  EXPECT_EQ(Get(ada_, path + "/versions/2").Text("text"), changed);
  EXPECT_EQ(Get(ada_, path + "/versions/9").code, codes::kApiNotFound.code);
  EXPECT_EQ(Get(ada_, path + "/versions/x").code, codes::kApiNotFound.code);
  EXPECT_EQ(EventsOf("project:" + project_, "plan.changed"), 4U);
  EXPECT_GE(Count("SELECT COUNT(*) FROM audit_entry WHERE object_id = '" + plan + "'"), 3);
}

TEST_P(PlanCases, ANewNameIsAVersionToo) {
  const std::string path = "plans/" + MakePlan(project_);
  const Answered renamed = Put(ada_, path, {{"name", "better"}}, "\"v1\"");
  ASSERT_EQ(renamed.status, 200) << renamed;
  EXPECT_EQ(renamed.Tag(), "\"v2\"");
  EXPECT_EQ(renamed.Text("text"), PlanText());
  EXPECT_EQ(Put(ada_, path, {{"name", "worse"}}, "\"v1\"").code, codes::kApiStale.code)
      << "nobody overwrites it unseen";
  EXPECT_EQ(Put(ada_, path, {{"name", "better"}}, "\"v2\"").Tag(), "\"v2\"") << "nothing new";
  const Answered both = Put(ada_, path, {{"name", "best"}, {"text", PlanText() + "run: {workers: 3}\n"}}, "\"v2\"");
  EXPECT_EQ(both.Tag(), "\"v3\"") << "one version, not two";
  const Answered versions = Get(ada_, path + "/versions");
  ASSERT_EQ(versions["items"].as_array().size(), 3U);
  EXPECT_TRUE(versions["items"].at(1).at("message").as_string().starts_with("renamed; it was '")) << versions;
}

TEST_P(PlanCases, DifferencesByValueAndByLine) {
  const std::string path = "plans/" + MakePlan(project_);
  Put(ada_, path, {{"text", PlanText() + "  - {source: orders, mode: append}\nrun: {workers: 3}\n"}}, "\"v1\"");
  const Answered diff = Get(ada_, path + "/diff", {{"from", "1"}, {"to", "2"}});
  ASSERT_EQ(diff.status, 200) << diff;
  ASSERT_EQ(diff["changes"].as_array().size(), 2U) << diff;
  EXPECT_EQ(diff["changes"].at(0).at("pointer").as_string(), "/mappings/orders");
  EXPECT_EQ(diff["changes"].at(0).at("kind").as_string(), "added");
  EXPECT_EQ(diff["changes"].at(1).at("pointer").as_string(), "/run");
  EXPECT_NE(diff.Text("text").find("\n+run: {workers: 3}\n"), std::string::npos) << diff.Text("text");
}

TEST_P(PlanCases, PlansOfAServerNameStoredConnections) {
  const std::string path = "projects/" + project_ + "/plans";
  const auto refused = [&](const std::string& ends) {
    return Post(ada_, path, {{"name", "p"}, {"text", "version: 1\n" + ends}});
  };
  for (const char* source : {"{url: 'sqlite:/etc/passwd'}", "{url: 'mysql://u:${SECRET}@h/d'}",
                             "{url: '${file:/run/secrets/x}'}", "{url: 'csv:/tmp'}"}) {
    const Answered answer = refused(std::string("source: ") + source + "\ntarget: {connection: crm}\n");
    EXPECT_EQ(answer.code, codes::kConnectionForm.code) << source << answer;
    ASSERT_EQ(answer.faults.size(), 1U);
    EXPECT_EQ(answer.faults[0].pointer, "plan:2:9");
  }
  EXPECT_EQ(refused("source: {connection: nobody}\ntarget: {connection: crm}\n").code, codes::kPlanValue.code);
  EXPECT_EQ(refused("source: {connection: '${SHOP}'}\ntarget: {connection: crm}\n").code, codes::kPlanValue.code);
  const Answered checked = Post(ada_, path + "/validate",
                                {{"text",
                                  "version: 1\nsource: {connection: shop}\n"
                                  "target: {connection: crm}\nrun: {wrokers: 2}\n"}});
  ASSERT_EQ(checked.status, 200) << checked;
  EXPECT_EQ(checked["valid"], false);
  EXPECT_EQ(checked["faults"].at(0).at("line").as_int64(), 4);
  EXPECT_EQ(checked["faults"].at(0).at("column").as_int64(), 7);
  EXPECT_EQ(Post(ada_, path + "/validate", {{"text", PlanText()}})["valid"], true);
}

TEST_P(PlanCases, PlansCanBeJson) {
  const json::value plan = {{"version", 1},
                            {"source", {{"connection", "shop"}}},
                            {"target", {{"connection", "crm"}}},
                            {"run", {{"workers", 2}}}};
  const Answered made = Post(ada_, "projects/" + project_ + "/plans", {{"name", "json"}, {"plan", plan}});
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_EQ(json::parse(made.Text("text")), plan);
  EXPECT_EQ(Post(ada_, "projects/" + project_ + "/plans", {{"name", "x"}, {"plan", plan}, {"text", "y"}}).code,
            codes::kApiField.code);
  EXPECT_EQ(Post(ada_, "projects/" + project_ + "/plans", {{"name", "json"}, {"plan", plan}}).code,
            codes::kApiConflict.code);
}

TEST_P(PlanCases, TheEngineGetsUrlsAndTheProductionMark) {
  const std::string plan = MakePlan(project_);
  auto runnable = services_->plan_source.Resolve("alpha", plan, 0);
  ASSERT_TRUE(runnable) << runnable.error().ToString();
  EXPECT_EQ(runnable->plan.source.url, "fake:lineitem?rows=10");
  EXPECT_TRUE(runnable->plan.target.url.ends_with("/shared/crm.db")) << runnable->plan.target.url;
  EXPECT_EQ(runnable->plan.source.connection, "");
  EXPECT_EQ(runnable->project_id, project_);
  EXPECT_EQ(runnable->version, 1);
  EXPECT_FALSE(runnable->target_is_production);
  Connect(ada_, "live", "sqlite:folder:live.db", true);
  ASSERT_EQ(Put(ada_, "plans/" + plan, {{"text", PlanText("shop", "live")}}, "\"v1\"").status, 200);
  EXPECT_TRUE(services_->plan_source.Resolve("alpha", plan, 0)->target_is_production);
  EXPECT_FALSE(services_->plan_source.Resolve("alpha", plan, 1)->target_is_production);
  EXPECT_TRUE(services_->plan_source.Resolve("alpha", NewId(), 0).error().Is(codes::kApiNotFound));
}

TEST_P(PlanCases, MaskKeysAreMadeOnceATenantAndToldToNobody) {
  const std::string text =
      "version: 1\nsource: {connection: shop}\ntarget: {connection: crm}\n"
      "mappings:\n  - source: lineitem\n    columns:\n"
      "      - {target: a, source: l_comment, mask: {kind: token, key: pii}}\n"
      "      - {target: b, source: l_shipmode, mask: {kind: redact}}\n";
  const auto plan = services_->plan_source.ResolveText("alpha", project_, text);
  ASSERT_TRUE(plan) << plan.error().ToString();
  ASSERT_EQ(plan->plan.mask_keys.size(), 1U);
  const std::string key = plan->plan.mask_keys.at("pii");
  EXPECT_EQ(key.size(), 32U);
  Start();
  EXPECT_EQ(services_->plan_source.ResolveText("alpha", project_, text)->plan.mask_keys.at("pii"), key)
      << "in another process too";
  Plan other;
  other.mappings.push_back({.columns = {{.mask = MaskUse{MaskKind::kToken, "pii", ""}}}});
  ASSERT_TRUE(services_->mask_keys.Fill("beta", other));
  EXPECT_NE(other.mask_keys.at("pii"), key) << "another tenant's";

  EXPECT_EQ(Count("SELECT COUNT(*) FROM mask_key"), 2);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM mask_key WHERE LENGTH(sealed) < 60"), 0) << "sealed";
  const Answered listed = Get(ada_, "masks/keys");
  ASSERT_EQ(listed["items"].as_array().size(), 1U) << listed;
  EXPECT_EQ(listed["items"].at(0).at("name").as_string(), "pii");
  EXPECT_EQ(listed["items"].at(0).as_object().size(), 3U) << "name, print, created_at";
  EXPECT_EQ(listed.text.find(key), std::string::npos);
  EXPECT_NE(Get(bob_, "masks/keys").status, 200) << "without the permission";
  EXPECT_FALSE(vault_->Open("beta", SealedMaskKey("alpha", "pii"), "mask_key:pii")) << "moved to another tenant";
  EXPECT_FALSE(vault_->Open("alpha", SealedMaskKey("alpha", "pii"), "mask_key:more")) << "moved to another name";
  EXPECT_EQ(*vault_->Open("alpha", SealedMaskKey("alpha", "pii"), "mask_key:pii"), key);
}

TEST_P(PlanCases, KindsOfMasksAreListed) {
  const Answered kinds = Get(ada_, "masks/kinds");
  ASSERT_EQ(kinds["items"].as_array().size(), MaskKinds().size()) << kinds;
  EXPECT_EQ(kinds["items"].at(0).at("kind").as_string(), "token");
  EXPECT_EQ(kinds["items"].at(0).at("keyed"), true);
}

TEST_P(PlanCases, TheEngineGetsTextsThatAreNotStored) {
  const auto text = [&](const std::string& tenant, const std::string& project, const std::string& plan) {
    return services_->plan_source.ResolveText(tenant, project, plan);
  };
  const auto runnable = text("alpha", project_, PlanText());
  ASSERT_TRUE(runnable) << runnable.error().ToString();
  EXPECT_EQ(runnable->plan.source.url, "fake:lineitem?rows=10");
  EXPECT_EQ(runnable->project_id, project_);
  EXPECT_TRUE(text("alpha", NewId(), PlanText()).error().Is(codes::kApiNotFound));
  EXPECT_TRUE(text("beta", project_, PlanText()).error().Is(codes::kApiNotFound)) << "another tenant";
  EXPECT_TRUE(text("alpha", project_, PlanText("nobody", "crm")).error().Is(codes::kPlanValue));
  EXPECT_EQ(text("alpha", project_, "version: 1\nnosuch: 2\n").error().place, "plan:2:1");
}

TEST_P(PlanCases, FilesOfAFolderStayInIt) {
  std::filesystem::create_symlink("/etc", folder_ / "shared" / "link");
  for (const char* url : {"csv:folder:../x", "csv:folder:/etc", "csv:/etc", "sqlite:/etc/passwd",
                          "csv:folder:a/../../b", "sqlite:crm.db", "csv:folder:*", "csv:${HOME}", "fake:/etc/passwd",
                          "csv:upload:../../x", "csv:folder:link/passwd", "csv:folder:link"}) {
    const Answered answer = Post(ada_, "connections", {{"name", "c"}, {"url", url}});
    EXPECT_EQ(answer.code, codes::kConnectionForm.code) << url << answer;
  }
  EXPECT_EQ(Post(eve_, "connections", {{"name", "c"}, {"url", "csv:folder:x"}}).code, codes::kConnectionForm.code);
}

TEST_P(PlanCases, AFileThatARunWillMakeIsNoFault) {
  const Answered made =
      Post(ada_, "connections", {{"name", "new"}, {"url", "sqlite:folder:new.db"}}, {{"test", "true"}});
  ASSERT_EQ(made.status, 201) << made;
  const Answered test = Post(ada_, "connections/" + made.Text("connection_id") + "/test", json::object{});
  EXPECT_EQ(test["ok"], true);
  EXPECT_EQ(test["findings"].at(0).at("subject").as_string(), "file");
}

TEST_P(PlanCases, ProjectsBeginWithTemplates) {
  const Answered templates = Get(ada_, "templates");
  for (const auto& one : templates["items"].as_array()) {
    const std::string id(one.at("template_id").as_string());
    const Answered made = Post(
        ada_, "projects",
        {{"name", "From " + id}, {"template_id", id}, {"source_connection", "shop"}, {"target_connection", "crm"}});
    ASSERT_EQ(made.status, 201) << id << made;
    const Answered plans = Get(ada_, "projects/" + made.Text("project_id") + "/plans");
    EXPECT_EQ(plans["items"].as_array().size(), 1U);
  }
  EXPECT_GE(templates["items"].as_array().size(), 5U);
  EXPECT_EQ(Post(ada_, "projects", {{"name", "x"}, {"template_id", "whole-database"}}).code, codes::kApiField.code);
  EXPECT_EQ(Post(ada_, "templates", {{"name", "bad"}, {"text", "version: 1\nsource: {url: 'csv:/x'}\n"}}).ok(), false);
  const Answered own = Post(ada_, "templates", {{"name", "own"}, {"text", PlanText("\"{{source}}\"")}});
  ASSERT_EQ(own.status, 201) << own;
  EXPECT_EQ(Patch(ada_, "templates/" + own.Text("template_id"), {{"description", "d"}}, "\"v1\"").Tag(), "\"v2\"");
  EXPECT_EQ(Delete(ada_, "templates/whole-database").code, codes::kApiState.code);
  EXPECT_EQ(Delete(ada_, "templates/" + own.Text("template_id"), "\"v1\"").code, codes::kApiStale.code);
  EXPECT_EQ(Delete(ada_, "templates/" + own.Text("template_id"), "\"v2\"").status, 204);
}

TEST_P(PlanCases, ExportsCanBeImported) {
  MakePlan(project_);
  const Answered exported = Get(ada_, "projects/" + project_ + "/export");
  ASSERT_EQ(exported.status, 200) << exported;
  EXPECT_EQ(exported["plans"].at(0).at("text").as_string(), PlanText());
  const Answered again = Post(ada_, "projects/import", {{"name", "Again"}, {"document", exported.body}});
  ASSERT_EQ(again.status, 201) << again;
  const Answered copy = Get(ada_, "projects/" + again.Text("project_id") + "/export");
  EXPECT_EQ(copy["plans"], exported["plans"]) << "to the letter";
  Connect(eve_, "laden", "fake:lineitem?rows=1");
  Connect(eve_, "kunden", "assert:");
  const Answered there = Post(eve_, "projects/import",
                              {{"document", exported.body}, {"connections", {{"shop", "laden"}, {"crm", "kunden"}}}});
  ASSERT_EQ(there.status, 201) << there;
  const Answered moved = Get(eve_, "projects/" + there.Text("project_id") + "/export");
  EXPECT_NE(moved["plans"].at(0).at("text").as_string().find("laden"), json::string::npos);
}

TEST_P(PlanCases, PlanFilesOfTheCommandLineCanBeImported) {
  const std::string text =
      "version: 1\nsource: {url: 'mysql://u:${PW}@h/shop'}\ntarget: {url: 'sqlite:x', schema: s}\n";
  EXPECT_EQ(Post(ada_, "projects/import", {{"name", "In"}, {"text", text}}).code, codes::kConnectionForm.code);
  const Answered made =
      Post(ada_, "projects/import",
           {{"name", "In"}, {"text", text}, {"connections", {{"source", "shop"}, {"target", "crm"}}}});
  ASSERT_EQ(made.status, 201) << made;
  const Answered plans = Get(ada_, "projects/" + made.Text("project_id") + "/plans");
  const std::string plan(plans["items"].at(0).at("plan_id").as_string());
  const Answered file = Get(ada_, "plans/" + plan + "/file");
  EXPECT_NE(file.text.find("target: {connection: crm, schema: s}"), std::string::npos) << file.text;
  EXPECT_EQ(file.text.find("PW"), std::string::npos);
}

class FileCases : public ProjectsCases {};

TEST_P(FileCases, UploadsGoOnWhereTheyStopped) {
  const std::string row = "1,abcdefghij\n";
  std::string bytes = "id,name\n";
  while (bytes.size() < (size_t{11} << 20)) bytes += row;
  const size_t part = size_t{5} << 20;
  const Answered begun = Post(ada_, "uploads", {{"name", "big.csv"}, {"size", static_cast<int64_t>(bytes.size())}});
  ASSERT_EQ(begun.status, 201) << begun;
  const std::string id = begun.Text("upload_id");
  EXPECT_EQ(SendPart(ada_, id, 0, bytes.substr(0, 1000)).code, codes::kApiField.code) << "too small a part";
  EXPECT_EQ(SendPart(ada_, id, 7, bytes.substr(0, part)).code, codes::kApiConflict.code) << "a wrong offset";
  EXPECT_EQ(SendPart(ada_, id, 0, bytes.substr(0, part)).status, 200);
  EXPECT_EQ(SendPart(ada_, id, 0, bytes.substr(0, part)).code, codes::kApiConflict.code) << "the same part again";
  Start();  // another process
  const Answered state = Get(ada_, "uploads/" + id);
  ASSERT_EQ(state.status, 200) << state;
  EXPECT_EQ(*state.headers.Get("Upload-Offset"), std::to_string(part));
  EXPECT_EQ(SendPart(ada_, id, static_cast<int64_t>(part), bytes.substr(part, part)).status, 200);
  EXPECT_EQ(SendPart(ada_, id, static_cast<int64_t>(2 * part), bytes.substr(2 * part) + "more").code,
            codes::kApiField.code);
  const Answered done = SendPart(ada_, id, static_cast<int64_t>(2 * part), bytes.substr(2 * part));
  ASSERT_EQ(done.status, 200) << done;
  EXPECT_EQ(done["file"].at("kind").as_string(), "csv");
  const std::string file(done["file"].at("file_id").as_string());
  EXPECT_EQ(Get(ada_, "uploads/" + id).code, codes::kApiNotFound.code);
  EXPECT_TRUE(Get(ada_, "files/" + file + "/content").text == bytes);
}

TEST_P(FileCases, DownloadsTakeRanges) {
  const std::string file = Upload(ada_, "näh \"x\".csv", "0123456789");
  const auto read = [&](const std::string& range, const Fields& more = {}) {
    Fields headers = more;
    headers.emplace_back("Range", range);
    return Ask(ada_, {http::Method::kGet, "files/" + file + "/content", "", headers});
  };
  EXPECT_EQ(read("bytes=2-4").text, "234");
  EXPECT_EQ(read("bytes=2-4").status, 206);
  EXPECT_EQ(*read("bytes=2-4").headers.Get("Content-Range"), "bytes 2-4/10");
  EXPECT_EQ(read("bytes=-3").text, "789");
  EXPECT_EQ(read("bytes=7-").text, "789");
  EXPECT_EQ(read("bytes=10-").status, 416);
  EXPECT_EQ(*read("bytes=10-").headers.Get("Content-Range"), "bytes */10");
  EXPECT_EQ(read("bytes=1-2,4-5").status, 200);
  EXPECT_EQ(read("bytes=1-2", {{"If-Range", "\"other\""}}).status, 200);
  const Answered whole = Get(ada_, "files/" + file + "/content");
  EXPECT_EQ(read("bytes=1-2", {{"If-Range", whole.Tag()}}).status, 206);
  EXPECT_EQ(*whole.headers.Get("Content-Disposition"),
            "attachment; filename=\"n__h__x_.csv\"; filename*=UTF-8''n%C3%A4h%20%22x%22.csv");
}

TEST_P(FileCases, HostileUploadsAreRefused) {
  const auto send = [&](const std::string& name, const std::string& bytes, const json::value& sha = nullptr) {
    json::object body{{"name", name}, {"size", static_cast<int64_t>(bytes.size())}};
    if (sha.is_string()) body["sha256"] = sha;
    const Answered begun = Post(ada_, "uploads", body);
    return begun.ok() ? SendPart(ada_, begun.Text("upload_id"), 0, bytes) : begun;
  };
  EXPECT_EQ(send("a.csv", std::string("PK\x03\x04", 4) + std::string(100, 'x')).code, codes::kObjectType.code);
  EXPECT_EQ(send("a.csv", "\x1f\x8b\x08" + std::string(100, 'x')).code, codes::kObjectType.code);
  EXPECT_EQ(send("a.csv", std::string("a,b\n\0\0\1", 7)).code, codes::kObjectType.code);
  EXPECT_EQ(send("a.parquet", "PAR1\x15" + std::string(100, 'x')).code, codes::kObjectType.code) << "without its end";
  EXPECT_EQ(send("../../etc/passwd", "a,b\n").code, codes::kApiField.code);
  EXPECT_EQ(send("a\nb.csv", "a,b\n").code, codes::kApiField.code);
  EXPECT_EQ(send("a.csv", "a,b\n", json::value(std::string(64, '0'))).code, codes::kApiField.code) << "another digest";
  EXPECT_EQ(Post(ada_, "uploads", {{"name", "a"}, {"size", int64_t{65} << 20}}).code, codes::kApiTooLarge.code);
  EXPECT_EQ(Post(ada_, "uploads", {{"name", "a"}, {"size", -5}}).code, codes::kApiField.code);
  EXPECT_EQ(Post(ada_, "uploads", {{"name", "a"}, {"size", 0}}).code, codes::kApiField.code);
  EXPECT_EQ(Get(ada_, "files")["items"].as_array().size(), 0U);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM file_upload"), 0) << "what was refused is gone";
  ASSERT_TRUE(Post(ada_, "uploads", {{"name", "a"}, {"size", int64_t{60} << 20}}).ok());
  EXPECT_EQ(Post(ada_, "uploads", {{"name", "b"}, {"size", int64_t{60} << 20}}).code, codes::kApiQuota.code);
  clock_.now += 3 * kDay;
  ASSERT_TRUE(services_->Tidy());
  EXPECT_EQ(Count("SELECT COUNT(*) FROM file_upload"), 0);
}

TEST_P(FileCases, UploadedFilesCanBeSources) {
  const std::string file = Upload(ada_, "customer.csv", "id,name\n1,Ada\n2,Bob\n");
  const Answered made = Post(ada_, "connections", {{"name", "up"}, {"url", "csv:upload:" + file}}, {{"test", "true"}});
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_EQ(made["test_ok"], true);
  const auto row = services_->connections.Get("alpha", made.Text("connection_id"));
  const auto url = services_->connections.Open("alpha", *row, ConnectionUse::kSource);
  ASSERT_TRUE(url) << url.error().ToString();
  const auto source = OpenSource(*ParseUrl(*url, Secrets::kRefuse), {});
  ASSERT_TRUE(source) << source.error().ToString();
  const auto catalog = (*source)->Discover({});
  ASSERT_TRUE(catalog) << catalog.error().ToString();
  ASSERT_EQ(catalog->tables.size(), 1U);
  EXPECT_EQ(catalog->tables[0].name.name, "customer");
  EXPECT_TRUE(services_->connections.Open("alpha", *row, ConnectionUse::kTarget).error().Is(codes::kConnectionForm));
  EXPECT_EQ(Delete(ada_, "files/" + file).code, codes::kApiState.code) << "a connection names it";
  EXPECT_EQ(Delete(ada_, "connections/" + made.Text("connection_id")).status, 204);
  EXPECT_EQ(Delete(ada_, "files/" + file).status, 204);
  EXPECT_EQ(Get(ada_, "files/" + file + "/content").code, codes::kObjectNotFound.code);
}

}  // namespace migrateiq::projects
