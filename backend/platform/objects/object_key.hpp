#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace migrateiq::objects {

/// The parts of a key between its slashes; each is safe as a file's name. Errors: kObjectKey.
Result<std::vector<std::string>> KeyParts(std::string_view key);

}  // namespace migrateiq::objects
