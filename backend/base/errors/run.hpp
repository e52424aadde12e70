#pragma once

#include "base/error.hpp"

/// Error codes of the life of a run, our own files, the command line (`run.def`).
namespace migrateiq::codes {
#define MIQ_ERROR(name, code, title, fix) inline constexpr ErrorCode name{code, title, fix};
#include "base/errors/run.def"
#undef MIQ_ERROR
}  // namespace migrateiq::codes
