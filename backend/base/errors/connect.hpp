#pragma once

#include "base/error.hpp"

/// Error codes of reaching a system, and its URL (`connect.def`).
namespace migrateiq::codes {
#define MIQ_ERROR(name, code, title, fix) inline constexpr ErrorCode name{code, title, fix};
#include "base/errors/connect.def"
#undef MIQ_ERROR
}  // namespace migrateiq::codes
