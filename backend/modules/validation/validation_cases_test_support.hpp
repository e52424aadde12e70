#pragma once

#include <fstream>

#include "modules/analyzer/analysis_job.hpp"
#include "modules/core/audit_chain.hpp"
#include "modules/core/people/tenant_removal.hpp"
#include "modules/projects/fake_jobs_test_support.hpp"
#include "modules/projects/projects_test_support.hpp"
#include "modules/validation/check_job.hpp"
#include "modules/validation/proposal_job.hpp"
#include "modules/validation/report_html.hpp"
#include "modules/validation/unusual.hpp"
#include "modules/validation/validation_services.hpp"
#include "pipeline/suite/result_json.hpp"
#include "platform/store/tenant_data.hpp"

/// What holds over SQLite and PostgreSQL alike. Jobs are carried out when the test says so.
namespace migrateiq::validation {

using projects::Answered;

inline constexpr const char* kSuiteText = R"(version: 1
checks:
  - {kind: row_count, table: orders, min: 1, name: some}
  - {kind: range, table: orders, column: id, max: 40, name: low_ids}
  - {kind: not_null, table: orders, column: id, name: ids, severity: warn}
)";

class ValidationCases : public projects::ProjectsCases {
 protected:
  void SetUp() override {
    ProjectsCases::SetUp();
    if (IsSkipped()) return;
    jobs_ = std::make_unique<projects::FakeJobs>(store());
    auto analyzer =
        analyzer::AnalyzerServices::Make({store(), *vault_, services_->connections, *jobs_, bus_.get(), clock_});
    ASSERT_TRUE(analyzer) << analyzer.error().ToString();
    analyzer_ = std::move(*analyzer);
    auto made = ValidationServices::Make(
        {store(), *vault_, services_->connections, *jobs_, analyzer_->analyses, bus_.get(), clock_});
    ASSERT_TRUE(made) << made.error().ToString();
    validation_ = std::move(*made);
    analyzer::AddAnalyzerRoutes(*router_, *analyzer_);
    AddValidationRoutes(*router_, *validation_);
    connection_ = Connect(ada_, "shop", "fake:orders?rows=60");
  }
  void TearDown() override {
    validation_.reset();
    analyzer_.reset();
    jobs_.reset();
    ProjectsCases::TearDown();
  }

  boost::json::object Body(const std::string& text = kSuiteText) const {
    return {{"name", "orders"}, {"source_connection_id", connection_}, {"text", text}};
  }
  std::string MakeSuite(const std::string& text = kSuiteText) {
    const Answered made = Post(ada_, "suites", Body(text));
    EXPECT_EQ(made.status, 201) << made;
    return made.ok() ? made.Text("suite_id") : "";
  }
  std::string Begin(const std::string& suite) {
    const Answered begun = Post(ada_, "suites/" + suite + "/check-runs", boost::json::object());
    EXPECT_EQ(begun.status, 201) << begun;
    return begun.ok() ? begun.Text("check_run_id") : "";
  }
  std::string Checked(const std::string& suite) {
    const std::string id = Begin(suite);
    const auto answer = jobs_->CarryOut(CheckJobKind(*validation_), id);
    EXPECT_TRUE(answer) << answer.error().ToString();
    return id;
  }
  std::string PlanIn(const std::string& project) {
    Connect(ada_, "crm", "fake:orders?rows=1");
    return MakePlan(project);
  }
  std::vector<std::string> Raise(const AlertedRun& run, const std::vector<RunCause>& causes) {
    using Told = std::vector<std::string>;
    return *store().WriteFor<Told>(store::Scope::Tenant(run.tenant_id), [&](store::Session& session) {
      return RaiseRunAlerts(session, run, causes, clock_.Now());
    });
  }
  size_t Unresolved() { return Get(ada_, "check-alerts", {{"state", "unresolved"}})["items"].as_array().size(); }

  std::unique_ptr<projects::FakeJobs> jobs_;
  std::unique_ptr<analyzer::AnalyzerServices> analyzer_;
  std::unique_ptr<ValidationServices> validation_;
  std::string connection_;
};

