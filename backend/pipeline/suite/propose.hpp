#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/profile/profile.hpp"
#include "pipeline/suite/suite.hpp"

namespace migrateiq {

struct ProposedCheck {
  SuiteCheck check;
  double confidence = 0;  ///< that data made as this was keeps to it, 0 .. 1
  std::string reason;     ///< what the profile showed
};

struct ProposeOptions {
  int64_t now = 0;  ///< microseconds since 1970, UTC: against which freshness is judged
  SuiteSide side = SuiteSide::kSource;
  int64_t least_rows = 50;  ///< of fewer rows nothing but what is declared is concluded
};

/// Checks that hold of what was profiled, and will hold of further data of the same kind: what is declared, what no row
/// of many breaks, sets of values without a rare one, ranges with room. Severity follows confidence: error from 0.99
/// or when declared, warn from 0.9, else info. Names are unique.
std::vector<ProposedCheck> ProposeChecks(const Profile& profile, const ProposeOptions& options);

/// They as a suite, and a remark for each: "0.98: no NULL in 10,000 rows".
Suite SuiteOf(const std::vector<ProposedCheck>& proposed, SuiteSide side);
std::vector<std::string> RemarksOf(const std::vector<ProposedCheck>& proposed);

}  // namespace migrateiq
