#include "apps/migrateiq/remote/remote_runs.hpp"
#include "base/errors/api.hpp"
#include "base/errors/connect.hpp"
#include "base/errors/run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <deque>
#include <filesystem>
#include <map>

#include "apps/migrateiq/plan_flags.hpp"
#include "apps/migrateiq/remote/chosen_server.hpp"
#include "apps/migrateiq/show_run.hpp"
#include "base/json_text.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq::cli {
namespace {

using outbound::HttpAnswer;
using outbound::HttpRequest;

const std::string kServer = "http://127.0.0.1:1";
constexpr const char* kSucceeded =
    R"({"run_id": "r1", "status": "succeeded", "started_at": "2026-01-01T00:00:00Z", "seconds": 1, "moments": 1,
        "tables": [{"source": "a", "target": "a", "rows_read": 3, "rows_written": 3, "verified": "match"}],
        "objects": [], "errors": []})";

/// A server as scripted: for each "METHOD path" its answers in order, the last of them for ever; what is said last
/// counts.
class ScriptedServer {
 public:
  ScriptedServer& On(const std::string& request, std::vector<std::string> bodies, int status = 200) {
    answers_[request].clear();
    for (std::string& body : bodies) answers_[request].push_back({status, {}, std::move(body)});
    return *this;
  }

  ApiClient::Parts Parts() {
    return {.send = [this](const HttpRequest& request) { return Answer(request); },
            .sleep = [](std::chrono::milliseconds) {},
            .now = {}};
  }

  /// The body that was sent last with the request; "-" when there was none.
  std::string Sent(const std::string& request) const {
    const auto found = sent_.find(request);
    return found == sent_.end() ? "-" : found->second;
  }

 private:
  Result<HttpAnswer> Answer(const HttpRequest& request) {
    const std::string path = request.url.substr(kServer.size() + std::string("/api/v1/").size());
    const std::string name = request.method + " " + path.substr(0, path.find('?'));
    sent_[name] = request.body;
    auto& script = answers_[name];
    if (script.empty())
      return HttpAnswer{404, {}, R"({"code": "MIQ-API-003", "title": "not scripted: )" + name + "\"}"};
    HttpAnswer answer = script.front();
    if (script.size() > 1) script.pop_front();
    return answer;
  }

  std::map<std::string, std::deque<HttpAnswer>> answers_;
  std::map<std::string, std::string> sent_;
};

class RemoteRunsTest : public ::testing::Test {
 protected:
  RemoteRunsTest()
      : state_((std::filesystem::temp_directory_path() / ("miq_remote_" + std::to_string(::getpid()))).string()),
        console_({.json = true, .quiet = true, .state = state_}),
        runs_(console_, ApiClient({.server = kServer, .api_key = "miq_k_s"}, SessionFiles(state_), server_.Parts())) {}
  ~RemoteRunsTest() override { std::filesystem::remove_all(state_); }

  /// Two connections that are there, a project, and a plan that is made.
  void KnowPlan() {
    server_.On("GET connections",
               {R"({"items": [{"connection_id": "c1", "name": "a on one", "url": "mysql://one/a", "version": 1},
                              {"connection_id": "c2", "name": "b on two", "url": "mysql://other/b", "version": 1}]})"});
    server_.On("POST connections", {R"({"connection_id": "c3", "name": "b on two 2"})"});
    server_.On("GET projects", {R"({"items": [{"project_id": "p1", "name": "Command line"}]})"});
    server_.On("GET projects/p1/plans", {R"({"items": []})"});
    server_.On("POST projects/p1/plans", {R"({"plan_id": "l1", "version": 1})"});
  }

  /// A run that is queued, then running, then succeeded.
  void KnowRun(const std::string& last = R"("state": "succeeded", "result": "succeeded")") {
    server_.On("POST runs", {R"({"run_id": "r1", "state": "queued"})"}, 201);
    server_.On("GET runs/r1", {R"({"run_id": "r1", "state": "queued", "waiting_for": "worker"})",
                               R"({"run_id": "r1", "state": "running"})", R"({"run_id": "r1", )" + last + "}"});
    server_.On("GET runs/r1/events", {R"({"items": [{"sequence": 1, "level": "info", "text": "table a: loaded"}]})"});
    server_.On("GET runs/r1/report", {kSucceeded});
  }

  static PlanInput Input() { return {.plan = PlanFor("mysql://one/a", "mysql://two/b")}; }

  std::string state_;
  ScriptedServer server_;
  Console console_;
  RemoteRuns runs_;
};

