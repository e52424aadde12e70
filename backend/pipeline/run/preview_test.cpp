// A run follows its preview at once, but not always at once: what changed between them must count.
#include <gtest/gtest.h>

#include <fstream>

#include "pipeline/run/engine.hpp"
#include "pipeline/run/memory_store.hpp"
#include "tests/support/temporary_folder.hpp"

namespace migrateiq {
namespace {

using testing::MemoryStore;
using testing::QuietObserver;

class PreviewTest : public ::testing::Test {
 protected:
  std::string Url(const std::string& scheme, const std::string& name) const {
    return scheme + ":" + (folder_.path() / name).string();
  }
  void Write(const std::string& content) const { std::ofstream(folder_.path() / "t.csv") << content; }

  static Plan PlanFor(const std::string& source, const std::string& target) {
    Plan plan;
    plan.source.url = source;
    plan.target.url = target;
    return plan;
  }
  static Result<Preview> Look(const Plan& plan) {
    MemoryStore store;
    QuietObserver observer;
    EngineContext context{store, observer, {}};
    return PreviewRun(plan, context);
  }
  static RunReport Run(const Plan& plan, const std::string& run_id) {
    MemoryStore store;
    QuietObserver observer;
    EngineContext context{store, observer, {}};
    auto report = ExecuteRun(plan, run_id, false, context);
    EXPECT_TRUE(report) << report.error().ToString();
    if (!report) return {};
    EXPECT_EQ(RunResult::kSucceeded, report->status) << ToJson(*report);
    return *std::move(report);
  }

  test_support::TemporaryFolder folder_;
};

TEST_F(PreviewTest, AFileWrittenAgainAfterThePreviewIsReadAgain) {
  const Plan plan = PlanFor(Url("csv", "t.csv"), Url("sqlite", "target.db"));
  Write("id,v\n1,2\n3,4\n");
  const auto preview = Look(plan);
  ASSERT_TRUE(preview) << preview.error().ToString();
  EXPECT_NE(nullptr, preview->files);
  Write("id,w\nx,2\n3,y\n");  // as long as before, of other types, with another name
  const RunReport report = Run(plan, "p1");
  ASSERT_EQ(1U, report.tables.size());
  EXPECT_EQ(2, report.tables[0].rows_written);
  EXPECT_EQ(0, report.tables[0].rows_quarantined);
  EXPECT_EQ("match", report.tables[0].verified);
}

TEST_F(PreviewTest, AnUnchangedFileGivesTheSameAfterThePreview) {
  Write("id,v\n1,2\n3,4\n5,\n");
  const Plan plan = PlanFor(Url("csv", "t.csv"), Url("sqlite", "target.db"));
  const auto preview = Look(plan);
  ASSERT_TRUE(preview) << preview.error().ToString();
  const RunReport after = Run(plan, "p2");
  const RunReport alone = Run(PlanFor(plan.source.url, Url("sqlite", "other.db")), "p3");
  ASSERT_EQ(1U, after.tables.size());
  EXPECT_EQ(3, after.tables[0].rows_written);
  EXPECT_EQ(alone.tables.at(0).source_digest, after.tables[0].source_digest);
}

TEST_F(PreviewTest, ATableMadeAfterThePreviewIsCopied) {
  Run(PlanFor("fake:lineitem?rows=10&seed=1", Url("sqlite", "source.db")), "p4");
  const Plan plan = PlanFor(Url("sqlite", "source.db"), Url("sqlite", "target.db"));
  const auto preview = Look(plan);
  ASSERT_TRUE(preview) << preview.error().ToString();
  EXPECT_EQ(1U, preview->creates.size());
  EXPECT_EQ(nullptr, preview->files);
  Run(PlanFor("fake:wide?rows=10&seed=1", Url("sqlite", "source.db")), "p5");
  EXPECT_EQ(2U, Run(plan, "p6").tables.size());
}

}  // namespace
}  // namespace migrateiq
