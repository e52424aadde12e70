#pragma once

#include "base/error.hpp"

/// Error codes of reading, converting, writing and verifying data (`data.def`).
namespace migrateiq::codes {
#define MIQ_ERROR(name, code, title, fix) inline constexpr ErrorCode name{code, title, fix};
#include "base/errors/data.def"
#undef MIQ_ERROR
}  // namespace migrateiq::codes
