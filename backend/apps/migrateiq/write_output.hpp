#pragma once

#include <optional>
#include <string>

#include "apps/migrateiq/console.hpp"

namespace migrateiq::cli {

/// The command's result: to `file` when there is one, with a line end and a remark on stderr, else to stdout.
Status WriteOutput(const Console& console, const std::optional<std::string>& file, const std::string& text);

}  // namespace migrateiq::cli
