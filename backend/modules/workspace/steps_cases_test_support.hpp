#pragma once

#include "modules/analyzer/analysis_store.hpp"
#include "modules/analyzer/migrations.hpp"
#include "modules/ml/matching_store.hpp"
#include "modules/ml/migrations.hpp"
#include "modules/orchestrator/job_repository.hpp"
#include "modules/projects/projects_test_support.hpp"
#include "modules/validation/alert_store.hpp"
#include "modules/validation/check_run_store.hpp"
#include "modules/validation/migrations.hpp"
#include "modules/validation/suite_store.hpp"
#include "modules/workspace/steps_api.hpp"

/// What holds over SQLite and PostgreSQL alike. What the other modules keep is written as they write it.
namespace migrateiq::workspace {

using projects::Answered;

class StepsCases : public projects::ProjectsCases {
 protected:
  void SetUp() override {
    ProjectsCases::SetUp();
    if (IsSkipped()) return;
    ASSERT_TRUE(store().Migrate("jobs", orchestrator::JobMigrations()));
    ASSERT_TRUE(store().Migrate("analyzer", analyzer::AnalyzerMigrations()));
    ASSERT_TRUE(store().Migrate("ml", ml::MlMigrations()));
    ASSERT_TRUE(store().Migrate("validation", validation::ValidationMigrations()));
    steps_ = std::make_unique<Steps>(store());
    AddStepRoutes(*router_, *steps_);
    ConnectBoth();
    project_ = MakeProject(ada_, "Shop to CRM");
  }
  void TearDown() override {
    steps_.reset();
    ProjectsCases::TearDown();
  }

  using Work = std::function<Status(store::Session&)>;
  void Write(const Work& work, const std::string& tenant = "alpha") {
    const Status done = store().Write(store::Scope::Tenant(tenant), work);
    ASSERT_TRUE(done) << done.error().ToString();
  }
  void AddJob(const std::string& id, const std::string& kind, orchestrator::RunState state,
              const std::string& waiting_for = "") {
    orchestrator::RunJob job;
    job.run_id = id;
    job.tenant_id = "alpha";
    job.project_id = project_;
    job.kind = kind;
    job.state = state;
    job.waiting_for = waiting_for;
    job.options = "{}";
    Write([&](store::Session& session) { return orchestrator::jobs::Insert(session, job); });
  }
  void AddAnalysis(const std::string& id, const std::string& project, const std::string& connection, bool done = true) {
    Write([&](store::Session& session) -> Status {
      MIQ_TRY(analyzer::InsertAnalysis(
          session, {.analysis_id = id, .tenant_id = "alpha", .project_id = project, .connection_id = connection}));
      if (!done) return {};
      return analyzer::FinishAnalysis(session, "alpha", id, 5, {.tables = 7, .failures = 2}, {});
    });
  }
  void AddMatching(const std::string& id, int64_t suggestions, int64_t decided) {
    Write([&](store::Session& session) -> Status {
      MIQ_TRY(ml::InsertMatching(session,
                                 {.matching_id = id, .tenant_id = "alpha", .project_id = project_, .finished_at = 5}));
      std::vector<ml::Suggestion> found;
      for (int64_t i = 1; i <= suggestions; ++i) found.push_back({.number = i, .source_column = "a"});
      MIQ_TRY(ml::PutFound(session, "alpha", id, {}, found));
      for (int64_t i = 1; i <= decided; ++i)
        MIQ_TRY(
            ml::PutDecision(session, "alpha", id, {.number = i, .decision = ml::Decision::accepted, .decided_at = 5}));
      return {};
    });
  }
  void AddChecks(const std::string& id, int64_t failed) {
    Write([&](store::Session& session) -> Status {
      MIQ_TRY(validation::InsertSuite(session, {.suite_id = "s-" + id, .tenant_id = "alpha", .project_id = project_}));
      validation::CheckRunRow run{
          .check_run_id = id, .tenant_id = "alpha", .suite_id = "s-" + id, .project_id = project_};
      MIQ_TRY(validation::InsertCheckRun(session, run));
      run.finished_at = 5;
      run.passed = 4;
      run.failed = failed;
      return validation::FinishCheckRun(session, run, {}, "sealed");
    });
  }
  void AddAlert(const std::string& id, const std::string& suite, const std::string& state) {
    Write([&](store::Session& session) {
      return validation::InsertAlert(
          session, {.alert_id = id, .tenant_id = "alpha", .suite_id = suite, .project_id = project_, .state = state});
    });
  }

  Answered Ask(const http::Principal& who, const std::string& plan = "") {
    return Get(who, "projects/" + project_ + "/steps", plan.empty() ? Fields{} : Fields{{"plan_id", plan}});
  }
  /// "open suggestions_open 2 of 3" of one step; empty when it is not told of.
  std::string Said(const std::string& step, const http::Principal& who) {
    const Answered answer = Ask(who);
    EXPECT_EQ(answer.status, 200) << answer;
    for (const auto& item : answer["items"].as_array()) {
      const boost::json::object& one = item.as_object();
      if (one.at("step").as_string() != step) continue;
      std::string said = std::string(one.at("state").as_string()) + " " + std::string(one.at("reason").as_string());
      if (one.contains("left")) said += " " + std::to_string(one.at("left").as_int64());
      if (one.contains("total")) said += " of " + std::to_string(one.at("total").as_int64());
      return said;
    }
    return "";
  }
  std::string Said(const std::string& step) { return Said(step, ada_); }