TEST_P(ValidationCases, ASuiteIsMadeReadChangedAndRemoved) {
  const std::string id = MakeSuite(), path = "suites/" + id;
  const Answered read = Get(ada_, path);
  EXPECT_EQ(read.Text("text"), kSuiteText);
  EXPECT_EQ(read.Number("checks"), 3);
  EXPECT_EQ(read.Tag(), "\"v1\"");
  EXPECT_EQ(Ask(ada_, {http::Method::kPut, path, R"({"name":"x"})"}).code, codes::kApiPrecondition.code);
  EXPECT_EQ(Put(ada_, path, {{"name", "x"}}, "\"v7\"").code, codes::kApiStale.code);
  const Answered changed = Put(ada_, path, {{"text", "version: 1\nchecks: []\n"}}, "\"v1\"");
  EXPECT_EQ(changed.Number("version"), 2) << changed;
  const Answered versions = Get(ada_, path + "/versions");
  ASSERT_EQ(versions["items"].as_array().size(), 2U);
  EXPECT_EQ(versions["items"].at(1).at("text").as_string(), kSuiteText);
  EXPECT_EQ(Get(ada_, "suites", {{"connection_id", connection_}})["items"].as_array().size(), 1U);
  EXPECT_EQ(Delete(ada_, path, "\"v2\"").status, 204);
  EXPECT_EQ(Get(ada_, path).code, codes::kApiNotFound.code);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM suite_version"), 0);
}

TEST_P(ValidationCases, WhatIsNoSuiteIsRefusedWithItsPlace) {
  const Answered refused = Post(ada_, "suites", Body("version: 1\nchecks:\n  - {kind: nul}\n"));
  EXPECT_EQ(refused.status, 0);
  ASSERT_EQ(refused.faults.size(), 1U);
  EXPECT_EQ(refused.faults[0].pointer, "/text");
  EXPECT_NE(refused.message.find("line 3"), std::string::npos) << refused;
  boost::json::object body = Body();
  body["source_connection_id"] = "none";
  EXPECT_EQ(Post(ada_, "suites", body).code, codes::kApiField.code);
  body.erase("source_connection_id");
  EXPECT_EQ(Post(ada_, "suites", body).code, codes::kApiField.code);
  EXPECT_EQ(Post(ada_, "suites", Body("version: 1\nattach: flow\nchecks: []\n")).code, codes::kApiField.code)
      << "a flow has two connections";
  const Answered judged = Post(ada_, "suites/validate", {{"text", "version: 1\nchecks: [{kind: x}]\n"}});
  EXPECT_FALSE(judged["valid"].as_bool());
  EXPECT_EQ(judged["faults"].as_array().size(), 1U);
}

TEST_P(ValidationCases, SqlOfOnesOwnNeedsItsPermission) {
  const std::string own = "version: 1\nchecks:\n  - {kind: sql, sql: SELECT 1, name: own}\n";
  const std::string condition = "version: 1\nchecks:\n  - {kind: not_null, table: orders, column: id, where: id > 1}\n";
  http::Principal writer = WithRole(bob_, "engineer");
  std::erase(writer.permissions, "suites.sql");
  for (const std::string& text : {own, condition}) {
    EXPECT_EQ(Post(writer, "suites", Body(text)).code, codes::kApiForbidden.code);
    EXPECT_EQ(Post(ada_, "suites", Body(text)).status, 201);
  }
  EXPECT_EQ(Post(writer, "suites", Body()).status, 201);
  const std::string path = "suites/" + MakeSuite();
  EXPECT_EQ(Put(writer, path, {{"text", own}}, "\"v1\"").code, codes::kApiForbidden.code);
}

