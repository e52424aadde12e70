#pragma once

#include <string_view>
#include <vector>

#include "pipeline/suite/suite.hpp"

/// Which keys a check has: for reading, and for the JSON Schema.
namespace migrateiq::detail {

/// Those that all checks have.
const std::vector<std::string_view>& CommonKeys();
/// Those of a kind besides.
std::vector<std::string_view> OwnKeys(CheckKind kind);
/// Those of OwnKeys without which it is no check.
std::vector<std::string_view> RequiredKeys(CheckKind kind);
std::vector<std::string_view> KeysOf(CheckKind kind);

}  // namespace migrateiq::detail
