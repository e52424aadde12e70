#include <boost/json.hpp>

#include "base/errors/api.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "modules/orchestrator/run_api.hpp"
#include "modules/orchestrator/run_life_test_support.hpp"
#include "modules/projects/plans/plan_text.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq::orchestrator {
namespace {

namespace json = boost::json;

/// Routes that ask the engine, which here really reads and writes: generated rows into a SQLite file.
class EngineRoutesTest : public RunLifeTest {
 protected:
  void SetUp() override {
    RunLifeTest::SetUp();
    server_->carry_out = {};
    server_->records = [this](const std::string& tenant) -> Result<std::shared_ptr<RunRepository>> {
      return std::make_shared<RunRepository>(*server_->store, tenant, SealByStateKey(folder_));
    };
    projects::RunnablePlan& plan = server_->plans.plans["shop-to-crm"];
    plan = Plan("shop-to-crm", false);
    plan.plan.source.url = "fake:orders?rows=40";
    plan.plan.target.url = "sqlite:" + Target();
    plan.source_connection = "shop";
    plan.target_connection = "crm";
    server_->plans.plans["to-production"] = plan;
    const ApiParts parts{*server_->store, *server_->queue, server_->runs,
                         server_->plans,  server_->clock,  server_->records};
    AddRunRoutes(router_, parts);
    AddProposalRoutes(router_, parts);
    AddSampleRoutes(router_, parts);
    AddOutlineRoutes(router_, parts);
    AddExpressionRoutes(router_);
    AddRepairRoutes(router_, parts);
    AddQuarantineRoutes(router_, parts);
    AddMonitorRoutes(router_, parts);
    AddScheduleRoutes(router_, parts);
    worker_ = server_->StartWorker("w1");
  }
  void TearDown() override {
    worker_.reset();
    RunLifeTest::TearDown();
  }
  std::string Target() const { return folder_ + "/target.db"; }

  struct Answered {
    Status status;
    http::Response response;
    json::value body;
    std::string code() const { return status ? "" : std::string(status.error().code.code); }
  };
  Answered Ask(http::Method method, const std::string& path, const std::string& body = "") {
    const size_t mark = path.find("?task_id=");
    http::Request request{method, "/api/v1/" + path.substr(0, mark), {}};
    if (mark != std::string::npos) request.query = {{"task_id", path.substr(path.find('=') + 1)}};
    request.body = body;
    if (!body.empty()) request.headers.Set("Content-Type", "application/json");
    request.headers.Set("If-Match", if_match_);
    const http::Router::Match match = router_.Find(method, request.path);
    Answered answered;
    if (match.route == nullptr) {
      answered.status = Fail(codes::kApiNotFound, "no route");
      return answered;
    }
    http::Principal principal;
    principal.tenant_id = server_->tenant;
    principal.user_id = principal.name = who_;
    http::Context context{request,
                          principal,
                          match.path,
                          "request",
                          "trace",
                          std::chrono::steady_clock::now() + match.route->deadline,
                          answered.response,
                          {},
                          [this](std::string_view permission, const std::string&) -> Status {
                            if (!lacks_.contains(std::string(permission))) return {};
                            return Fail(codes::kApiForbidden, std::string(permission));
                          }};
    answered.status = match.route->handler(context);
    if (answered.status && answered.response.content_type == "application/json")
      answered.body = json::parse(answered.response.body);
    return answered;
  }
  RunJob Finished(const StartRequest& request) {
    const RunJob run = Start(request);
    return server_->Wait(run.run_id, [](const RunJob& now) { return IsOver(now.state); });
  }
  void InTarget(const std::string& sql) {
    const auto target = store::Store::Open("sqlite://" + Target());
    ASSERT_TRUE(target);
    ASSERT_TRUE((*target)->Write(store::Scope::System(), [&](store::Session& s) -> Status {
      MIQ_TRY(s.Execute(sql));
      return {};
    }));
  }

  http::Router router_;
  std::set<std::string> lacks_;
  std::string who_ = "anna", if_match_ = "*";
  std::unique_ptr<Worker> worker_;
};

TEST_F(EngineRoutesTest, APlanIsProposedFromTwoConnections) {
  const Answered proposed =
      Ask(http::Method::kPost, "projects/project/plans/propose",
          R"({"source_connection_id": "shop-to-crm", "target_connection_id": "x", "tables": ["orders"],
              "where": [{"table": "orders", "sql": "1 = 1"}], "verify": "diff", "naming": "lower", "workers": 3})");
  ASSERT_TRUE(proposed.status) << proposed.status.error().ToString();
  const std::string text(proposed.body.at("text").as_string());
  const auto plan = projects::ReadServerPlan(text);
  ASSERT_TRUE(plan) << plan.error().ToString() << text;
  EXPECT_EQ(plan->source.connection, "shop");
  EXPECT_EQ(plan->target.connection, "crm");
  EXPECT_EQ(text.find(folder_), std::string::npos) << "no address leaves the server";
  ASSERT_EQ(plan->mappings.size(), 1U);
  EXPECT_FALSE(plan->mappings[0].columns.empty());
  EXPECT_EQ(plan->mappings[0].where, "1 = 1");
  EXPECT_EQ(plan->run.verify, VerifyLevel::kDiff);
  EXPECT_EQ(plan->run.workers, 3);
}