  std::unique_ptr<Steps> steps_;
  std::string project_;
};

TEST_P(StepsCases, AProjectWithoutAnythingHasNothingBegun) {
  const Answered answer = Ask(ada_);
  ASSERT_EQ(answer["items"].as_array().size(), 5U) << answer;
  for (const auto& item : answer["items"].as_array()) EXPECT_EQ(item.at("reason").as_string(), "not_begun");
  EXPECT_FALSE(answer.body.as_object().contains("plan_id"));
}

TEST_P(StepsCases, EachStepSaysWhatIsLeftInIt) {
  MakePlan(project_);
  AddAnalysis("a1", project_, "c");
  AddMatching("m1", 3, 1);
  AddChecks("k1", 1);
  AddJob("r1", "rehearse", orchestrator::RunState::succeeded);
  EXPECT_EQ(Said("analysis"), "open tables_unread 2 of 9");
  EXPECT_EQ(Said("mapping"), "open suggestions_open 2 of 3");
  EXPECT_EQ(Said("transformation"), "done complete");
  EXPECT_EQ(Said("validation"), "open checks_failing 1 of 5");
  EXPECT_EQ(Said("migration"), "open rehearsed");
  AddMatching("m2", 4, 4);
  EXPECT_EQ(Said("mapping"), "done complete 0 of 4") << "the newest counts";
}

TEST_P(StepsCases, WhatIsUnderWayIsToldByItsJob) {
  AddAnalysis("a1", project_, "c", false);
  EXPECT_EQ(Said("analysis"), "failed failed") << "its job is gone: nobody will finish it";
  AddAnalysis("a2", project_, "c", false);
  AddJob("a2", "analyze", orchestrator::RunState::queued);
  EXPECT_EQ(Said("analysis"), "busy under_way");
  EXPECT_EQ(Said("migration"), "none not_begun") << "a job is no run";
}

TEST_P(StepsCases, AlertsAndApprovalsGoBeforeTheLastRun) {
  AddChecks("k1", 0);
  EXPECT_EQ(Said("validation"), "done complete 0 of 4");
  AddAlert("x1", "s-k1", "open");
  AddAlert("x2", "s-k1", "acknowledged");
  AddAlert("x3", "s-k1", "resolved");
  EXPECT_EQ(Said("validation"), "open alerts_open 2");
  AddJob("r1", "run", orchestrator::RunState::queued, "approval");
  AddJob("r2", "rehearse", orchestrator::RunState::succeeded);
  EXPECT_EQ(Said("migration"), "open waiting_for_approval 1");
}

TEST_P(StepsCases, AnAnalysisOfTheSourceThatIsOfNoProjectDoes) {
  MakePlan(project_);
  const std::string source(
      Get(ada_, "projects/" + project_ + "/plans")["items"].at(0).at("source_connection_id").as_string());
  AddAnalysis("a1", "", "another");
  AddAnalysis("a2", MakeProject(ada_, "Other"), source);
  EXPECT_EQ(Said("analysis"), "none not_begun");
  AddAnalysis("a3", "", source);
  EXPECT_EQ(Said("analysis"), "open tables_unread 2 of 9");
  AddAnalysis("a0", project_, "c", false);
  EXPECT_EQ(Said("analysis"), "failed failed") << "the project's own goes before an earlier one of nobody";
}

TEST_P(StepsCases, ThePlanLookedAtIsTheOneNamedElseTheFirst) {
  const std::string first = MakePlan(project_), second = MakePlan(project_, "second");
  EXPECT_EQ(Ask(ada_).Text("plan_id"), std::min(first, second));
  EXPECT_EQ(Ask(ada_, std::max(first, second)).Text("plan_id"), std::max(first, second));
  EXPECT_EQ(Ask(ada_, "gone").Text("plan_id"), std::min(first, second));
}

TEST_P(StepsCases, APlanWhoseConnectionIsGoneHasAFault) {
  const std::string plan = MakePlan(project_);
  EXPECT_EQ(Said("transformation"), "done complete");
  Run("UPDATE connection SET name = 'renamed' WHERE name = 'crm'");
  EXPECT_EQ(Said("transformation"), "open plan_faults 1") << "its text was read already, its connections are asked for";
  Run("UPDATE connection SET name = 'crm' WHERE name = 'renamed'");
  EXPECT_EQ(Said("transformation"), "done complete");
  Run("INSERT INTO plan_version (plan_id, number, tenant_id, body, message, author_id, author, created_at) SELECT "
      "plan_id, 2, tenant_id, 'mappings: 7', '', '', '', 1 FROM plan_version WHERE plan_id = '" +
      plan + "'");
  Run("UPDATE plan SET version = 2 WHERE plan_id = '" + plan + "'");
  EXPECT_EQ(Said("transformation"), "open plan_faults 1") << "a new version is read";
}

TEST_P(StepsCases, NobodySeesStepsThatTheyMayNotSee) {
  AddMatching("m1", 3, 1);
  http::Principal viewer = WithRole(bob_, "viewer");
  std::erase(viewer.permissions, "mappings.read");
  std::erase(viewer.permissions, "runs.read");
  EXPECT_EQ(Said("mapping", viewer), "");
  EXPECT_EQ(Said("migration", viewer), "");
  EXPECT_EQ(Said("validation", viewer), "none not_begun");
  EXPECT_EQ(Ask(bob_).code, codes::kApiForbidden.code);
  EXPECT_EQ(Ask(eve_).code, codes::kApiNotFound.code) << "of another tenant";
}

}  // namespace migrateiq::workspace
