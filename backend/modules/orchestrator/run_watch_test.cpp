#include "modules/orchestrator/run_watch.hpp"

#include <algorithm>

#include "modules/orchestrator/run_life_test_support.hpp"

namespace migrateiq::orchestrator {
namespace {

class RunWatchTest : public RunLifeTest {
 protected:
  /// Runs of the plan, a night apart, the last of them last night.
  void Nights(int count) {
    server_->AddPerson("anna", "engineer");
    ASSERT_TRUE(Write([&](store::Session& session) -> Status {
      for (int night = count; night > 0; --night) {
        const Micros at = server_->clock.Now() - night * kDay;
        RunJob run{.run_id = "r" + std::to_string(night), .tenant_id = server_->tenant, .plan_id = "p", .kind = "run"};
        run.state = RunState::succeeded;
        run.created_at = at;
        run.started_at = at;
        run.answer = FiguresText({.rows = 10'000.0 + night % 3, .seconds = 60, .rejected = 2, .bytes = 1e6});
        MIQ_TRY(jobs::Insert(session, run));
      }
      return {};
    }));
  }
  Status Write(const std::function<Status(store::Session&)>& work) {
    return server_->store->Write(store::Scope::Tenant(server_->tenant), work);
  }
  int64_t Alerts(const std::string& state) {
    return *server_->store->ReadFor<int64_t>(
        store::Scope::Tenant(server_->tenant), [&](store::Session& session) -> Result<int64_t> {
          MIQ_ASSIGN(const store::Rows rows,
                     session.Query("SELECT COUNT(*) FROM alert WHERE tenant_id = $1 AND source = 'run' AND plan_id = "
                                   "'p' AND subject = 'rows' AND state = $2",
                                   server_->tenant, state));
          return rows.at(0).Integer(0);
        });
  }
  RunFigures Judge(const std::string& plan, const RunFigures& figures) {
    RunJob run{.run_id = "now", .tenant_id = server_->tenant, .plan_id = plan, .kind = "run"};
    run.started_at = server_->clock.Now();
    return *server_->store->ReadFor<RunFigures>(
        store::Scope::Tenant(server_->tenant), [&](store::Session& session) { return Watched(session, run, figures); });
  }
};

TEST_F(RunWatchTest, ARunUnlikeThoseBeforeItIsToldWithTheReason) {
  Nights(20);
  EXPECT_TRUE(Judge("p", {.rows = 10'001, .seconds = 61, .rejected = 2, .bytes = 1e6}).unusual.empty());
  const RunFigures few = Judge("p", {.rows = 400, .seconds = 60, .rejected = 2, .bytes = 1e6});
  ASSERT_FALSE(few.unusual.empty());
  EXPECT_EQ(few.unusual[0].measure, "rows");
  EXPECT_NE(few.unusual[0].reason.find("400"), std::string::npos) << few.unusual[0].reason;
  EXPECT_TRUE(Judge("another", {.rows = 400, .seconds = 60}).unusual.empty()) << "a plan without a history";
}

TEST_F(RunWatchTest, WhoAskedForTheRunHearsOfIt) {
  const RunFigures figures{.rows = 4, .unusual = {{"rows", 4, 10'000, "4 rows; usually 10,000"}}};
  server_->carry_out = [&](ActiveTask&) { return Outcome{.result = "succeeded", .answer = FiguresText(figures)}; };
  const auto worker = server_->StartWorker("w1");
  const RunJob run = server_->WaitFor(Start({.plan_id = "p"}).run_id, RunState::succeeded);
  EXPECT_EQ(FiguresFrom(run.answer)->unusual[0].reason, "4 rows; usually 10,000");
  const auto notices = server_->Notices();  // both of one moment: in any order
  EXPECT_EQ(std::ranges::count(notices, R"(run.unusual: The run of 'shop' was unlike those before it -> ["anna"])"), 1);
}

TEST_F(RunWatchTest, WhatIsUnusualIsAnAlertUntilItIsAsUsualAgain) {
  ASSERT_TRUE(Write([&](store::Session& session) -> Status {
    MIQ_TRY(
        session.Execute("INSERT INTO project (project_id, tenant_id, name, description, state, labels, version, "
                        "created_at, created_by, created_by_name, updated_at) VALUES ('shop', $1, 'shop', '', "
                        "'draft', '[]', 1, 1, '', '', 1)",
                        server_->tenant));
    MIQ_TRY(
        session.Execute("INSERT INTO plan (plan_id, tenant_id, project_id, name, version, source_connection_id, "
                        "target_connection_id, created_at, updated_at) VALUES ('p', $1, 'shop', 'p', 1, '', '', 1, 1)",
                        server_->tenant));
    return {};
  }));
  RunFigures figures{.rows = 4, .unusual = {{"rows", 4, 10'000, "4 rows; usually 10,000"}}};
  server_->carry_out = [&](ActiveTask&) { return Outcome{.result = "succeeded", .answer = FiguresText(figures)}; };
  const auto worker = server_->StartWorker("w1");
  for (int night = 0; night < 2; ++night) server_->WaitFor(Start({.plan_id = "p"}).run_id, RunState::succeeded);
  EXPECT_EQ(Alerts("open"), 1);
  EXPECT_EQ(
      std::ranges::count_if(server_->Notices(), [](const std::string& one) { return one.starts_with("run.unu"); }), 1)
      << "told once";
  figures.unusual.clear();
  server_->WaitFor(Start({.plan_id = "p"}).run_id, RunState::succeeded);
  EXPECT_EQ(Alerts("open"), 0);
  EXPECT_EQ(Alerts("resolved"), 1);
}

}  // namespace
}  // namespace migrateiq::orchestrator
