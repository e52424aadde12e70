// One run, loaded by its controller and a helper: two engines in one process, over a share in memory.
#include "pipeline/run/share.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <set>
#include <thread>

#include "base/errors/data.hpp"
#include "base/errors/run.hpp"
#include "pipeline/run/engine.hpp"
#include "pipeline/run/memory_store.hpp"

namespace migrateiq {
namespace {

using testing::MemoryStore;
using testing::QuietObserver;

/// The chunks of one run; the controller and one helper ask for them through a `Side` each.
class Table {
 public:
  void Lay(const ShareTerms& terms, const std::vector<SharedChunk>& chunks) {
    const std::lock_guard lock(mutex_);
    for (const SharedChunk& chunk : chunks) open_.push_back(chunk.number);
    terms_ = terms;
    changed_.notify_all();
  }
  /// The offer, and that both sides have something to do.
  std::optional<ShareTerms> Await() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return terms_.has_value() || cleared_; });
    return terms_;
  }
  Deal Take(bool controller, const std::vector<ChunkOutcome>& done) {
    std::unique_lock lock(mutex_);
    at_work_ -= static_cast<int>(done.size());
    loaded_[controller] += done.size();
    for (const ChunkOutcome& outcome : done) {
      if (controller) continue;
      elsewhere_.push_back(outcome);
      in_hand_.erase(outcome.number);
    }
    // The controller leaves something for a helper that comes late.
    if (controller && !open_.empty()) changed_.wait_for(lock, std::chrono::seconds(5), [this] { return came_; });
    came_ |= !controller;
    changed_.notify_all();
    Deal deal{.sharers = came_ ? 2 : 1};
    if (controller) deal.elsewhere.swap(elsewhere_);
    if (!open_.empty() && !withdrawn_) {
      deal.chunks = {open_.front()};
      open_.pop_front();
      if (!controller) in_hand_.insert(deal.chunks.front());
      ++at_work_;
    }
    deal.over = deal.chunks.empty() && (!controller || at_work_ == 0);
    return deal;
  }
  /// The helper is gone; what it had in hand is free again.
  void Leave() {
    const std::lock_guard lock(mutex_);
    open_.insert(open_.end(), in_hand_.begin(), in_hand_.end());
    at_work_ -= static_cast<int>(in_hand_.size());
    in_hand_.clear();
    came_ = true;
    changed_.notify_all();
  }
  void Clear() {
    const std::lock_guard lock(mutex_);
    withdrawn_ = cleared_ = true;
    changed_.notify_all();
  }
  size_t loaded(bool controller) {
    const std::lock_guard lock(mutex_);
    return loaded_[controller];
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<ShareTerms> terms_;
  std::deque<int64_t> open_;
  std::set<int64_t> in_hand_;
  std::vector<ChunkOutcome> elsewhere_;
  std::map<bool, size_t> loaded_;
  int at_work_ = 0;
  bool came_ = false, withdrawn_ = false, cleared_ = false;
};

class Side : public RunShare {
 public:
  Side(Table& table, bool controller) : table_(table), controller_(controller) {}
  Status Offer(const ShareTerms& terms, const std::vector<SharedChunk>& chunks) override {
    table_.Lay(terms, chunks);
    return {};
  }
  Result<Deal> Next(const std::vector<ChunkOutcome>& done) override { return table_.Take(controller_, done); }
  Status Withdraw(bool) override {
    table_.Clear();
    return {};
  }

 private:
  Table& table_;
  bool controller_;
};

struct Together {
  Result<RunReport> report = Fail(codes::kInternal, "not run");
  std::optional<Result<Help>> help;
  std::vector<std::string> events;
  size_t here = 0, there = 0;
};

Plan PlanFor(const std::string& source, const std::string& target) {
  Plan plan;
  plan.source.url = source;
  plan.target.url = target;
  plan.run.workers = 2;
  plan.run.chunk_rows = 500;
  return plan;
}

