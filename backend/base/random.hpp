#pragma once

#include <cstddef>
#include <string>

namespace migrateiq {

/// Bytes from the kernel's generator; good for keys and tokens. Thread-safe.
std::string RandomBytes(size_t count);
/// `count` random bytes as base64url without padding.
std::string RandomToken(size_t count = 32);
/// A UUID of version 7 in lower case: sorts by the time of its making.
std::string NewId();

}  // namespace migrateiq
