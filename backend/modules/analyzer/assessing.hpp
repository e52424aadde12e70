#pragma once

#include <string>

#include "base/time.hpp"
#include "pipeline/assess/assessment.hpp"
#include "pipeline/profile/analysis.hpp"

namespace migrateiq::analyzer {

struct AssessmentWish {
  std::string scheme;      ///< of the source's URL
  std::string connection;  ///< its name, shown instead of an address
  std::string target;      ///< scheme of what it shall become; empty: the usual ones are compared
  Micros now = 0;
};

/// Is there a system of this name? Errors: kApiField at /target.
Status CheckTarget(const std::string& target);

/// What a consultant would hand over; personal values masked. Errors: those of a system that is not known.
Result<Assessment> AssessFor(const Analysis& analysis, const AssessmentWish& wish);

}  // namespace migrateiq::analyzer