/// `helper_plan`: what the helper takes for the run's plan.
Together LoadWith(const Plan& plan, const std::string& run_id, const Plan& helper_plan) {
  Together result;
  Table table;
  MemoryStore store;
  std::jthread helper([&] {
    const auto terms = table.Await();
    if (!terms) return;
    QuietObserver observer;
    Side side(table, false);
    EngineContext context{.store = store, .observer = observer, .stop = {}, .share = &side};
    result.help = HelpRun(helper_plan, run_id, *terms, context);
    table.Leave();
  });
  QuietObserver observer;
  Side side(table, true);
  EngineContext context{.store = store, .observer = observer, .stop = {}, .share = &side};
  result.report = ExecuteRun(plan, run_id, false, context);
  table.Clear();
  helper.join();
  result.events = observer.events;
  result.here = table.loaded(true);
  result.there = table.loaded(false);
  return result;
}

TEST(Share, BothLoadAndTheReportIsOfAll) {
  const Plan plan = PlanFor("fake:lineitem?rows=20000&seed=1", "assert:both?memory=true&fence=true");
  const Together run = LoadWith(plan, "s1", plan);
  ASSERT_TRUE(run.report) << run.report.error().ToString();
  EXPECT_EQ(RunResult::kSucceeded, run.report->status) << ToJson(*run.report);
  EXPECT_EQ(20000, run.report->tables.at(0).rows_written);
  EXPECT_EQ("match", run.report->tables[0].verified);
  EXPECT_EQ(40U, run.here + run.there);
  EXPECT_GT(run.here, 0U);
  EXPECT_GT(run.there, 0U);
  ASSERT_TRUE(run.help && *run.help) << (*run.help).error().ToString();
  EXPECT_EQ(static_cast<int64_t>(run.there), (*run.help)->chunks);
  EXPECT_TRUE((*run.help)->ended);
}

TEST(Share, RejectedRowsCountForTheWholeRun) {
  Plan plan = PlanFor("fake:lineitem?rows=20000&seed=1", "assert:rejecting?refuse_every=100&fence=true");
  plan.run.verify = VerifyLevel::kNone;
  plan.on.max_row_errors = 150;
  const Together run = LoadWith(plan, "s2", plan);
  ASSERT_TRUE(run.report) << run.report.error().ToString();
  EXPECT_EQ(RunResult::kFailed, run.report->status) << ToJson(*run.report);
  ASSERT_FALSE(run.report->errors.empty());
  EXPECT_TRUE(run.report->errors[0].Is(codes::kDataTooManyErrors)) << run.report->errors[0].ToString();
}

TEST(Share, WhoSeesAnotherSourceMustNotHelp) {
  const Plan plan = PlanFor("fake:lineitem?rows=2000&seed=1", "assert:other?memory=true&fence=true");
  Plan other = plan;
  other.run.chunk_rows = 700;
  const Together run = LoadWith(plan, "s3", other);
  ASSERT_TRUE(run.report) << run.report.error().ToString();
  EXPECT_EQ(RunResult::kSucceeded, run.report->status) << ToJson(*run.report);
  ASSERT_TRUE(run.help);
  EXPECT_TRUE(!*run.help && run.help->error().Is(codes::kRunChanged));
  EXPECT_EQ(0U, run.there);
}

TEST(Share, ATargetOfOneProcessIsNotShared) {
  const Plan plan = PlanFor("fake:lineitem?rows=2000&seed=1", "assert:alone?memory=true");
  const Together run = LoadWith(plan, "s4", plan);
  ASSERT_TRUE(run.report) << run.report.error().ToString();
  EXPECT_EQ(RunResult::kSucceeded, run.report->status);
  EXPECT_FALSE(run.help);
  EXPECT_TRUE(std::ranges::any_of(run.events, [](const std::string& text) {
    return text.contains("one worker loads all chunks of this run: the target assert");
  }));
}

}  // namespace
}  // namespace migrateiq
