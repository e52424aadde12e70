#include <unistd.h>

#include <atomic>
#include <filesystem>

#include "tests/conformance/conformance.hpp"

namespace migrateiq::conformance {
namespace {

std::expected<std::string, std::string> MakeUrl() {
  static std::atomic<int> counter = 0;
  const auto path = std::filesystem::temp_directory_path() /
                    ("miq-conformance-" + std::to_string(getpid()) + "-" + std::to_string(++counter) + ".db");
  return "sqlite://" + path.string();
}

void Remove(const std::string& url) {
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(url.substr(9) + suffix);
}

ConformanceQuirks Quirks() {
  return {.connector = "sqlite",
          .make_url = MakeUrl,
          .remove = Remove,
          .natives = {"BOOLEAN",      "TINYINT",      "SMALLINT",
                      "INTEGER",      "BIGINT",       "REAL",
                      "DOUBLE",       "DECIMAL(9,2)", "DECIMAL_TEXT(40,9)",
                      "DECIMAL_TEXT", "TEXT",         "VARCHAR(40)",
                      "CHAR(5)",      "BLOB",         "DATE",
                      "TIME",         "TIME(3)",      "DATETIME",
                      "DATETIME(0)",  "TIMESTAMPTZ",  "INTERVAL",
                      "UUID",         "JSON TEXT",    "BIT_TEXT(12)",
                      "GEOMETRY BLOB"}};
}

INSTANTIATE_TEST_SUITE_P(Sqlite, Conformance, testing::Values(Quirks()));

}  // namespace
}  // namespace migrateiq::conformance
