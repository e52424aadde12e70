#pragma once

#include <string>

#include "pipeline/assess/assessment.hpp"

namespace migrateiq::cli {

/// Views, triggers, routines ... with what each uses, for a terminal; empty when there are none.
std::string ObjectsText(const Assessment& assessment);

}  // namespace migrateiq::cli