TEST_P(ValidationCases, ASuiteIsCarriedOutAndItsResultsAreKept) {
  const std::string suite = MakeSuite(), id = Begin(suite), path = "check-runs/" + id;
  EXPECT_EQ(Get(ada_, path).Text("state"), "queued");
  EXPECT_EQ(Get(ada_, path + "/results").code, codes::kApiState.code);
  EXPECT_EQ(jobs_->requests[id].source_connection_id, connection_);
  ASSERT_TRUE(jobs_->CarryOut(CheckJobKind(*validation_), id));
  const Answered view = Get(ada_, path);
  EXPECT_EQ(view.Text("state"), "succeeded");
  EXPECT_EQ(view.Number("passed"), 2);
  EXPECT_EQ(view.Number("failed"), 1);
  EXPECT_TRUE(view["has_failed"].as_bool());
  EXPECT_NEAR(view["quality"].to_number<double>(), (1 + 40.0 / 60 + 1) / 3, 1e-9);
  const Answered results = Get(ada_, path + "/results");
  const auto& check = results["result"].at("checks").at(1);
  EXPECT_EQ(check.at("status").as_string(), "failed");
  EXPECT_EQ(check.at("rows_broken").as_int64(), 20);
  EXPECT_EQ(check.at("samples").as_array().size(), 5U);
  EXPECT_EQ(check.at("kind").as_string(), "range");
  EXPECT_FALSE(check.as_object().contains("code")) << "it could be made";
  EXPECT_EQ(results["result"].at("counts").at("passed").as_int64(), 2);
  EXPECT_EQ(EventsOf("tenant:alpha", "check.finished"), 1U);
  EXPECT_NE(Get(ada_, path + "/report").text.find("low_ids"), std::string::npos);
}

TEST_P(ValidationCases, ATryThatIsRepeatedReplacesWhatTheFirstLeft) {
  const std::string id = Checked(MakeSuite());
  ASSERT_TRUE(jobs_->CarryOut(CheckJobKind(*validation_), id));
  EXPECT_EQ(Count("SELECT COUNT(*) FROM check_result"), 3);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM alert"), 1);
  EXPECT_EQ(Count("SELECT MAX(times) FROM alert"), 1);
}

TEST_P(ValidationCases, HistoryAndMetricsOverTime) {
  const std::string suite = MakeSuite();
  for (int day = 0; day < 3; ++day) {
    Checked(suite);
    clock_.now += kDay;
  }
  Answered history = Get(ada_, "suites/" + suite + "/history", {{"check", "low_ids"}, {"limit", "2"}});
  ASSERT_EQ(history["items"].as_array().size(), 2U) << history;
  EXPECT_EQ(history["items"].at(0).at("rows_broken").as_int64(), 20);
  history = Get(ada_, "suites/" + suite + "/history",
                {{"check", "low_ids"}, {"limit", "2"}, {"cursor", history.Text("next")}});
  EXPECT_EQ(history["items"].as_array().size(), 1U);
  const Answered metrics = Get(ada_, "suites/" + suite + "/metrics");
  ASSERT_EQ(metrics["items"].as_array().size(), 3U);
  EXPECT_NEAR(metrics["items"].at(0).at("pass_rate").to_number<double>(), 2.0 / 3, 1e-9);
}

TEST_P(ValidationCases, AlertsAreRaisedOnceAcknowledgedMutedAndHeal) {
  const std::string suite = MakeSuite();
  Checked(suite);
  Checked(suite);
  const Answered list = Get(ada_, "check-alerts", {{"suite_id", suite}});
  ASSERT_EQ(list["items"].as_array().size(), 1U) << list;
  const auto& alert = list["items"].at(0);
  EXPECT_EQ(alert.at("check").as_string(), "low_ids");
  EXPECT_EQ(alert.at("kind").as_string(), "failed");
  EXPECT_EQ(alert.at("times").as_int64(), 2);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM notice WHERE event = 'suite.failed'"), 1) << "told once";
  const std::string path = "check-alerts/" + std::string(alert.at("alert_id").as_string());
  EXPECT_EQ(Post(ada_, path + "/acknowledge", {{"note", "looking"}}).Text("state"), "acknowledged");
  EXPECT_EQ(Post(ada_, path + "/mute", {{"until", "2099-01-01T00:00:00Z"}}).status, 200);
  EXPECT_EQ(Post(ada_, path + "/resolve", boost::json::object()).Text("state"), "resolved");
  EXPECT_EQ(Post(ada_, path + "/resolve", boost::json::object()).code, codes::kApiState.code);
  Checked(suite);
  EXPECT_EQ(Unresolved(), 1U) << "it comes again";
  EXPECT_EQ(Count("SELECT COUNT(*) FROM notice WHERE event = 'suite.failed'"), 1) << "muted";
  const std::string fixed =
      "version: 1\nchecks:\n  - {kind: range, table: orders, column: id, max: 60, name: low_ids}\n";
  ASSERT_EQ(Put(ada_, "suites/" + suite, {{"text", fixed}}, "\"v1\"").status, 200);
  Checked(suite);
  EXPECT_EQ(Unresolved(), 0U);
}