TEST_F(RemoteRunsTest, AStartStoresWhatIsMissingAndFollowsTheRun) {
  KnowPlan();
  KnowRun();
  server_.On("GET runs/preview", {R"({"creates": ["a"], "replaces": [], "truncates": [], "warnings": []})"});
  const auto end = runs_.Start(Input(), AskBeforeRun(console_, false));
  ASSERT_TRUE(end) << end.error().ToString();
  EXPECT_FALSE(end->error);
  EXPECT_EQ(ExitStatus(end->report), 0);
  EXPECT_EQ(end->report.tables.at(0).rows_written, 3);
  EXPECT_NE(server_.Sent("POST connections").find("\"b on two 2\""), std::string::npos)
      << "a name that leads elsewhere is not used";
  const std::string plan = server_.Sent("POST projects/p1/plans");
  EXPECT_NE(plan.find("a on one"), std::string::npos) << plan;
  EXPECT_EQ(plan.find("mysql://"), std::string::npos) << plan;
  EXPECT_EQ(server_.Sent("POST runs").find("confirm"), std::string::npos);
}

TEST_F(RemoteRunsTest, WhatReplacesIsConfirmedFirst) {
  KnowPlan();
  KnowRun();
  server_.On("GET runs/preview", {R"({"replaces": ["a"]})"});
  const auto refused = runs_.Start(
      Input(), [](const Preview& preview) -> Status { return Fail(codes::kRunConfirm, preview.replaces.at(0)); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "a");
  EXPECT_EQ(server_.Sent("POST runs"), "-");
  ASSERT_TRUE(runs_.Start(Input(), AskBeforeRun(console_, true)));
  EXPECT_NE(server_.Sent("POST runs").find("\"confirm\": true"), std::string::npos);
}

TEST_F(RemoteRunsTest, ARunThatFailedBeforeItBeganTellsWhy) {
  KnowPlan();
  KnowRun(R"("state": "failed", "error": {"code": "MIQ-CONN-002", "message": "no"})");
  server_.On("GET runs/preview", {"{}"});
  const auto end = runs_.Start(Input(), AskBeforeRun(console_, false));
  ASSERT_TRUE(end);
  ASSERT_TRUE(end->error);
  EXPECT_TRUE(end->error->Is(codes::kConnAuth));
  EXPECT_EQ(end->report.status, RunResult::kFailed);
  EXPECT_EQ(end->report.run_id, "r1");
}

TEST_F(RemoteRunsTest, AnUnknownRunIsTheSameErrorAsHere) {
  const auto found = runs_.Find("nothing");
  ASSERT_FALSE(found);
  EXPECT_TRUE(found.error().Is(codes::kRunNotFound));
  EXPECT_EQ(ExitStatus(found.error()), 2);
  EXPECT_TRUE(runs_.Find("../users").error().Is(codes::kRunNotFound));
  EXPECT_EQ(server_.Sent("GET runs/../users"), "-");
}

TEST_F(RemoteRunsTest, UndoWaitsForItsTask) {
  server_.On("GET runs/r1", {R"({"run_id": "r1", "state": "succeeded"})"});
  server_.On("GET runs/r1/undo-preview", {R"({"drops": ["a"], "restores": []})"});
  server_.On("GET runs/r1/events", {R"({"items": []})"});
  server_.On("POST runs/r1/undo", {R"({"run_id": "r1"})"}, 202);
  server_.On("GET runs/r1/tasks",
             {R"({"items": [{"task_id": "t0", "kind": "undo", "state": "failed", "error": {"code": "MIQ-CONN-001"}}]})",
              R"({"items": [{"task_id": "t1", "kind": "undo", "state": "claimed"}]})",
              R"({"items": [{"task_id": "t1", "kind": "undo", "state": "done"}]})"});
  const auto undone = runs_.Undo("r1", [](const UndoPreview&) { return Status(); });
  ASSERT_TRUE(undone) << undone.error().ToString();
  EXPECT_EQ(undone->drops, std::vector<std::string>{"a"});
  EXPECT_EQ(server_.Sent("POST runs/r1/undo"), R"({"confirm": true})");
}

TEST_F(RemoteRunsTest, OnlyOpenRowsAreReplayed) {
  const std::string rows = R"({"row_id": 1, "table": "a", "state": "open", "original": {"x": "1"}},
                              {"row_id": 2, "table": "a", "state": "replayed", "original": {"x": "2"}})";
  server_.On("GET runs/r1", {R"({"run_id": "r1", "state": "succeeded"})"});
  server_.On("GET runs/r1/events", {R"({"items": []})"});
  server_.On("GET runs/r1/quarantine",
             {"{\"items\": [" + rows + "]}", R"({"items": [{"row_id": 1, "table": "a", "state": "replayed"}]})"});
  server_.On("POST runs/r1/quarantine/replay", {R"({"run_id": "r1"})"}, 202);
  server_.On("GET runs/r1/tasks",
             {R"({"items": []})", R"({"items": [{"task_id": "t1", "kind": "replay", "state": "done"}]})"});
  const auto result = runs_.Replay("r1", {}, {1, 2});
  ASSERT_TRUE(result) << result.error().ToString();
  EXPECT_EQ(server_.Sent("POST runs/r1/quarantine/replay"), R"({"rows": [1]})");
  EXPECT_EQ(result->replayed, 1);
  EXPECT_EQ(result->still_refused, 0);
}

