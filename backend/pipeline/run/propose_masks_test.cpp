#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "pipeline/plan/plan_file.hpp"
#include "pipeline/run/engine.hpp"
#include "pipeline/run/memory_store.hpp"
#include "tests/support/temporary_folder.hpp"

/// What a proposed plan says about columns of people.
namespace migrateiq {
namespace {

class ProposeMasks : public ::testing::Test {
 protected:
  ProposeMasks() {
    std::ofstream(folder_.path() / "person.csv") << "id,e_mail,phone,colour,born\n"
                                                    "1,ada@example.com,4930901820,red,1955-12-10\n"
                                                    "2,grace@example.org,4930901821,green,1967-12-09\n"
                                                    "3,alan@example.net,4930901822,blue,1982-06-23\n";
  }

  Plan Propose(const std::string& mappings = "") {
    const auto given =
        ParsePlan("version: 1\nsource: {url: \"csv:" + folder_.path().string() +
                      "\"}\ntarget: {url: \"sqlite:" + (folder_.path() / "target.db").string() + "\"}\n" + mappings,
                  "plan");
    EXPECT_TRUE(given) << given.error().ToString();
    EngineContext context{store_, observer_, {}};
    auto plan = ProposePlan(given.value_or(Plan{}), context);
    EXPECT_TRUE(plan) << plan.error().ToString();
    return plan.value_or(Plan{});
  }
  static std::string RemarkOn(const Plan& plan, const std::string& target) {
    const auto& columns = plan.mappings.at(0).columns;
    const auto found = std::ranges::find(columns, target, &ColumnMapping::target);
    return found == columns.end() ? "no such column" : found->remark;
  }

  test_support::TemporaryFolder folder_;
  testing::MemoryStore store_;
  testing::QuietObserver observer_;
};

TEST_F(ProposeMasks, StandBesideColumnsOfPeopleOnly) {
  const Plan plan = Propose();
  EXPECT_NE(RemarkOn(plan, "e_mail").find("E-mail address"), std::string::npos) << RemarkOn(plan, "e_mail");
  EXPECT_NE(RemarkOn(plan, "e_mail").find("Question: mask: {kind: email, key: pii}?"), std::string::npos);
  EXPECT_NE(RemarkOn(plan, "born").find("mask: {kind: date_shift, key: pii}?"), std::string::npos);
  EXPECT_EQ(RemarkOn(plan, "colour"), "");
  EXPECT_EQ(RemarkOn(plan, "id"), "");
  ASSERT_EQ(plan.remarks.size(), 1U);
  EXPECT_TRUE(plan.remarks[0].starts_with("Question: 3 columns look like personal data")) << plan.remarks[0];
}

TEST_F(ProposeMasks, AreLeftOutWhereTheColumnCannotHoldThem) {
  const std::string remark = RemarkOn(Propose(), "phone");  // an integer here, and phone numbers become texts
  EXPECT_NE(remark.find("Phone"), std::string::npos) << remark;
  EXPECT_EQ(remark.find("mask"), std::string::npos) << remark;
}

TEST_F(ProposeMasks, MaskNothingAndAreNoPartOfThePlan) {
  const Plan plan = Propose();
  const auto again = ParsePlan(WritePlan(plan), "plan");
  ASSERT_TRUE(again) << again.error().ToString();
  for (const ColumnMapping& column : again->mappings.at(0).columns) EXPECT_FALSE(column.mask) << column.target;
}

}  // namespace
}  // namespace migrateiq
