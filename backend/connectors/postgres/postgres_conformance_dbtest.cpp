#include "tests/conformance/conformance.hpp"
#include "tests/conformance/server_databases.hpp"

namespace migrateiq::conformance {
namespace {

ConformanceQuirks Quirks() {
  return {.connector = "postgres",
          .make_url = MakeDatabaseOn("postgres"),
          .remove = DropDatabase,
          .natives = {"boolean",
                      "smallint",
                      "integer",
                      "bigint",
                      "real",
                      "double precision",
                      "numeric",
                      "numeric(9,2)",
                      "numeric(60,20)",
                      "text",
                      "character varying(40)",
                      "character(5)",
                      "bytea",
                      "date",
                      "time without time zone",
                      "time(3) without time zone",
                      "timestamp without time zone",
                      "timestamp(0) without time zone",
                      "timestamp with time zone",
                      "interval",
                      "uuid",
                      "json",
                      "jsonb",
                      "bit(12)",
                      "bit varying(20)",
                      "integer[]"}};
}

INSTANTIATE_TEST_SUITE_P(Postgres, Conformance, testing::Values(Quirks()));

}  // namespace
}  // namespace migrateiq::conformance
