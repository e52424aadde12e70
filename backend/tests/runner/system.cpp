#include "tests/runner/system.hpp"

#include <unistd.h>

#include <atomic>
#include <cstdlib>

#include "tests/runner/scenario.hpp"

namespace migrateiq::runner {
namespace {

bool HasVariable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != 0;
}

}  // namespace

std::string WhyUnavailable(const std::string& kind) {
  if (kind == "postgres" && !HasVariable("MIQ_TEST_POSTGRES")) return "MIQ_TEST_POSTGRES is not set";
  if (kind == "mariadb" && !HasVariable("MIQ_TEST_MARIADB")) return "MIQ_TEST_MARIADB is not set";
  return "";
}

Outcomes<std::unique_ptr<System>> MakeSystem(const SystemRequest& request) {
  if (request.kind == "postgres") return MakePostgres(request);
  if (request.kind == "mariadb") return MakeMariadb(request);
  if (request.kind == "sqlite") return MakeSqlite(request);
  if (request.kind == "csv" || request.kind == "jsonl" || request.kind == "parquet") return MakeFolder(request);
  if (request.kind == "fake" || request.kind == "assert" || request.kind == "url") return MakePlain(request);
  return std::unexpected("no such system: " + request.kind);
}

std::string ShowValue(std::optional<std::string_view> value) {
  if (!value) return "NULL";
  return value->empty() ? "(empty)" : Escape(*value);
}

std::string JoinRow(const std::vector<std::string>& values) {
  std::string row;
  for (size_t i = 0; i < values.size(); ++i) row += (i == 0 ? "" : "|") + values[i];
  return row;
}

std::string UniqueName(const std::string& role) {
  static std::atomic<int> counter = 0;
  return "miqs_" + std::to_string(getpid()) + "_" + std::to_string(++counter) + "_" + role;
}

}  // namespace migrateiq::runner
