#pragma once

#include <string_view>

#include "base/error.hpp"

namespace migrateiq {

/// The catalog's entry of a code that came as text ("MIQ-CONN-003"); nothing for one that this version does not know.
const ErrorCode* FindErrorCode(std::string_view code);

/// An error that came as text; a code of a later version keeps its name in the message.
Error ErrorFromText(std::string_view code, std::string_view message, std::string_view fix);

}  // namespace migrateiq
