#pragma once

#include "base/error.hpp"

/// Error codes of the server's own parts: outbound reach, secrets, objects, queue, settings (`server.def`).
namespace migrateiq::codes {
#define MIQ_ERROR(name, code, title, fix) inline constexpr ErrorCode name{code, title, fix};
#include "base/errors/server.def"
#undef MIQ_ERROR
}  // namespace migrateiq::codes
