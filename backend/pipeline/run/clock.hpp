#pragma once

#include <cstdint>
#include <string>

namespace migrateiq {

/// Microseconds since 1970-01-01 UTC.
int64_t NowMicros();
/// "2026-11-22T21:59:10Z".
std::string Rfc3339(int64_t micros);

}  // namespace migrateiq
