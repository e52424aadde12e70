#pragma once

#include <string>

#include "base/error.hpp"

namespace migrateiq::sqlite {

/// SQLite's (extended) result code as our error: the exact code, else its class. Pure.
Error MapError(int result_code, std::string message);

}  // namespace migrateiq::sqlite
