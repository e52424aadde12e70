#pragma once

#include "modules/analyzer/analysis_job.hpp"
#include "modules/analyzer/analysis_request.hpp"
#include "modules/analyzer/analyzer_services.hpp"
#include "modules/analyzer/packed.hpp"
#include "modules/projects/fake_jobs_test_support.hpp"
#include "modules/projects/projects_test_support.hpp"

/// What holds over SQLite and PostgreSQL alike. Jobs are carried out when the test says so.
namespace migrateiq::analyzer {

using projects::Answered;

class AnalyzerCases : public projects::ProjectsCases {
 protected:
  void SetUp() override {
    ProjectsCases::SetUp();
    if (IsSkipped()) return;
    jobs_ = std::make_unique<projects::FakeJobs>(store());
    auto made = AnalyzerServices::Make({store(), *vault_, services_->connections, *jobs_, bus_.get(), clock_});
    ASSERT_TRUE(made) << made.error().ToString();
    analyzer_ = std::move(*made);
    AddAnalyzerRoutes(*router_, *analyzer_);
    connection_ = Connect(ada_, "shop", "fake:lineitem?rows=10");
  }
  void TearDown() override {
    analyzer_.reset();
    jobs_.reset();
    ProjectsCases::TearDown();
  }

  /// Three tables, the second with two columns, of which one is personal.
  static Profile Found(const std::string& name = "Grace") {
    Profile profile{.source = "fake:", .connector = "fake", .seconds = 1.5, .notes = {"all is well"}};
    for (const char* table : {"a", "person", "z"}) profile.tables.push_back({.name = table, .rows = 10, .bytes = 100});
    ColumnProfile personal{.name = "name", .family = ValueFamily::text, .count = 10, .nulls = 1};
    personal.semantic = {.kind = "first_name", .confidence = 0.9, .evidence = {"the name says so"}, .is_pii = true};
    personal.top_values = {{.value = name, .count = 3, .share = 0.3}};
    ColumnProfile code{.name = "code", .family = ValueFamily::text, .count = 10};
    code.top_values = {{.value = "DE", .count = 3, .share = 0.3}};
    profile.tables[1].columns = {code, personal};
    profile.tables[1].inclusion_dependencies = {{.columns = {"name"}, .parent = "a", .examples = {name}}};
    return profile;
  }
  projects::JobKind Kind(const AnalysisResult& result) {
    return {.name = kAnalyzeJob,
            .carry_out = [this, result](projects::JobContext& job) -> Result<std::string> {
              MIQ_TRY(analyzer_->analyses.Finish(job, result));
              return "{}";
            },
            .changed = [this](const projects::JobView& job) { analyzer_->analyses.Announce(job); }};
  }
  std::string Begin(const boost::json::object& body = {}) {
    const Answered made = Post(ada_, "connections/" + connection_ + "/analyses", body);
    EXPECT_EQ(made.status, 201) << made;
    return made.ok() ? made.Text("analysis_id") : "";
  }
  std::string Done(const AnalysisResult& result, const boost::json::object& body = {}) {
    const std::string id = Begin(body);
    const auto answer = jobs_->CarryOut(Kind(result), id);
    EXPECT_TRUE(answer) << answer.error().ToString();
    return id;
  }