TEST_F(RemoteRunsTest, RunsAreListedWithTheirAddresses) {
  KnowPlan();
  server_.On("GET runs", {R"({"items": [{"run_id": "r2", "state": "succeeded", "result": "quarantined", "name": "n",
                                         "source_connection_id": "c1", "target_connection_id": "hidden",
                                         "created_at": "2026-01-01T00:00:00Z"}]})"});
  const auto all = runs_.List();
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 1U);
  EXPECT_EQ(all->front().status, "quarantined");
  EXPECT_EQ(all->front().source, "mysql://one/a");
  EXPECT_EQ(all->front().target, "hidden");
  EXPECT_EQ(all->front().started_at, "2026-01-01T00:00:00Z");
}

constexpr const char* kProposal =
    "version: 1\nsource: {connection: a on one}\ntarget: {connection: b on two}\nmappings: [{source: t}]\n";

TEST_F(RemoteRunsTest, AProposalIsANewVersionOfThePlan) {
  KnowPlan();
  server_.On("GET projects/p1/plans",
             {R"({"items": [{"plan_id": "l1", "name": "a on one to b on two 2", "version": 1}]})"});
  server_.On("GET plans/l1", {R"({"plan_id": "l1", "version": 1, "text": "before"})"});
  server_.On("PUT plans/l1", {R"({"plan_id": "l1", "version": 2})"});
  server_.On("GET plans/l1/proposal", {JsonText(boost::json::object{{"text", kProposal}, {"tables", 1}})});
  const auto plan = runs_.Propose(Input());
  ASSERT_TRUE(plan) << plan.error().ToString();
  EXPECT_EQ(plan->source.connection, "a on one");
  ASSERT_EQ(plan->mappings.size(), 1U);
  EXPECT_EQ(plan->mappings.front().source, "t");
}

TEST_F(RemoteRunsTest, TheSameTextIsNoNewVersion) {
  KnowPlan();
  KnowRun();
  const auto plan = ParsePlan(kProposal, "plan");
  ASSERT_TRUE(plan);
  server_.On("GET projects/p1/plans", {R"({"items": [{"plan_id": "l1", "name": "nightly", "version": 7}]})"});
  server_.On("GET plans/l1",
             {JsonText(boost::json::object{{"plan_id", "l1"}, {"version", 7}, {"text", WritePlan(*plan)}})});
  ASSERT_TRUE(runs_.Rehearse({.plan = *plan, .origin = {.path = "nightly.yaml"}}, 10));
  EXPECT_EQ(server_.Sent("PUT plans/l1"), "-");
  EXPECT_NE(server_.Sent("POST runs").find("\"plan_version\": 7"), std::string::npos) << server_.Sent("POST runs");
}

TEST(ChosenServer, IsTheOneNamedElseTheVariables) {
  ::setenv("MIGRATEIQ_SERVER", "https://Other.example.com/", 1);
  const auto chosen = [](GlobalOptions options) { return ChosenServer(Console(std::move(options))).value_or("?"); };
  EXPECT_EQ(chosen({}), "https://other.example.com");
  EXPECT_EQ(chosen({.server = "http://127.0.0.1:8080"}), "http://127.0.0.1:8080");
  EXPECT_EQ(chosen({.server = "local"}), "");
  EXPECT_EQ(chosen({.local = true}), "");
  EXPECT_EQ(chosen({.server = "http://127.0.0.1:8080", .local = true}), "?");
  ::unsetenv("MIGRATEIQ_SERVER");
}

TEST_F(RemoteRunsTest, RepairStatementsHoldValuesSoThatAKeyDoesNotGetThem) {
  const auto report = runs_.Verify(Input(), VerifyLevel::kDiff, "repair.sql");
  ASSERT_FALSE(report);
  EXPECT_TRUE(report.error().Is(codes::kApiStepUp)) << report.error().ToString();
  EXPECT_EQ(server_.Sent("POST runs"), "-");
}

}  // namespace
}  // namespace migrateiq::cli
