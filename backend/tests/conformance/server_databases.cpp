#include "tests/conformance/server_databases.hpp"

#include <map>
#include <memory>

#include "tests/runner/system.hpp"

namespace migrateiq::conformance {
namespace {

/// The databases in use; each is dropped when it leaves the map. Tests run in one thread.
std::map<std::string, std::unique_ptr<runner::System>>& Databases() {
  static std::map<std::string, std::unique_ptr<runner::System>> databases;
  return databases;
}

}  // namespace

std::function<std::expected<std::string, std::string>()> MakeDatabaseOn(const std::string& kind) {
  return [kind]() -> std::expected<std::string, std::string> {
    if (const std::string why = runner::WhyUnavailable(kind); !why.empty()) return std::unexpected(why);
    auto made = runner::MakeSystem({.kind = kind, .role = "conformance"});
    if (!made) return std::unexpected(made.error());
    const std::string url = (*made)->Url();
    Databases()[url] = std::move(*made);
    return url;
  };
}

void DropDatabase(const std::string& url) { Databases().erase(url); }

}  // namespace migrateiq::conformance
