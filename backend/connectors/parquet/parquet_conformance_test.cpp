#include <unistd.h>

#include <atomic>
#include <filesystem>

#include "tests/conformance/conformance.hpp"

namespace migrateiq::conformance {
namespace {

std::expected<std::string, std::string> MakeUrl() {
  static std::atomic<int> counter = 0;
  const auto path = std::filesystem::temp_directory_path() /
                    ("miq-conformance-parquet-" + std::to_string(getpid()) + "-" + std::to_string(++counter));
  return "parquet:" + path.string();
}

void Remove(const std::string& url) { std::filesystem::remove_all(url.substr(8)); }

ConformanceQuirks Quirks() {
  return {.connector = "parquet",
          .make_url = MakeUrl,
          .remove = Remove,
          .natives = {"bool",      "int8",        "int16",        "int32",         "int64",          "uint64",
                      "float",     "double",      "decimal(9,2)", "decimal(38,9)", "decimal(65,30)", "decimal",
                      "string",    "string(40)",  "char(5)",      "bytes",         "date",           "time",
                      "timestamp", "timestamptz", "interval",     "uuid",          "json",           "bit(12)",
                      "array",     "geometry"},
          .has_tables = false};
}

INSTANTIATE_TEST_SUITE_P(Parquet, Conformance, testing::Values(Quirks()));

}  // namespace
}  // namespace migrateiq::conformance
