#pragma once

#include <string>

#include "pipeline/profile/profile.hpp"

namespace migrateiq::cli {

/// The profile for people, a table after the other. `terminal`: with colours and small bars.
std::string ProfileText(const Profile& profile, bool terminal);

}  // namespace migrateiq::cli
