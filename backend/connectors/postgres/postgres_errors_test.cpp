#include "connectors/postgres/postgres_errors.hpp"
#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"

#include <gtest/gtest.h>

namespace migrateiq::postgres {
namespace {

struct Case {
  std::string_view state;
  ErrorCode code;
  bool retryable;
};

class SqlState : public ::testing::TestWithParam<Case> {};

TEST_P(SqlState, HasItsCode) {
  const MappedCode mapped = MapSqlState(GetParam().state);
  EXPECT_EQ(mapped.code.code, GetParam().code.code);
  EXPECT_EQ(mapped.retryable, GetParam().retryable);
}

INSTANTIATE_TEST_SUITE_P(
    Table, SqlState,
    ::testing::Values(Case{"23505", codes::kDataRefused, false}, Case{"22001", codes::kDataRefused, false},
                      Case{"22P02", codes::kDataRefused, false}, Case{"21000", codes::kDataRefused, false},
                      Case{"P0001", codes::kDataRefused, false}, Case{"42501", codes::kConnPrivilege, false},
                      Case{"42P01", codes::kSchemaMissing, false}, Case{"42P07", codes::kSchemaExists, false},
                      Case{"42601", codes::kSchemaDdl, false}, Case{"42804", codes::kSchemaDdl, false},
                      Case{"40P01", codes::kConnLockTimeout, true}, Case{"55P03", codes::kConnLockTimeout, true},
                      Case{"57P01", codes::kConnLost, true}, Case{"08006", codes::kConnLost, true},
                      Case{"53100", codes::kConnDiskFull, true}, Case{"28P01", codes::kConnAuth, false},
                      Case{"3D000", codes::kConnDatabase, false}, Case{"XX000", codes::kConnServer, false},
                      Case{"", codes::kConnServer, false}));

TEST(ConnectMessage, HasItsCode) {
  const auto is = [](std::string_view message, const ErrorCode& code) {
    return MapConnectMessage(message).code.code == code.code;
  };
  EXPECT_TRUE(is("FATAL:  password authentication failed for user \"a\"", codes::kConnAuth));
  EXPECT_TRUE(is("FATAL:  no pg_hba.conf entry for host \"::1\"", codes::kConnAuth));
  EXPECT_TRUE(is("FATAL:  database \"x\" does not exist", codes::kConnDatabase));
  EXPECT_TRUE(is("FATAL:  sorry, too many clients already: too many connections", codes::kConnServer));
  EXPECT_TRUE(is("server does not support SSL, but SSL was required", codes::kConnTls));
  EXPECT_TRUE(is("could not translate host name", codes::kConnUnreachable));
}

TEST(DdlError, KeepsWhatIsNotAboutTheDefinition) {
  EXPECT_TRUE(AsDdlError(Error(codes::kConnLost, "")).Is(codes::kConnLost));
  EXPECT_TRUE(AsDdlError(Error(codes::kDataRefused, "")).Is(codes::kSchemaDdl));
}

}  // namespace
}  // namespace migrateiq::postgres
