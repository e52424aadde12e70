#pragma once

#include "base/errors/connect.hpp"
#include "base/errors/run.hpp"
#include "modules/orchestrator/run_life_test_support.hpp"
#include "modules/orchestrator/running_job.hpp"
#include "platform/store/store_test_support.hpp"

namespace migrateiq::orchestrator {

/// Jobs that are no runs, of a kind "count" whose carrier the test gives.
class JobCases : public store::StoreCase {
 protected:
  void SetUp() override {
    StoreCase::SetUp();
    if (IsSkipped()) return;
    server_ = std::make_unique<ServerHarness>(store_->OpenAnother());
    server_->kinds.Add({.name = "count",
                        .noun = "count",
                        .read_permission = "projects.read",
                        .act_permission = "projects.write",
                        .link = "/counts/",
                        .topic = {.event = "count", .id_name = "count_id"},
                        .carry_out = [this](projects::JobContext& job) { return carrier_(job); },
                        .changed =
                            [this](const projects::JobView& job) {
                              const std::lock_guard lock(mutex_);
                              heard_.push_back(job.state);
                            },
                        .check_subject = [](const std::string&, const std::string&) { return "project"; },
                        .start = [this](const core::Actor& actor, const std::string& subject,
                                        const std::string& schedule_id) -> Result<std::string> {
                          MIQ_ASSIGN(const projects::JobView job, server_->desk.Submit(actor,
                                                                                       {.kind = "count",
                                                                                        .project_id = "project",
                                                                                        .name = "scheduled",
                                                                                        .input = subject,
                                                                                        .schedule_id = schedule_id},
                                                                                       {}));
                          return job.job_id;
                        }});
  }
  void TearDown() override { server_.reset(); }

  projects::JobView Submit(projects::JobRequest request) {
    request.kind = "count";
    request.name = "seven";
    const auto job = server_->desk.Submit(server_->Anna(), request, {});
    EXPECT_TRUE(job) << job.error().ToString();
    return job.value_or(projects::JobView{});
  }
  projects::JobView View(const std::string& id) { return server_->desk.Find(server_->tenant, {id})->at(id); }
  std::vector<std::string> Heard() {
    const std::lock_guard lock(mutex_);
    return heard_;
  }
  std::vector<std::string> Texts(const std::string& job_id) {
    std::vector<std::string> texts;
    for (const RunEvent& event : *server_->runs.EventsOfJob(*server_->runs.Find(server_->tenant, job_id)))
      texts.push_back(event.level + " " + event.text);
    return texts;
  }
  std::optional<Task> Claim(const std::string& worker) {
    return *server_->store->WriteFor<std::optional<Task>>(store::Scope::System(), [&](store::Session& session) {
      return tasks::Claim(session, worker, server_->clock.Now(), 2 * kSecond, {});
    });
  }