TEST_P(ValidationCases, AnAlertSaysUntilWhenItsCheckIsMuted) {
  Checked(MakeSuite());
  const auto muted = [&] {
    const boost::json::value alert = Get(ada_, "check-alerts")["items"].at(0);
    const auto* until = alert.as_object().if_contains("muted_until");
    return until == nullptr ? std::string() : std::string(until->as_string());
  };
  EXPECT_EQ(muted(), "");
  const std::string path =
      "check-alerts/" + std::string(Get(ada_, "check-alerts")["items"].at(0).at("alert_id").as_string());
  EXPECT_EQ(Post(ada_, path + "/mute", {{"until", "2099-01-01T00:00:00Z"}}).Text("muted_until"),
            "2099-01-01T00:00:00Z");
  EXPECT_EQ(muted(), "2099-01-01T00:00:00Z");
  EXPECT_EQ(Get(ada_, path).Text("muted_until"), "2099-01-01T00:00:00Z");
  const Micros before = std::exchange(clock_.now, 4'200'000'000 * kSecond);
  EXPECT_EQ(muted(), "") << "that moment has passed";
  clock_.now = before;
  EXPECT_FALSE(
      Post(ada_, path + "/mute", {{"until", "2001-01-01T00:00:00Z"}}).body.as_object().contains("muted_until"));
  EXPECT_EQ(muted(), "") << "it was ended";
}

TEST_P(ValidationCases, WhatIsDoneAboutAnAlertIsToldToItsProject) {
  const std::string project = MakeProject(ada_, "Shop"), plan = PlanIn(project);
  Raise({.tenant_id = "alpha", .project_id = project, .plan_id = plan, .run_id = "r1"}, {{"rows", "few"}});
  const std::string path =
      "check-alerts/" + std::string(Get(ada_, "check-alerts")["items"].at(0).at("alert_id").as_string());
  ASSERT_EQ(Post(ada_, path + "/acknowledge", boost::json::object()).status, 200);
  ASSERT_EQ(Post(ada_, path + "/resolve", boost::json::object()).status, 200);
  EXPECT_EQ(EventsOf("project:" + project, "check.alert"), 2U);
}

TEST_P(ValidationCases, RunsUnlikeThoseBeforeThemAreInTheSameList) {
  const std::string project = MakeProject(ada_, "Shop"), plan = PlanIn(project);
  const AlertedRun run{.tenant_id = "alpha", .project_id = project, .plan_id = plan, .run_id = "r1"};
  EXPECT_EQ(Raise(run, {{"rows", "4 rows; usually 10,000"}, {"throughput", "slow"}}).size(), 2U);
  Checked(MakeSuite());
  EXPECT_EQ(Get(ada_, "check-alerts")["items"].as_array().size(), 3U);
  const Answered runs = Get(ada_, "check-alerts", {{"source", "run"}, {"plan_id", plan}});
  ASSERT_EQ(runs["items"].as_array().size(), 2U) << runs;
  EXPECT_EQ(Get(ada_, "check-alerts", {{"source", "suite"}})["items"].as_array().size(), 1U);
  const Answered alert = Get(ada_, "check-alerts/" + std::string(runs["items"].at(1).at("alert_id").as_string()));
  EXPECT_EQ(alert.Text("measure"), "rows");
  EXPECT_EQ(alert.Text("run_id"), "r1");
  EXPECT_FALSE(alert.body.as_object().contains("suite_id"));
  const std::string path = "check-alerts/" + alert.Text("alert_id");
  EXPECT_EQ(Post(ada_, path + "/mute", {{"until", "2099-01-01T00:00:00Z"}}).status, 200);
  EXPECT_EQ(Post(ada_, path + "/resolve", boost::json::object()).Text("state"), "resolved");
  AlertedRun next = run;
  next.run_id = "r2";
  EXPECT_TRUE(Raise(next, {{"rows", "5 rows"}, {"throughput", "slow"}}).empty()) << "muted, and known";
  EXPECT_EQ(Get(ada_, "check-alerts", {{"source", "run"}, {"state", "unresolved"}})["items"].as_array().size(), 2U);
  Raise(next, {});
  EXPECT_EQ(Get(ada_, "check-alerts", {{"source", "run"}, {"state", "unresolved"}})["items"].as_array().size(), 0U);
  next.plan_id = "gone";
  EXPECT_EQ(Raise(next, {{"rows", "0 rows"}}).size(), 1U) << "a plan that was removed meanwhile";
}

TEST_P(ValidationCases, AlertsAreForWhoMaySeeWhatTheyAreAbout) {
  const std::string project = MakeProject(ada_, "Shop"), plan = PlanIn(project);
  Raise({.tenant_id = "alpha", .project_id = project, .plan_id = plan, .run_id = "r1"}, {{"rows", "few"}});
  Checked(MakeSuite());
  http::Principal one = ada_;
  for (const auto& [permission, source] : {std::pair("runs.read", "run"), std::pair("suites.read", "suite")}) {
    one.permissions = {permission};
    const Answered seen = Get(one, "check-alerts");
    ASSERT_EQ(seen["items"].as_array().size(), 1U) << seen;
    EXPECT_EQ(seen["items"].at(0).at("source").as_string(), source);
    const char* other = std::string_view(source) == "run" ? "suite" : "run";
    EXPECT_EQ(Get(one, "check-alerts", {{"source", other}}).code, codes::kApiForbidden.code);
  }
  EXPECT_TRUE(Get(eve_, "check-alerts")["items"].as_array().empty());
}

TEST_P(ValidationCases, OfATenantThatIsRemovedNothingIsLeftInAnyTable) {
  const std::string project = MakeProject(ada_, "Shop"), plan = PlanIn(project);
  Checked(MakeSuite());
  Post(ada_, "connections/" + connection_ + "/analyses", boost::json::object());
  Post(ada_, "projects/" + project + "/comments", {{"text", "hello"}});
  MakeProject(eve_, "Hers");
  const auto rows_of = [this](const std::string& tenant) {
    using Rows = std::map<std::string, int64_t>;
    return *store().ReadFor<Rows>(store::Scope::System(),
                                  [&](store::Session& session) { return store::CountTenantRows(session, tenant); });
  };
  const auto hers = rows_of("beta");
  for (const char* table : {"suite", "check_result", "alert", "analysis", "audit_entry", "secret_key", "user_account"})
    EXPECT_TRUE(rows_of("alpha").contains(table)) << table;
  core::TenantRemoval removal(store(), *access_);
  std::string outside;
  removal.Also([&](const std::string& tenant) -> Status {
    outside = tenant;
    return services_->RemoveFilesOf(tenant);
  });
  Actor boss{.tenant_id = "default", .id = "boss", .name = "boss", .permissions = {"tenant.write"}};
  const auto any = [](int64_t) -> Status { return {}; };
  Actor stranger = boss;
  stranger.tenant_id = "beta";
  EXPECT_TRUE(removal.Remove(stranger, "alpha", "alpha", any).error().Is(codes::kApiForbidden));
  EXPECT_TRUE(removal.Remove(boss, "alpha", "alpha", any).error().Is(codes::kApiState)) << "it is at work";
  Run("UPDATE tenant SET state = 'suspended' WHERE tenant_id = 'alpha'");
  EXPECT_EQ(removal.Remove(boss, "alpha", "Alpha", any).error().place, "/name");
  EXPECT_EQ(removal.Look(boss, "alpha")->rows, rows_of("alpha"));
  EXPECT_FALSE(store().Write(store::Scope::System(), [](store::Session& session) -> Status {
    MIQ_TRY(session.Execute("DELETE FROM audit_entry WHERE tenant_id = 'alpha'"));
    return {};
  })) << "the log of a tenant that is there is append-only";
  const Status done = removal.Remove(boss, "alpha", "alpha", any);
  ASSERT_TRUE(done) << done.error().ToString();
  EXPECT_EQ(outside, "alpha");
  EXPECT_TRUE(rows_of("alpha").empty()) << rows_of("alpha").begin()->first;
  EXPECT_EQ(rows_of("beta"), hers);
  EXPECT_TRUE(removal.Look(boss, "alpha").error().Is(codes::kApiNotFound));
  EXPECT_TRUE(core::VerifyAudit(store(), "default")->unbroken);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM audit_entry WHERE tenant_id = 'default' AND action = 'tenant.removed' AND "
                  "details LIKE '%audit_hash%'"),
            1);
}

