#pragma once

#include "base/error.hpp"

/// Error codes of schemas, plans and expressions (`plan.def`).
namespace migrateiq::codes {
#define MIQ_ERROR(name, code, title, fix) inline constexpr ErrorCode name{code, title, fix};
#include "base/errors/plan.def"
#undef MIQ_ERROR
}  // namespace migrateiq::codes
