#pragma once

#include "base/error.hpp"

/// Error codes of matching of columns (`match.def`).
namespace migrateiq::codes {
#define MIQ_ERROR(name, code, title, fix) inline constexpr ErrorCode name{code, title, fix};
#include "base/errors/match.def"
#undef MIQ_ERROR
}  // namespace migrateiq::codes
