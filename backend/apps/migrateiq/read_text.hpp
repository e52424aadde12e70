#pragma once

#include <string>

#include "base/error.hpp"

namespace migrateiq::cli {

/// A whole file. Errors: kConnOpenFile.
Result<std::string> ReadTextFile(const std::string& path);

}  // namespace migrateiq::cli
