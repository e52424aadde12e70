#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "pipeline/profile/profile.hpp"

namespace migrateiq {

/// The profile as one JSON object on one line: members as the structs name them, empty optionals left out.
std::string WriteProfile(const Profile& profile);

/// The inverse. Members that are absent keep their defaults and unknown ones are skipped, so that profiles of older and
/// newer versions can be read. Errors: kProfileJson.
Result<Profile> ReadProfile(std::string_view json);

}  // namespace migrateiq
