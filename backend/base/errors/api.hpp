#pragma once

#include "base/error.hpp"

/// Error codes of requests to the server and signing in (`api.def`).
namespace migrateiq::codes {
#define MIQ_ERROR(name, code, title, fix) inline constexpr ErrorCode name{code, title, fix};
#include "base/errors/api.def"
#undef MIQ_ERROR
}  // namespace migrateiq::codes