  std::mutex mutex_;
  std::vector<std::string> heard_;
  std::function<Result<std::string>(projects::JobContext&)> carrier_ = [](projects::JobContext&) { return "{}"; };
  std::unique_ptr<ServerHarness> server_;
};

/// At work until it is asked to stop.
inline Result<std::string> CountUntilStopped(projects::JobContext& job) {
  while (!job.stop().stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return Fail(codes::kInternal, "stopped");
}

TEST_P(JobCases, AJobIsCarriedOutWithItsInputAndKeepsItsAnswerAndHistory) {
  carrier_ = [&](projects::JobContext& job) -> Result<std::string> {
    job.Say("info", "counting " + job.input());
    job.Progress({.phase = "counting", .done = 3, .total = 7, .unit = "sheep"});
    EXPECT_EQ(job.actor().id, "anna");
    return R"({"sheep":7})";
  };
  std::string alongside;
  const auto job = server_->desk.Submit(server_->Anna(),
                                        {.kind = "count", .project_id = "p", .name = "sheep", .input = R"({"to":7})"},
                                        [&](store::Session&, const std::string& id) -> Status {
                                          alongside = id;
                                          return {};
                                        });
  ASSERT_TRUE(job) << job.error().ToString();
  EXPECT_EQ(alongside, job->job_id);
  EXPECT_EQ(job->state, "queued");
  const auto worker = server_->StartWorker("w1");
  EXPECT_EQ(server_->WaitFor(job->job_id, RunState::succeeded).result, "succeeded");
  EXPECT_EQ(View(job->job_id).answer, R"({"sheep":7})");
  EXPECT_EQ(View(job->job_id).progress, R"({"phase": "counting", "done": 3, "unit": "sheep", "total": 7})");
  EXPECT_EQ(Texts(job->job_id), std::vector<std::string>{R"(info counting {"to":7})"});
  for (int turn = 0; turn < 100 && Heard().size() < 3; ++turn)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(Heard(), (std::vector<std::string>{"queued", "running", "succeeded"}));
  EXPECT_EQ(server_->Notices(),
            std::vector<std::string>{R"(run.succeeded: The count of 'sheep' succeeded -> ["anna"])"});
}

TEST_P(JobCases, AProjectHearsOfItsJobsAFewTimesASecond) {
  struct Ear {
    std::mutex mutex;
    std::vector<realtime::Event> heard;
  };
  const auto ear = std::make_shared<Ear>();  // shared with the bus, which keeps its listeners
  server_->bus->Listen([ear](const realtime::Event& event) {
    const std::lock_guard lock(ear->mutex);
    if (event.type == "count.progress") ear->heard.push_back(event);
  });
  carrier_ = [&](projects::JobContext& job) -> Result<std::string> {
    for (int done = 0; done < 500; ++done) job.Progress({.phase = "counting", .done = done, .unit = "sheep"});
    job.Progress({.phase = "sleeping", .done = 500, .unit = "sheep"});
    return "{}";
  };
  const projects::JobView job = Submit({.project_id = "meadow"});
  const auto worker = server_->StartWorker("w1");
  server_->WaitFor(job.job_id, RunState::succeeded);
  const auto last = [&]() -> std::string {
    const std::lock_guard lock(ear->mutex);
    return ear->heard.empty() ? "" : ear->heard.back().data;
  };
  for (int turn = 0; turn < 100 && last().find("sleeping") == std::string::npos; ++turn)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_NE(last().find(R"("count_id": ")" + job.job_id + "\""), std::string::npos) << last();
  EXPECT_NE(last().find("sleeping"), std::string::npos) << "a new phase is told at once";
  const std::lock_guard lock(ear->mutex);
  EXPECT_GE(ear->heard.size(), 2U);
  EXPECT_LT(ear->heard.size(), 50U);
  EXPECT_EQ(ear->heard.front().topic, "project:meadow");
  EXPECT_TRUE(ear->heard.front().ephemeral);
}

TEST_P(JobCases, RunsAreListedWithoutJobsAndJobsByTheirKind) {
  const projects::JobView job = Submit({});
  EXPECT_TRUE(server_->runs.List(server_->tenant, {})->empty());
  EXPECT_EQ(server_->runs.List(server_->tenant, {.kind = "count"})->at(0).run_id, job.job_id);
}

TEST_P(JobCases, WhatIsWrittenAlongsideStandsOrFallsWithTheJob) {
  const auto job = server_->desk.Submit(
      server_->Anna(), {.kind = "count"},
      [](store::Session&, const std::string&) -> Status { return Fail(codes::kApiConflict, "no"); });
  ASSERT_FALSE(job);
  EXPECT_TRUE(job.error().Is(codes::kApiConflict));
  EXPECT_TRUE(server_->runs.List(server_->tenant, {.kind = "count"})->empty());
  EXPECT_FALSE(Claim("w1"));
  EXPECT_TRUE(server_->desk.Submit(server_->Anna(), {.kind = "none"}, {}).error().Is(codes::kInternal));
}

TEST_P(JobCases, AJobAtWorkIsCancelledAndTriedAgain) {
  carrier_ = CountUntilStopped;
  const auto worker = server_->StartWorker("w1", std::chrono::seconds(2));
  const std::string id = Submit({}).job_id;
  server_->WaitFor(id, RunState::running);
  ASSERT_TRUE(server_->desk.Cancel(server_->Anna(), id));
  server_->WaitFor(id, RunState::cancelled);
  EXPECT_TRUE(server_->desk.Cancel(server_->Anna(), id).error().Is(codes::kApiState));
  EXPECT_TRUE(server_->runs.Act(server_->Anna(), id, RunAction::kUndo).error().Is(codes::kApiState));
  carrier_ = [](projects::JobContext&) { return R"({"again":true})"; };
  ASSERT_TRUE(server_->runs.Act(server_->Anna(), id, RunAction::kRetry));
  server_->WaitFor(id, RunState::succeeded);
}

TEST_P(JobCases, TheJobOfADeadWorkerIsDoneAgainAndTheDeadOneWritesNothing) {
  const std::string id = Submit({}).job_id;
  const auto dead = Claim("dead");
  ASSERT_TRUE(dead);
  ASSERT_TRUE(server_->runs.Begin(*dead));
  server_->clock.Move(3 * kSecond);
  const auto worker = server_->StartWorker("w2");
  server_->WaitFor(id, RunState::succeeded);
  ActiveTask zombie(*dead);
  const RunJob job = *server_->runs.Find(server_->tenant, id);
  RunningJob late(*server_->store, *server_->bus, zombie, job);
  bool written = false;
  EXPECT_TRUE(late.Write([&](store::Session&) -> Status {
                    written = true;
                    return {};
                  })
                  .error()
                  .Is(codes::kRunHeld));
  EXPECT_FALSE(written);
  late.Say("info", "I am still here");
  late.Flush();
  EXPECT_TRUE(Texts(id).empty());
}

TEST_P(JobCases, ErrorsThatMayPassAreTriedAgainOthersEndIt) {
  std::atomic<int> tries = 0;
  carrier_ = [&](projects::JobContext&) -> Result<std::string> {
    if (++tries == 1) return Fail(Error(codes::kConnUnreachable, "away").Retryable());
    return Fail(codes::kInternal, "broken");
  };
  const auto worker = server_->StartWorker("w1");
  const std::string id = Submit({}).job_id;
  server_->Wait(id, [](const RunJob& job) { return job.waiting_for == kWaitsForRetry; });
  server_->clock.Move(kMinute);
  ASSERT_TRUE(server_->runs.Requeue());
  EXPECT_NE(server_->WaitFor(id, RunState::failed).error.find(codes::kInternal.code), std::string::npos);
  EXPECT_EQ(tries, 2);
}

TEST_P(JobCases, ATimeLimitEndsAJob) {
  carrier_ = CountUntilStopped;
  const auto worker = server_->StartWorker("w1", std::chrono::seconds(2));
  const std::string id = Submit({.timeout_seconds = 1}).job_id;
  server_->WaitFor(id, RunState::running);
  EXPECT_NE(server_->WaitFor(id, RunState::failed).error.find(codes::kRunTimeout.code), std::string::npos);
}

TEST_P(JobCases, JobsWithoutAConnectionDoNotWaitForOneAnother) {
  carrier_ = CountUntilStopped;
  server_->limits.per_connection = 1;
  const auto worker = server_->StartWorker("w1", std::chrono::seconds(2), 4);
  const std::string without[] = {Submit({}).job_id, Submit({}).job_id, Submit({.source_connection_id = "one"}).job_id};
  for (const std::string& id : without) server_->WaitFor(id, RunState::running);
  const std::string second = Submit({.source_connection_id = "one"}).job_id;
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_EQ(View(second).state, "queued") << "its connection is busy";
}

TEST_P(JobCases, OtherTenantsSeeNothing) {
  const std::string id = Submit({}).job_id;
  const Actor stranger = Actor::System("stranger");
  EXPECT_TRUE(server_->desk.Find("stranger", {id})->empty());
  EXPECT_TRUE(server_->desk.Cancel(stranger, id).error().Is(codes::kApiNotFound));
  EXPECT_TRUE(server_->runs.List("stranger", {.kind = "count"})->empty());
  const auto events = server_->store->ReadFor<std::vector<RunEvent>>(
      store::Scope::Tenant("stranger"),
      [&](store::Session& session) { return jobs::ListEvents(session, "stranger", id); });
  EXPECT_TRUE(events && events->empty());
}

TEST_P(JobCases, ASchedulesJobsAreStartedInTheNameOfItsMaker) {
  server_->AddPerson("anna", "engineer");
  Schedule schedule{.schedule_id = "s",
                    .tenant_id = server_->tenant,
                    .project_id = "project",
                    .name = "nightly",
                    .kind = "count",
                    .cron = "0 3 * * *",
                    .time_zone = "UTC",
                    .subject = R"({"to":9})",
                    .acts_for = "anna",
                    .acts_for_name = "Anna"};
  schedule.next_at = *schedules::NextOf(schedule, server_->clock.Now());
  ASSERT_TRUE(server_->store->Write(store::Scope::Tenant(server_->tenant),
                                    [&](store::Session& session) { return schedules::Insert(session, schedule); }));
  server_->clock.Move(24 * kHour + kMinute);
  Scheduler scheduler({*server_->store, server_->runs, server_->clock}, "one");
  ASSERT_TRUE(scheduler.Tick());
  const auto started = *server_->runs.List(server_->tenant, {.kind = "count", .schedule_id = "s"});
  ASSERT_EQ(started.size(), 1U);
  EXPECT_EQ(started[0].options, R"({"to":9})");
  EXPECT_EQ(started[0].requested_by, "anna");
}

}  // namespace migrateiq::orchestrator
