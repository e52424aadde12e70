#pragma once

#include <expected>
#include <functional>
#include <string>

namespace migrateiq::conformance {

/// A fresh database for each call on the test server of this kind ("postgres", "mariadb"); the error says why there is
/// none. For ConformanceQuirks::make_url and ::remove.
std::function<std::expected<std::string, std::string>()> MakeDatabaseOn(const std::string& kind);
void DropDatabase(const std::string& url);

}  // namespace migrateiq::conformance
