#include "pipeline/assess/assumptions.hpp"

#include <gtest/gtest.h>

namespace migrateiq {
namespace {

TEST(Assumptions, WhatIsNamedIsTakenOver) {
  EffortRates effort;
  Speed speed;
  ASSERT_TRUE(
      ReadAssumptions("effort: {set_up: 16, rehearsals: 3, manual: {view: [1, 3, 8], job: [2, 2, 2], other: [9, 9, "
                      "9]}}\nspeed: {megabytes_per_second: 40, factor: 1.5}",
                      effort, speed));
  EXPECT_EQ(effort.set_up, 16);
  EXPECT_EQ(effort.rehearsals, 3);
  EXPECT_EQ(effort.cutover, EffortRates().cutover);
  EXPECT_EQ(effort.manual.front().complex, 8);
  EXPECT_EQ(effort.manual.back().kind, "job");
  EXPECT_EQ(effort.manual.size(), EffortRates().manual.size() + 1);
  EXPECT_EQ(speed.bytes_per_second, 40e6);
  EXPECT_EQ(speed.factor, 1.5);
}

TEST(Assumptions, RefusedWithTheReason) {
  const auto message = [](const char* yaml) {
    EffortRates effort;
    Speed speed;
    const Status read = ReadAssumptions(yaml, effort, speed);
    return read ? std::string("read") : read.error().message;
  };
  EXPECT_EQ(message("efort: {}"), "assumptions: unknown key 'efort'; did you mean 'effort'?");
  EXPECT_EQ(message("effort: {setup: 3}"), "assumptions: unknown key 'setup'; did you mean 'set_up'?");
  EXPECT_EQ(message("effort: {set_up: -1}"), "assumptions: set_up must be a number, 0 or more");
  EXPECT_EQ(message("effort: {set_up: [1]}"), "assumptions: set_up must be a number, 0 or more");
  EXPECT_EQ(message("speed: {megabytes_per_second: 0}"), "assumptions: megabytes_per_second must be a number above 0");
  EXPECT_EQ(message("speed: {factor: 0.5}"), "assumptions: factor must be a number, 1 or more");
  EXPECT_EQ(message("effort: {manual: {view: 3}}"),
            "assumptions: manual.view must be three numbers: simple, moderate, complex");
  EXPECT_NE(message("a: [").find("assumptions: "), std::string::npos);
  EXPECT_EQ(message("[]"), "assumptions: it must have the keys `effort` and `speed`, or one of them");
}

}  // namespace
}  // namespace migrateiq