TEST_P(ValidationCases, OldResultsGoButForTheNewestOfEachSuite) {
  const std::string suite = MakeSuite(), first = Checked(suite), second = Checked(suite);
  Run("UPDATE check_run SET finished_at = 5");
  ASSERT_TRUE(validation_->runs.Tidy(10));
  EXPECT_EQ(Get(ada_, "check-runs/" + first).code, codes::kApiNotFound.code);
  EXPECT_EQ(Get(ada_, "check-runs/" + second).status, 200);
  EXPECT_EQ(Count("SELECT COUNT(DISTINCT check_run_id) FROM check_result"), 1);
}

TEST_P(ValidationCases, WhatCannotBeMadeIsAnAlertToo) {
  const std::string suite = MakeSuite("version: 1\nchecks:\n  - {kind: not_null, table: nowhere, column: x}\n");
  EXPECT_EQ(Get(ada_, "check-runs/" + Checked(suite)).Number("errors"), 1);
  EXPECT_EQ(Get(ada_, "check-alerts")["items"].at(0).at("kind").as_string(), "error");
}

TEST_P(ValidationCases, RowsThatBreakAreForThoseWhoMaySeeThem) {
  const std::string id = Checked(MakeSuite());
  const http::Principal viewer = WithRole(bob_, "viewer");
  const Answered results = Get(viewer, "check-runs/" + id + "/results");
  EXPECT_TRUE(results["masked"].as_bool());
  EXPECT_TRUE(results["result"].at("checks").at(1).at("samples").as_array().empty());
  EXPECT_EQ(Get(viewer, "check-runs/" + id + "/report").text.find("<code>"), std::string::npos);
  EXPECT_NE(Get(ada_, "check-runs/" + id + "/report").text.find("<code>"), std::string::npos);
}

