#include "connectors/mysql/mysql_errors.hpp"
#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"

#include <gtest/gtest.h>

namespace migrateiq::mysql {
namespace {

TEST(MysqlErrors, NumberThenClassThenDefault) {
  struct Case {
    unsigned number;
    const char* sqlstate;
    const ErrorCode& code;
    bool retryable;
  };
  const Case cases[] = {
      {1045, "28000", codes::kConnAuth, false},       {1049, "42000", codes::kConnDatabase, false},
      {1062, "23000", codes::kDataRefused, false},    {1205, "HY000", codes::kConnLockTimeout, true},
      {1213, "40001", codes::kConnLockTimeout, true}, {2013, "HY000", codes::kConnLost, true},
      {2003, "HY000", codes::kConnUnreachable, true}, {1114, "HY000", codes::kConnDiskFull, true},
      {1227, "42000", codes::kConnPrivilege, false},  {4025, "23000", codes::kDataRefused, false},
      {65000, "08S01", codes::kConnLost, true},       {65000, "22012", codes::kDataRefused, false},
      {65000, "42000", codes::kSchemaDdl, false},     {65000, "HY000", codes::kConnServer, false},
      {65000, "", codes::kConnServer, false},
  };
  for (const Case& test : cases) {
    const ErrorMeaning meaning = Classify(test.number, test.sqlstate);
    EXPECT_EQ(meaning.code->code, test.code.code) << test.number << " " << test.sqlstate;
    EXPECT_EQ(meaning.retryable, test.retryable) << test.number;
  }
}

TEST(MysqlErrors, TheMessageKeepsTheServersWords) {
  const Error error = MakeError(1062, "23000", "Duplicate entry '1'", "loading");
  EXPECT_EQ(error.message, "loading: Duplicate entry '1' (1062)");
  EXPECT_TRUE(IsDataError(error));
  EXPECT_FALSE(IsDataError(MakeError(2013, "", "lost", "")));
}

}  // namespace
}  // namespace migrateiq::mysql