  std::unique_ptr<projects::FakeJobs> jobs_;
  std::unique_ptr<AnalyzerServices> analyzer_;
  std::string connection_;
};

TEST_P(AnalyzerCases, OldAnalysesGoButForTheNewestOfEachConnection) {
  const std::string first = Done({.profile = Found()}), second = Done({.profile = Found()}), unfinished = Begin();
  Run("UPDATE analysis SET created_at = 5, finished_at = CASE WHEN finished_at IS NULL THEN NULL ELSE 5 END");
  ASSERT_TRUE(analyzer_->analyses.Tidy(10));
  EXPECT_EQ(Get(ada_, "analyses/" + first).code, codes::kApiNotFound.code);
  EXPECT_EQ(Get(ada_, "analyses/" + second).status, 200);
  EXPECT_EQ(Get(ada_, "analyses/" + unfinished).code, codes::kApiNotFound.code);
  EXPECT_EQ(Count("SELECT COUNT(DISTINCT analysis_id) FROM analysis_table"), 1);
}

TEST_P(AnalyzerCases, WhenAndHowItWasLookedIsTold) {
  Profile profile = Found();
  profile.failures.push_back({.table = "broken", .code = "MIQ-CONN-001", .message = "gone"});
  const Answered head = Get(ada_, "analyses/" + Done({.profile = profile}) + "/profile");
  EXPECT_EQ(head["failures"].at(0).at("table").as_string(), "broken") << head;
  EXPECT_EQ(head["notes"].at(0).as_string(), "all is well");
  EXPECT_EQ(Get(ada_, "analyses/" + Begin() + "/profile").code, codes::kApiState.code);
}

TEST_P(AnalyzerCases, RulesAreCountedAndTheirOwnSqlNeedsAPermission) {
  const std::string path = "connections/" + connection_ + "/analyses";
  const std::string rules =
      "version: 1\nchecks:\n  - {kind: range, table: lineitem, column: l_linenumber, max: 0, name: none}\n";
  const Answered begun = Post(ada_, path, {{"rules", rules}});
  ASSERT_EQ(begun.status, 201) << begun;
  const std::string id = begun.Text("analysis_id");
  const auto done = jobs_->CarryOut(AnalyzeKind(*analyzer_), id);
  ASSERT_TRUE(done) << done.error().ToString();
  const Answered table = Get(ada_, "analyses/" + id + "/tables/1");
  ASSERT_EQ(table["rules"].as_array().size(), 1U) << table;
  EXPECT_EQ(table["rules"].at(0).at("status").as_string(), "failed");
  EXPECT_EQ(table["rules"].at(0).at("broken").as_int64(), 10);
  EXPECT_EQ(Post(ada_, path, {{"rules", "checks: 7"}}).code, codes::kApiField.code);
  EXPECT_EQ(Post(ada_, path, {{"rules", "version: 1\nattach: target\nchecks: []\n"}}).code, codes::kApiField.code);
  const std::string own = "version: 1\nchecks:\n  - {kind: sql, name: s, sql: 'SELECT 1'}\n";
  http::Principal writer = ada_;
  std::erase(writer.permissions, "suites.sql");
  EXPECT_EQ(Post(writer, path, {{"rules", own}}).code, codes::kApiForbidden.code);
  EXPECT_EQ(Post(ada_, path, {{"rules", own}}).status, 201);
  boost::json::object subject{{"connection_id", connection_}, {"rules", own}};
  EXPECT_EQ(WantedBySubject(JsonText(subject)).error().place, "/subject/rules");
}

TEST_P(AnalyzerCases, AnAnalysisIsStartedFinishedAndRead) {
  const std::string id = Begin({{"name", "first look"}, {"full", true}, {"exclude", {"log_*"}}});
  Answered view = Get(ada_, "analyses/" + id);
  EXPECT_EQ(view.Text("state"), "queued");
  EXPECT_EQ(view.Text("connection"), "shop");
  EXPECT_TRUE(view["options"].at("full").as_bool());
  EXPECT_EQ(jobs_->requests[id].source_connection_id, connection_);
  EXPECT_TRUE(Get(ada_, "analyses/" + id + "/tables")["items"].as_array().empty());
  EXPECT_EQ(Get(ada_, "analyses/" + id + "/tables/1").code, codes::kApiNotFound.code);
  ASSERT_TRUE(jobs_->CarryOut(Kind({.profile = Found()}), id));
  view = Get(ada_, "analyses/" + id);
  EXPECT_EQ(view.Text("state"), "succeeded");
  EXPECT_EQ(view["summary"].at("tables").as_int64(), 3);
  EXPECT_EQ(view["summary"].at("rows").as_int64(), 30);
  EXPECT_EQ(view["summary"].at("personal_columns").as_int64(), 1);
  EXPECT_EQ(Get(ada_, "analyses/" + id + "/tables/2").Text("name"), "person");
  EXPECT_EQ(EventsOf("tenant:alpha", "analysis.started"), 1U);
  EXPECT_EQ(EventsOf("tenant:alpha", "analysis.finished"), 1U);
}

TEST_P(AnalyzerCases, ATryThatIsRepeatedReplacesWhatTheFirstLeft) {
  const std::string id = Done({.profile = Found()});
  ASSERT_TRUE(jobs_->CarryOut(Kind({.profile = Found("Alan")}), id));
  EXPECT_EQ(Get(ada_, "analyses/" + id + "/tables")["items"].as_array().size(), 3U);
  EXPECT_NE(Get(ada_, "analyses/" + id + "/tables/2/columns").text.find("Alan"), std::string::npos);
}

TEST_P(AnalyzerCases, TablesAndColumnsArePaged) {
  const std::string path = "analyses/" + Done({.profile = Found()}) + "/tables";
  Answered page = Get(ada_, path, {{"limit", "2"}});
  ASSERT_EQ(page["items"].as_array().size(), 2U) << page;
  page = Get(ada_, path, {{"limit", "2"}, {"cursor", page.Text("next")}});
  ASSERT_EQ(page["items"].as_array().size(), 1U) << page;
  EXPECT_EQ(page["items"].at(0).at("name").as_string(), "z");
  EXPECT_FALSE(page.body.as_object().contains("next"));
  page = Get(ada_, path + "/2/columns", {{"limit", "1"}});
  EXPECT_EQ(page["items"].at(0).at("profile").at("name").as_string(), "code");
  page = Get(ada_, path + "/2/columns", {{"limit", "1"}, {"cursor", page.Text("next")}});
  EXPECT_EQ(page["items"].at(0).at("position").as_int64(), 2);
  EXPECT_FALSE(page.body.as_object().contains("next"));
}

TEST_P(AnalyzerCases, ValuesOfPersonalDataAreForThoseWhoMaySeeThem) {
  const std::string path = "analyses/" + Done({.profile = Found()});
  const http::Principal viewer = WithRole(bob_, "viewer");
  for (const std::string& part : {path + "/tables/2", path + "/tables/2/columns", path + "/personal-data"}) {
    const Answered seen = Get(viewer, part);
    EXPECT_EQ(seen.status, 200) << seen;
    EXPECT_EQ(seen.text.find("Grace"), std::string::npos) << part << seen;
  }
  EXPECT_NE(Get(viewer, path + "/tables/2/columns").text.find("\"DE\""), std::string::npos);
  EXPECT_NE(Get(ada_, path + "/tables/2/columns").text.find("Grace"), std::string::npos);
  EXPECT_NE(Get(ada_, path + "/tables/2").text.find("Grace"), std::string::npos);
}

TEST_P(AnalyzerCases, WhereThePersonalDataLiesIsListedPageByPage) {
  Profile profile = Found();
  profile.tables.push_back(profile.tables[1]);
  const std::string path = "analyses/" + Done({.profile = profile}) + "/personal-data";
  Answered page = Get(ada_, path, {{"limit", "1"}});
  ASSERT_EQ(page["items"].as_array().size(), 1U) << page;
  EXPECT_EQ(page["items"].at(0).at("number").as_int64(), 2);
  EXPECT_EQ(page["items"].at(0).at("kind").as_string(), "first_name");
  EXPECT_EQ(page["items"].at(0).at("values").as_int64(), 9);
  page = Get(ada_, path, {{"limit", "1"}, {"cursor", page.Text("next")}});
  ASSERT_EQ(page["items"].as_array().size(), 1U) << page;
  EXPECT_EQ(page["items"].at(0).at("number").as_int64(), 4);
  EXPECT_FALSE(page.body.as_object().contains("next"));
}

TEST_P(AnalyzerCases, WhatIsStoredIsSealed) {
  Done({.profile = Found("Unmistakable-Name")});
  const auto rows = store().ReadFor<store::Rows>(store::Scope::System(), [](store::Session& session) {
    return session.Query("SELECT profile FROM analysis_table");
  });
  ASSERT_EQ(rows->size(), 3U);
  for (const store::Row& row : *rows) EXPECT_EQ(row.Binary(0).find("Unmistakable"), std::string::npos);
}

TEST_P(AnalyzerCases, TwoAnalysesAreCompared) {
  const std::string before = Done({.profile = Found()});
  Profile later = Found();
  later.tables.erase(later.tables.begin());
  later.tables[0].rows = 1000;
  const std::string after = Done({.profile = later});
  const Answered drift = Get(ada_, "analyses/" + after + "/drift", {{"before_id", before}});
  ASSERT_EQ(drift.status, 200) << drift;
  EXPECT_EQ(drift.Number("tables"), 2);
  ASSERT_EQ(drift["items"].as_array().size(), 2U) << drift;
  EXPECT_EQ(drift["items"].at(0).at("kind").as_string(), "table_removed");
  EXPECT_EQ(drift["items"].at(1).at("kind").as_string(), "rows_changed");
  EXPECT_EQ(Get(ada_, "analyses/" + after + "/drift", {{"before_id", Begin()}}).code, codes::kApiState.code);
  EXPECT_EQ(Get(ada_, "analyses/" + after + "/drift").code, codes::kApiField.code);
}

TEST_P(AnalyzerCases, TheAssessmentIsADocumentAndAPage) {
  const std::string without = Done({.profile = Found()});
  EXPECT_EQ(Get(ada_, "analyses/" + without + "/assessment").code, codes::kApiState.code);
  Assessment assessment{.name = "shop", .headline = "It may begin"};
  assessment.quality.overall = 0.75;
  assessment.quality.formulas = {"good / all"};
  assessment.quality.scores = {{.dimension = Dimension::integrity}};
  assessment.tables = {{.name = "person", .quality = 0.5}};
  const std::string id = Done({.profile = Found(), .assessment = assessment});
  EXPECT_TRUE(Get(ada_, "analyses/" + id)["assessed"].as_bool());
  EXPECT_DOUBLE_EQ(Get(ada_, "analyses/" + id)["summary"].at("quality").as_double(), 0.75);
  EXPECT_DOUBLE_EQ(Get(ada_, "analyses/" + id + "/tables")["items"].at(1).at("quality").as_double(), 0.5);
  const Answered read = Get(ada_, "analyses/" + id + "/assessment");
  EXPECT_EQ(read.Text("headline"), "It may begin");
  EXPECT_EQ(read.Text("verdict"), "ready");
  EXPECT_DOUBLE_EQ(read["tables"].at(0).at("quality").as_double(), 0.5);
  EXPECT_EQ(Get(ada_, "analyses/" + id + "/quality")["formulas"].at(0).as_string(), "good / all");
  const Answered page = Get(ada_, "analyses/" + id + "/assessment.html");
  EXPECT_NE(page.text.find("It may begin"), std::string::npos);
  EXPECT_EQ(Post(ada_, "connections/" + connection_ + "/analyses", {{"target", "nothing"}}).code,
            codes::kApiField.code);
}

TEST_P(AnalyzerCases, AProjectsAnalysesAreForItsMembers) {
  const std::string project = MakeProject(ada_, "Mine"), other = MakeProject(ada_, "Other");
  const std::string id = Done({.profile = Found()}, {{"project_id", project}}), tenants = Begin();
  EXPECT_EQ(EventsOf("project:" + project, "analysis.finished"), 1U);
  EXPECT_EQ(Get(bob_, "analyses/" + id).code, codes::kApiForbidden.code);
  ASSERT_EQ(Post(ada_, "projects/" + project + "/members",
                 {{"kind", "user"}, {"subject_id", bob_.user_id}, {"role", "engineer"}})
                .status,
            201);
  EXPECT_EQ(Get(bob_, "analyses/" + id).status, 200);
  EXPECT_EQ(Get(bob_, "analyses/" + tenants).code, codes::kApiForbidden.code);
  EXPECT_EQ(Get(bob_, "analyses").code, codes::kApiForbidden.code);
  EXPECT_EQ(Get(bob_, "analyses", {{"project_id", project}})["items"].as_array().size(), 1U);
  EXPECT_EQ(Get(bob_, "analyses", {{"project_id", other}}).code, codes::kApiForbidden.code);
  const std::string start = "connections/" + connection_ + "/analyses";
  EXPECT_EQ(Post(bob_, start, {{"project_id", project}}).status, 201);
  EXPECT_EQ(Post(bob_, start, {{"project_id", other}}).code, codes::kApiForbidden.code);
  EXPECT_EQ(Post(ada_, start, {{"project_id", "none"}}).code, codes::kApiField.code);
  EXPECT_EQ(jobs_->jobs.size(), 3U) << "what was refused left no job";
}

TEST_P(AnalyzerCases, WhatBelongsToAnotherTenantIsNotThere) {
  const std::string id = Done({.profile = Found()}), path = "analyses/" + id;
  for (const std::string& one :
       {path, path + "/tables", path + "/tables/1", path + "/tables/2/columns", path + "/personal-data",
        path + "/assessment", path + "/assessment.html", path + "/quality"})
    EXPECT_EQ(Get(eve_, one).code, codes::kApiNotFound.code) << one;
  EXPECT_EQ(Get(eve_, path + "/drift", {{"before_id", id}}).code, codes::kApiNotFound.code);
  EXPECT_EQ(Post(eve_, path + "/cancel", boost::json::object()).code, codes::kApiNotFound.code);
  EXPECT_EQ(Delete(eve_, path).code, codes::kApiNotFound.code);
  EXPECT_EQ(Post(eve_, "connections/" + connection_ + "/analyses", boost::json::object()).code,
            codes::kApiNotFound.code);
  EXPECT_TRUE(Get(eve_, "analyses")["items"].as_array().empty());
  EXPECT_EQ(Post(eve_, "connections/" + Connect(eve_, "own", "fake:lineitem?rows=1") + "/analyses",
                 {{"project_id", MakeProject(ada_, "Ada one")}})
                .code,
            codes::kApiField.code);
}

TEST_P(AnalyzerCases, AnAnalysisIsCancelledAndRemoved) {
  const std::string id = Begin(), path = "analyses/" + id;
  const http::Principal viewer = WithRole(bob_, "viewer");
  EXPECT_EQ(Post(viewer, path + "/cancel", boost::json::object()).code, codes::kApiForbidden.code);
  EXPECT_EQ(Delete(viewer, path).code, codes::kApiForbidden.code);
  EXPECT_EQ(Post(ada_, path + "/cancel", boost::json::object()).status, 202);
  EXPECT_EQ(Get(ada_, path).Text("state"), "cancelled");
  EXPECT_EQ(Post(ada_, path + "/cancel", boost::json::object()).code, codes::kApiState.code);
  const std::string at_work = Begin();
  EXPECT_EQ(Delete(ada_, "analyses/" + at_work).status, 204);
  EXPECT_EQ(jobs_->jobs[at_work].state, "cancelled");
  EXPECT_FALSE(jobs_->CarryOut(Kind({.profile = Found()}), at_work)) << "it was removed meanwhile";
  EXPECT_EQ(Delete(ada_, path).status, 204);
  EXPECT_EQ(Get(ada_, path).code, codes::kApiNotFound.code);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM analysis_table"), 0);
  const std::string project = MakeProject(ada_, "Shop"), of_project = Begin({{"project_id", project}});
  EXPECT_EQ(Delete(ada_, "analyses/" + of_project).status, 204);
  EXPECT_EQ(EventsOf("project:" + project, "analysis.removed"), 1U);
}

TEST_P(AnalyzerCases, AnAssessmentOfAnotherVersionIsSaidToBeOne) {
  const std::string id = Done({.profile = Found(), .assessment = Assessment{.name = "shop"}}), path = "analyses/" + id;
  ASSERT_EQ(Get(ada_, path + "/assessment").status, 200);
  const auto sealed = vault_->Seal("alpha", Pack(R"({"version":99})"), "analysis:" + id);
  ASSERT_TRUE(sealed);
  ASSERT_TRUE(store().Write(store::Scope::Tenant("alpha"), [&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute("UPDATE analysis SET assessment = $1 WHERE analysis_id = $2", store::Bytes{*sealed}, id));
    return {};
  }));
  for (const char* document : {"/assessment", "/quality"})
    EXPECT_EQ(Get(ada_, path + document).code, codes::kApiState.code) << document;
}

}  // namespace migrateiq::analyzer
