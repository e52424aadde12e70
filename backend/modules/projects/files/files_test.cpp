#include <gtest/gtest.h>

#include "modules/projects/files/byte_range.hpp"
#include "modules/projects/files/csv_guard.hpp"
#include "modules/projects/files/sniff.hpp"

namespace migrateiq::projects {
namespace {

using namespace std::string_view_literals;

std::string KindOf(std::string_view bytes) {
  const auto kind = Sniff(bytes.substr(0, kSniffBytes), bytes, bytes.size());
  return kind ? WordOf(*kind) : "refused";
}

TEST(Sniff, TellsFilesByTheirContent) {
  EXPECT_EQ(KindOf("id,name\n1,a\n"), "csv");
  EXPECT_EQ(KindOf("\xef\xbb\xbfid;name\r\n"), "csv");
  EXPECT_EQ(KindOf("\xff\xfei\0d\0"sv), "csv") << "UTF-16";
  EXPECT_EQ(KindOf("caf\xe9,1\n"), "csv") << "cp1252";
  EXPECT_EQ(KindOf("{\"a\": 1}\n{\"a\": 2}\n"), "jsonl");
  EXPECT_EQ(KindOf("{\"a\": 1}"), "jsonl");
  EXPECT_EQ(KindOf("{a},{b}\n"), "csv");
  EXPECT_EQ(KindOf("SQLite format 3\0...."sv), "sqlite");
  EXPECT_EQ(KindOf("PAR1........PAR1"), "parquet");
}

TEST(Sniff, RefusesWhatCannotBeRead) {
  EXPECT_EQ(KindOf("PK\x03\x04...."sv), "refused");
  EXPECT_EQ(KindOf("\x1f\x8b\x08\0"sv), "refused");
  EXPECT_EQ(KindOf("BZh91AY"), "refused");
  EXPECT_EQ(KindOf("\x28\xb5\x2f\xfd rest"sv), "refused");
  EXPECT_EQ(KindOf(std::string(257, 'a') + "ustar\0"), "refused");
  EXPECT_EQ(KindOf("PAR1\x15\x04 and no end"), "refused");
  EXPECT_EQ(KindOf("\x7f"
                   "ELF\x02\x01\x01\0"sv),
            "refused");
  EXPECT_EQ(KindOf("a,b\n\0\n"sv), "refused");
  EXPECT_EQ(KindOf("[{\"a\": 1}]"), "refused");
  EXPECT_EQ(KindOf("{\n  \"a\": 1\n}\n"), "refused");
}

TEST(ByteRange, FollowsTheRules) {
  const auto range = [](std::string_view header) { return ReadRange(header, 100).range; };
  EXPECT_EQ(range("bytes=0-0"), (ByteRange{0, 1}));
  EXPECT_EQ(range("bytes=90-"), (ByteRange{90, 10}));
  EXPECT_EQ(range("bytes=90-900"), (ByteRange{90, 10}));
  EXPECT_EQ(range("bytes=-10"), (ByteRange{90, 10}));
  EXPECT_EQ(range("bytes=-1000"), (ByteRange{0, 100}));
  for (const char* whole : {"", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "bytes=1-2,5-6", "lines=1-2",
                            "bytes=99999999999999999999-"})
    EXPECT_TRUE(ReadRange(whole, 100).satisfiable && !range(whole)) << whole;
  EXPECT_FALSE(ReadRange("bytes=100-", 100).satisfiable);
  EXPECT_FALSE(ReadRange("bytes=-0", 100).satisfiable);
  EXPECT_FALSE(ReadRange("bytes=0-", 0).satisfiable);
}

TEST(CsvGuard, WhatASpreadsheetWouldExecuteIsText) {
  EXPECT_EQ(GuardedField("=1+1"), "'=1+1");
  EXPECT_EQ(GuardedField("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(GuardedField("+cmd|' /C calc'!A0"), "'+cmd|' /C calc'!A0");
  EXPECT_EQ(GuardedField("-2+3"), "'-2+3");
  EXPECT_EQ(GuardedField("\t=1"), "\"'\t=1\"");
  EXPECT_EQ(GuardedField("  =1"), "'  =1");
  EXPECT_EQ(GuardedField("-5"), "-5");
  EXPECT_EQ(GuardedField("+1.5e3"), "+1.5e3");
  EXPECT_EQ(GuardedField("a,\"b\""), "\"a,\"\"b\"\"\"");
  EXPECT_EQ(GuardedField(""), "");
}

}  // namespace
}  // namespace migrateiq::projects
