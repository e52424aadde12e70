#pragma once

#include <cstdint>
#include <string>

#include "pipeline/batch/type.hpp"

namespace migrateiq {

/// Days or microseconds, as a column of this kind holds them, as text.
std::string TimeText(TypeKind kind, int64_t value);

}  // namespace migrateiq