TEST_P(ValidationCases, WhatIsStoredIsSealed) {
  Checked(MakeSuite());
  const auto rows = store().ReadFor<store::Rows>(
      store::Scope::System(), [](store::Session& session) { return session.Query("SELECT document FROM check_run"); });
  EXPECT_EQ(rows->at(0).Binary(0).find("low_ids"), std::string::npos);
}

TEST_P(ValidationCases, ASuiteIsProposedFromTheData) {
  const Answered begun = Post(ada_, "connections/" + connection_ + "/suite-proposals", {{"name", "proposed"}});
  ASSERT_EQ(begun.status, 202) << begun;
  const std::string id = begun.Text("suite_id");
  EXPECT_EQ(Get(ada_, "suites/" + id).code, codes::kApiNotFound.code);
  const auto answer = jobs_->CarryOut(ProposalJobKind(*validation_), id);
  ASSERT_TRUE(answer) << answer.error().ToString();
  const Answered suite = Get(ada_, "suites/" + id);
  EXPECT_GT(suite.Number("checks"), 5) << suite;
  EXPECT_FALSE(suite["own_sql"].as_bool());
  EXPECT_EQ(Get(ada_, "check-runs/" + Checked(id)).Number("failed"), 0);
  EXPECT_EQ(Post(ada_, "connections/none/suite-proposals", boost::json::object()).code, codes::kApiNotFound.code);
}

TEST_P(ValidationCases, ASuiteIsProposedFromAnAnalysis) {
  const std::string propose = "connections/" + connection_ + "/suite-proposals";
  const std::string analysis =
      Post(ada_, "connections/" + connection_ + "/analyses", boost::json::object()).Text("analysis_id");
  EXPECT_EQ(Post(ada_, propose, {{"from_analysis", analysis}}).code, codes::kApiField.code) << "it is not finished";
  ASSERT_TRUE(jobs_->CarryOut(analyzer::AnalyzeKind(*analyzer_), analysis));
  const std::string id = Post(ada_, propose, {{"from_analysis", analysis}}).Text("suite_id");
  ASSERT_TRUE(jobs_->CarryOut(ProposalJobKind(*validation_), id));
  EXPECT_GT(Get(ada_, "suites/" + id).Number("checks"), 5);
  const std::string other = Connect(ada_, "other", "fake:lineitem?rows=10");
  EXPECT_EQ(Post(ada_, "connections/" + other + "/suite-proposals", {{"from_analysis", analysis}}).code,
            codes::kApiField.code)
      << "it is of another connection";
}