TEST_F(EngineRoutesTest, AVerificationMakesStatementsOfRepair) {
  ASSERT_EQ(Finished({.plan_id = "shop-to-crm"}).result, "succeeded");
  const RunJob plain = Finished({.plan_id = "shop-to-crm", .kind = "verify"});
  EXPECT_EQ(Ask(http::Method::kGet, "runs/" + plain.run_id + "/repair-sql").code(), codes::kApiState.code);
  InTarget("DELETE FROM orders WHERE rowid = (SELECT MIN(rowid) FROM orders)");
  EXPECT_EQ(Ask(http::Method::kPost, "runs", R"({"plan_id": "shop-to-crm", "repair": true})").code(),
            codes::kApiField.code);
  const Answered asked =
      Ask(http::Method::kPost, "runs", R"({"plan_id": "shop-to-crm", "kind": "verify", "repair": true})");
  ASSERT_TRUE(asked.status) << asked.status.error().ToString();
  const std::string run_id(asked.body.at("run_id").as_string());
  const RunJob verified = server_->Wait(run_id, [](const RunJob& now) { return IsOver(now.state); });
  EXPECT_EQ(verified.result, "mismatch") << verified.error;
  const std::string path = "runs/" + run_id + "/repair-sql";
  const Answered repair = Ask(http::Method::kGet, path);
  ASSERT_TRUE(repair.status) << repair.status.error().ToString();
  EXPECT_TRUE(repair.response.body.starts_with("INSERT INTO ")) << repair.response.body;
  EXPECT_TRUE(router_.Find(http::Method::kGet, "/api/v1/" + path).route->step_up);
  const auto fact = (*server_->records(server_->tenant))->GetFact(run_id, "repair_sql");
  ASSERT_TRUE(fact && *fact);
  EXPECT_EQ((*fact)->find("INSERT"), std::string::npos) << "it lies sealed";
  const Answered report = Ask(http::Method::kGet, "runs/" + run_id + "/report");
  EXPECT_EQ(report.body.at("differences").as_array().size(), 1U);
  lacks_ = {"quarantine.read"};
  EXPECT_EQ(Ask(http::Method::kGet, path).code(), codes::kApiForbidden.code);
  EXPECT_TRUE(Ask(http::Method::kGet, "runs/" + run_id + "/report").body.at("differences").as_array().empty())
      << "rows are for those who may see rows";
  InTarget(repair.response.body.substr(0, repair.response.body.rfind(';')));
  EXPECT_EQ(Finished({.plan_id = "shop-to-crm", .kind = "verify"}).result, "succeeded");
}

TEST_F(EngineRoutesTest, QuarantinedRowsAreExported) {
  const RunJob run = Finished({.plan_id = "shop-to-crm"});
  const auto records = *server_->records(server_->tenant);
  ASSERT_TRUE(records->PutQuarantine({run.run_id, "orders", "0"}, {{.table = "orders",
                                                                    .chunk = "0",
                                                                    .code = "MIQ-DATA-001",
                                                                    .column = "total",
                                                                    .reason = "too long",
                                                                    .original = R"({"name":"=1+1"})"}}));
  const std::string path = "runs/" + run.run_id + "/quarantine/export";
  const Answered lines = Ask(http::Method::kGet, path), csv = Ask(http::Method::kGet, path + ".csv");
  ASSERT_TRUE(lines.status && csv.status);
  EXPECT_EQ(json::parse(lines.response.body).at("original").at("name"), "=1+1");
  EXPECT_TRUE(csv.response.body.starts_with("row_id,")) << csv.response.body;
  EXPECT_NE(csv.response.body.find("too long"), std::string::npos);
  EXPECT_TRUE(router_.Find(http::Method::kGet, "/api/v1/" + path).route->step_up);
  lacks_ = {"quarantine.read"};
  EXPECT_EQ(Ask(http::Method::kGet, path).code(), codes::kApiForbidden.code);
}

