#include "modules/projects/plans/plan_diff.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "modules/projects/plans/plan_text.hpp"
#include "modules/projects/plans/text_diff.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq::projects {
namespace {

std::string Shown(const std::string& from, const std::string& to) {
  const auto found = ComparePlans(from, to);
  if (!found) return found.error().ToString();
  std::string text;
  for (const PlanDifference& one : *found)
    text += (one.kind == ChangeKind::added ? "+" : one.kind == ChangeKind::removed ? "-" : "~") + one.pointer + " ";
  return text;
}

TEST(PlanDiff, LayoutAndOrderDoNotCount) {
  EXPECT_EQ(Shown("a: 1\nb: {c: x}  # why\n", "{\"b\": {\"c\": \"x\"}, \"a\": 1}"), "");
}

TEST(PlanDiff, ListsAreComparedByWhatTheyName) {
  EXPECT_EQ(Shown("mappings:\n- {source: a, mode: create}\n- {source: b}\n",
                  "mappings:\n- {source: new}\n- {source: a, mode: append}\n- {source: b}\n"),
            "~/mappings/a/mode +/mappings/new ");
  EXPECT_EQ(Shown("include: [a, b]", "include: [a, c, d]"), "~/include/1 +/include/2 ");
  EXPECT_EQ(Shown("m: [{source: a/b~c}]", "m: []"), "-/m/a~1b~0c ");
  EXPECT_EQ(Shown("m: [{source: a/b~c, x: 1}]", "m: [{source: a/b~c, x: 2}]"), "~/m/a~1b~0c/x ");
}

TEST(PlanDiff, ManyAliasesAreNoBomb) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int j = 0; j < 9; ++j) bomb += ", " + before;
    bomb += "]\n";
  }
  EXPECT_FALSE(ComparePlans(bomb, "a: 1"));
}

TEST(TextDiff, IsUnified) {
  EXPECT_EQ(UnifiedDiff("a\nb\n", "a\nb\n", "x", "y"), "");
  EXPECT_EQ(UnifiedDiff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\nten\n", "v1", "v2"),
            "--- v1\n+++ v2\n@@ -2,8 +2,9 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 9\n+ten\n");
  EXPECT_EQ(UnifiedDiff("", "a\n", "v1", "v2"), "--- v1\n+++ v2\n@@ -0,0 +1,1 @@\n+a\n");
  EXPECT_EQ(UnifiedDiff("a\n", "", "v1", "v2"), "--- v1\n+++ v2\n@@ -1,1 +0,0 @@\n-a\n");
}

TEST(Rewire, KeepsTextThatNeedsNoChange) {
  const std::string text = "# mine\nversion: 1\nsource: {connection: a}\ntarget: {connection: b}\n";
  EXPECT_EQ(*Rewire(text, {}), text);
  EXPECT_EQ(*Rewire(text, {{"a", "a"}}), text);
  const auto changed = Rewire(text, {{"a", "c"}});
  ASSERT_TRUE(changed);
  const auto plan = ReadServerPlan(*changed);
  ASSERT_TRUE(plan) << plan.error().ToString();
  EXPECT_EQ(plan->source.connection, "c");
  EXPECT_EQ(plan->target.connection, "b");
}

}  // namespace
}  // namespace migrateiq::projects
