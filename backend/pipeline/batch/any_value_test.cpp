#include "pipeline/batch/any_value.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace migrateiq::any {
namespace {

using namespace std::string_literals;

TEST(AnyValue, KeepsTypeAndBytesThroughTheLiteral) {
  const std::string values[] = {OfInteger(0),         OfInteger(INT64_MIN),   OfInteger(INT64_MAX),  OfReal(5),
                                OfReal(0.1),          OfReal(-1e300),         OfReal(HUGE_VAL),      OfReal(-HUGE_VAL),
                                OfText(""),           OfText("it's '' here"), OfText("5"),           OfText("x'00'"),
                                OfText("a\0b"s),      OfText("\xff\xfe"),     OfText("caf\xc3\xa9"), OfBlob(""),
                                OfBlob("\0\xff'\\"s), OfBlob("text")};
  for (const std::string& value : values) EXPECT_EQ(FromLiteral(Literal(value)), value) << Literal(value);
}

TEST(AnyValue, LiteralsAreSql) {
  EXPECT_EQ(Literal(OfInteger(-7)), "-7");
  EXPECT_EQ(Literal(OfReal(5)), "5.0");
  EXPECT_EQ(Literal(OfText("it's")), "'it''s'");
  EXPECT_EQ(Literal(OfBlob("\0\xff"s)), "x'00ff'");
  EXPECT_EQ(Literal(OfText("\xff")), "CAST(x'ff' AS TEXT)");
}

TEST(AnyValue, WhatIsNoLiteralIsText) {
  for (const char* text : {"abc", "1-2", "'open", "x'0", "x'zz'", "'a'b'", "", "-"})
    EXPECT_EQ(FromLiteral(text), OfText(text)) << text;
}

}  // namespace
}  // namespace migrateiq::any