TEST_F(EngineRoutesTest, LogsAndRatesAreToBeHad) {
  const RunJob run = Finished({.plan_id = "shop-to-crm"});
  const Answered logs = Ask(http::Method::kGet, "runs/" + run.run_id + "/logs");
  ASSERT_TRUE(logs.status);
  EXPECT_NE(logs.response.body.find(" info "), std::string::npos) << logs.response.body;
  const Answered tasks = Ask(http::Method::kGet, "runs/" + run.run_id + "/tasks");
  const std::string task_id(tasks.body.at("items").at(0).at("task_id").as_string());
  const std::string events = "runs/" + run.run_id + "/events?task_id=";
  EXPECT_EQ(Ask(http::Method::kGet, events + task_id).body.at("items").at(0).at("task_id").as_string(),
            task_id.c_str());
  EXPECT_TRUE(Ask(http::Method::kGet, events + "other").body.at("items").as_array().empty());
  const Answered rates = Ask(http::Method::kGet, "monitor/rates");
  ASSERT_TRUE(rates.status);
  const json::value& rate = rates.body.at("items").at(0);
  EXPECT_EQ(rate.at("kind"), "execute");
  EXPECT_EQ(rate.at("state"), "done");
  EXPECT_EQ(rate.at("count"), 1);
  EXPECT_GT(rate.at("mean_seconds").as_double(), 0);
}

TEST_F(EngineRoutesTest, WhoChangesAScheduleAnswersForItsRuns) {
  const Answered made =
      Ask(http::Method::kPost, "schedules", R"({"plan_id": "shop-to-crm", "name": "nightly", "cron": "0 3 * * *"})");
  ASSERT_TRUE(made.status) << made.status.error().ToString();
  EXPECT_EQ(made.body.at("acts_for"), "anna");
  const std::string path = "schedules/" + std::string(made.body.at("schedule_id").as_string());
  who_ = "bert";
  lacks_ = {"runs.start"};
  EXPECT_EQ(Ask(http::Method::kPatch, path, R"({"cron": "0 4 * * *"})").code(), codes::kApiForbidden.code);
  EXPECT_EQ(Ask(http::Method::kPatch, path, R"({"enabled": true})").code(), codes::kApiForbidden.code);
  EXPECT_EQ(Ask(http::Method::kPatch, path, R"({"enabled": false})").body.at("acts_for"), "anna");
  lacks_ = {};
  EXPECT_EQ(Ask(http::Method::kPatch, path, R"({"cron": "0 4 * * *"})").body.at("acts_for"), "bert");
}

TEST_F(EngineRoutesTest, ARunEndsAtItsTimeLimit) {
  server_->plans.plans["slow"] = server_->plans.plans["shop-to-crm"];
  server_->plans.plans["slow"].plan.run.throttle.rows_per_second = 1;
  server_->plans.plans["slow"].plan.run.chunk_rows = 1;
  const RunJob run = Start({.plan_id = "slow", .timeout_seconds = 60});
  server_->Wait(run.run_id, [](const RunJob& now) { return !now.progress.empty(); });  // its time is being counted
  server_->clock.Move(2 * kMinute);
  const RunJob ended = server_->WaitFor(run.run_id, RunState::failed);
  EXPECT_NE(ended.error.find(codes::kRunTimeout.code), std::string::npos) << ended.error;
}

TEST_F(EngineRoutesTest, ErrorsAreTriedAgainByTheirKind) {
  server_->plans.plans["away"] = Plan("away", false);
  server_->plans.plans["away"].plan.source.url = "postgresql://nobody@127.0.0.1:1/x";
  server_->plans.plans["away"].plan.target.url = "sqlite:" + Target();
  const RunJob away = Start({.plan_id = "away", .max_attempts = 2});
  const RunJob waiting =
      server_->Wait(away.run_id, [](const RunJob& now) { return now.waiting_for == kWaitsForRetry; });
  EXPECT_NE(waiting.error.find("MIQ-CONN-001"), std::string::npos) << waiting.error;
  server_->clock.Move(kHour);
  ASSERT_TRUE(server_->runs.Requeue());
  EXPECT_EQ(server_->WaitFor(away.run_id, RunState::failed).attempt, 2) << "as often as it may";
  server_->plans.plans["wrong"] = Plan("wrong", false);
  server_->plans.plans["wrong"].plan.source.url = "sqlite:" + folder_ + "/there-is-none.db";
  server_->plans.plans["wrong"].plan.target.url = "sqlite:" + Target();
  EXPECT_EQ(Finished({.plan_id = "wrong", .max_attempts = 5}).attempt, 1) << "no repetition helps";
}

}  // namespace
}  // namespace migrateiq::orchestrator
