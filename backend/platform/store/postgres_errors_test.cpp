#include "platform/store/postgres_errors.hpp"
#include "base/errors/run.hpp"

#include <gtest/gtest.h>

namespace migrateiq::store::detail {
namespace {

struct Case {
  const char* sqlstate;
  Remedy remedy;
  ErrorCode code;
  bool retryable;
};

TEST(PostgresErrors, AreMappedByTheirState) {
  const Case cases[] = {
      {"23505", Remedy::kNone, codes::kStateConflict, false},  {"23503", Remedy::kNone, codes::kStateConflict, false},
      {"23P01", Remedy::kNone, codes::kStateConflict, false},  {"23502", Remedy::kNone, codes::kStateQuery, false},
      {"40001", Remedy::kRepeat, codes::kStateQuery, true},    {"40P01", Remedy::kRepeat, codes::kStateQuery, true},
      {"55P03", Remedy::kNone, codes::kStateQuery, true},      {"57014", Remedy::kNone, codes::kStateQuery, true},
      {"57P01", Remedy::kReconnect, codes::kStateQuery, true}, {"08006", Remedy::kReconnect, codes::kStateQuery, true},
      {"", Remedy::kReconnect, codes::kStateQuery, true},      {"0A000", Remedy::kForget, codes::kStateQuery, true},
      {"42601", Remedy::kNone, codes::kStateQuery, false}};
  for (const Case& one : cases) {
    EXPECT_EQ(RemedyFor(one.sqlstate), one.remedy) << one.sqlstate;
    const Error error = ErrorFor(one.sqlstate, "text");
    EXPECT_TRUE(error.Is(one.code)) << one.sqlstate;
    EXPECT_EQ(error.retryable, one.retryable) << one.sqlstate;
  }
}

}  // namespace
}  // namespace migrateiq::store::detail
