#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/batch/column.hpp"
#include "pipeline/batch/finding.hpp"

namespace migrateiq {

/// Whether there is such a zone; kPlanValue with the nearest name when there is none.
Status CheckZone(const std::string& zone);

/// A plan's `assume_zone`: `in` holds wall times of the IANA zone (kTimestamp, kDate as midnight, or text in timestamp
/// form); `out`, of kTimestampTz, is replaced by the moments they were. Findings carry `column_index`:
/// - a time that the clock skipped (set forward) never was: kOutOfRange and NULL;
/// - a time that the clock showed twice (set back) is taken as the first, and reported as kAmbiguousTime;
/// - text that is no timestamp: kWrongType or kZeroDate and NULL; text with an offset of its own is taken by that.
/// Infinities stay. Errors: kPlanValue for an unknown zone or a column of another type.
Status ApplyZone(const Column& in, const std::string& zone, int32_t column_index, Column& out,
                 std::vector<Finding>& findings);

}  // namespace migrateiq
