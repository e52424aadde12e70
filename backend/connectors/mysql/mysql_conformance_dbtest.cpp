#include "tests/conformance/conformance.hpp"
#include "tests/conformance/server_databases.hpp"

namespace migrateiq::conformance {
namespace {

ConformanceQuirks Quirks() {
  return {.connector = "mysql",
          .make_url = MakeDatabaseOn("mariadb"),
          .remove = DropDatabase,
          .text_native = "longtext",
          .natives = {"tinyint",
                      "smallint",
                      "int",
                      "bigint",
                      "int unsigned",
                      "bigint unsigned",
                      "float",
                      "double",
                      "decimal(9,2)",
                      "decimal(65,30)",
                      "varchar(40)",
                      "char(5)",
                      "longtext",
                      "varbinary(300)",
                      "longblob",
                      "date",
                      "time",
                      "time(6)",
                      "datetime",
                      "datetime(6)",
                      "timestamp(6)",
                      "json",
                      "enum('small','large')",
                      "set('a','b','c')",
                      "bit(12)",
                      "geometry"},
          .values = {{"int unsigned", {"0", "4294967295"}}}};
}

INSTANTIATE_TEST_SUITE_P(Mysql, Conformance, testing::Values(Quirks()));

}  // namespace
}  // namespace migrateiq::conformance
