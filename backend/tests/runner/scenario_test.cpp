#include "tests/runner/scenario.hpp"

#include <gtest/gtest.h>

namespace migrateiq::runner {
namespace {

const std::string kHead = "# name: x\n# description: d\n# group: g\n\n";

TEST(Scenario, ReadsStepsBodiesAndExpectations) {
  const auto parsed = ParseScenario(kHead +
                                        "source sqlite\nCREATE TABLE t (a);\n\nINSERT INTO t VALUES (1);\n\nmigrate "
                                        "--workers 2\nexpect rows SELECT a\nFROM t\n----\n1\n",
                                    "f");
  ASSERT_TRUE(parsed) << parsed.error();
  ASSERT_EQ(parsed->size(), 1U);
  const auto& steps = parsed->front().steps;
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[0].body.size(), 3U) << "blank lines inside a body stay, those after it do not";
  EXPECT_EQ(steps[1].rest, "--workers 2");
  EXPECT_EQ(steps[2].Text(), "rows SELECT a\nFROM t");
  EXPECT_EQ(steps[2].expected, std::vector<std::string>{"1"});
  EXPECT_EQ(steps[2].line, 11);
}

TEST(Scenario, ForeachMultiplies) {
  const auto parsed =
      ParseScenario(kHead + "foreach a 1 2\nforeach b 'x y' z\nmigrate {a}\nexpect rows {b}\n----\n{a}{b}\n", "f");
  ASSERT_TRUE(parsed);
  ASSERT_EQ(parsed->size(), 4U);
  EXPECT_EQ((*parsed)[0].name, "f [1] [x y]");
  EXPECT_EQ((*parsed)[0].steps[1].expected[0], "1x y");
  EXPECT_EQ((*parsed)[3].steps[0].rest, "2");
}

TEST(Scenario, YamlKeysAreNoSteps) {
  const auto parsed = ParseScenario(kHead + "plan\nrun: {workers: 1}\nsource: {url: x}\nrun\n", "f");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->front().steps.size(), 2U);
  EXPECT_EQ(parsed->front().steps[0].body.size(), 2U);
}

TEST(Scenario, ComplainsWithPlace) {
  EXPECT_EQ(ParseScenario(kHead + "migrat\n", "f").error(), "f:5: no such step: migrat");
  EXPECT_EQ(ParseScenario("migrate\n", "f").error(), "f:1: the head needs # name:, # description: and # group:");
}

TEST(Scenario, WordsKeepQuotedBlanks) {
  EXPECT_EQ(SplitWords("--where \"t=a > 'x y'\"  -n ''"),
            (std::vector<std::string>{"--where", "t=a > 'x y'", "-n", ""}));
}

TEST(Scenario, EscapesAreTheirOwnInverse) {
  const std::string bytes{"a\0b\n\\\x7f\xC3\xBC\t", 9};
  EXPECT_EQ(Escape(bytes), "a\\x00b\\n\\\\\\x7f\xC3\xBC\\t");
  EXPECT_EQ(Unescape(Escape(bytes)), bytes);
}

}  // namespace
}  // namespace migrateiq::runner