TEST_P(ValidationCases, ASchedulesSubjectIsASuite) {
  const projects::JobKind kind = CheckJobKind(*validation_);
  const std::string project = MakeProject(ada_, "Mine");
  boost::json::object body = Body();
  body["project_id"] = project;
  const std::string suite = Post(ada_, "suites", body).Text("suite_id");
  const std::string subject = R"({"suite_id":")" + suite + "\"}";
  EXPECT_EQ(kind.check_subject("alpha", subject).value_or(""), project);
  EXPECT_TRUE(kind.check_subject("beta", subject).error().Is(codes::kApiField));
  EXPECT_EQ(kind.check_subject("alpha", "{}").error().place, "/subject/suite_id");
  core::Actor actor = core::Actor::System("alpha");
  const auto begun = kind.start(actor, subject, "nightly");
  ASSERT_TRUE(begun) << begun.error().ToString();
  EXPECT_EQ(jobs_->requests[*begun].schedule_id, "nightly");
}

TEST_P(ValidationCases, WhatBelongsToAnotherTenantIsNotThere) {
  const std::string suite = MakeSuite(), run = Checked(suite);
  const std::string alert(Get(ada_, "check-alerts")["items"].at(0).at("alert_id").as_string());
  for (const std::string& path :
       {"suites/" + suite, "suites/" + suite + "/versions", "suites/" + suite + "/metrics", "check-runs/" + run,
        "check-runs/" + run + "/results", "check-runs/" + run + "/report", "check-alerts/" + alert})
    EXPECT_EQ(Get(eve_, path).code, codes::kApiNotFound.code) << path;
  EXPECT_EQ(Get(eve_, "suites/" + suite + "/history", {{"check", "some"}}).code, codes::kApiNotFound.code);
  EXPECT_EQ(Put(eve_, "suites/" + suite, {{"name", "x"}}, "\"v1\"").code, codes::kApiNotFound.code);
  EXPECT_EQ(Delete(eve_, "suites/" + suite, "\"v1\"").code, codes::kApiNotFound.code);
  for (const std::string& path : {"suites/" + suite + "/check-runs", "check-runs/" + run + "/cancel",
                                  "check-alerts/" + alert + "/acknowledge", "check-alerts/" + alert + "/resolve"})
    EXPECT_EQ(Post(eve_, path, boost::json::object()).code, codes::kApiNotFound.code) << path;
  for (const char* list : {"suites", "check-runs", "check-alerts"})
    EXPECT_TRUE(Get(eve_, list)["items"].as_array().empty()) << list;
  EXPECT_EQ(Post(eve_, "suites", Body()).code, codes::kApiField.code) << "the connection is another tenant's";
}

TEST_P(ValidationCases, AProjectsSuitesAreForItsMembers) {
  const std::string project = MakeProject(ada_, "Mine");
  boost::json::object body = Body();
  body["project_id"] = project;
  const std::string suite = Post(ada_, "suites", body).Text("suite_id");
  EXPECT_EQ(Get(bob_, "suites/" + suite).code, codes::kApiForbidden.code);
  ASSERT_EQ(Post(ada_, "projects/" + project + "/members",
                 {{"kind", "user"}, {"subject_id", bob_.user_id}, {"role", "engineer"}})
                .status,
            201);
  EXPECT_EQ(Get(bob_, "suites/" + suite).status, 200);
  EXPECT_EQ(Get(bob_, "suites").code, codes::kApiForbidden.code);
  EXPECT_EQ(Get(bob_, "suites", {{"project_id", project}})["items"].as_array().size(), 1U);
  EXPECT_EQ(Post(bob_, "suites/" + suite + "/check-runs", boost::json::object()).status, 201);
  body["project_id"] = "none";
  EXPECT_EQ(Post(ada_, "suites", body).code, codes::kApiField.code);
}

}  // namespace migrateiq::validation
