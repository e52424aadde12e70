#pragma once

#include <boost/describe/enum.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace migrateiq::projects {

enum class ChangeKind { added, removed, changed };
BOOST_DESCRIBE_ENUM(ChangeKind, added, removed, changed)

/// One difference between two plans: what stands at a JSON pointer. Members of lists are known by what they name
/// (a mapping's or column's target, else its source), so that a new one in front does not change all that follow.
struct PlanDifference {
  ChangeKind kind = ChangeKind::changed;
  std::string pointer;
  boost::json::value from, to;  ///< null where there was or is nothing
};

/// Between two plan texts (YAML or JSON), whatever their order of keys, comments and layout. Errors: kPlanSyntax.
Result<std::vector<PlanDifference>> ComparePlans(const std::string& from, const std::string& to);

}  // namespace migrateiq::projects
