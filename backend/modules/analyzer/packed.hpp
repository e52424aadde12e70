#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace migrateiq::analyzer {

/// Compressed. Profiles are JSON, whose member names shrink well.
std::string Pack(std::string_view text);
/// Errors: kInternal for what Pack did not make.
Result<std::string> Unpack(std::string_view packed);

}  // namespace migrateiq::analyzer
