#pragma once

#include <string>

#include "pipeline/run/progress.hpp"

namespace migrateiq {

/// {"phase", "seconds", "rows_done", ..., "tables": [...]}: how progress is kept and sent.
std::string ProgressJson(const Progress& progress);

}  // namespace migrateiq
