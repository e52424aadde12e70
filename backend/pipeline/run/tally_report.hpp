#pragma once

#include "pipeline/check/tally.hpp"
#include "pipeline/run/report.hpp"

namespace migrateiq {

/// Alterations, rejections and warnings of a tally into the table's report.
void AddTallyTo(const Tally& tally, TableReport& report);

}  // namespace migrateiq
