#pragma once

#include <vector>

#include "pipeline/profile/depend/keys.hpp"

namespace migrateiq {

/// Columns that follow from one other column, but for few rows. Left out is what says nothing: determinants that are
/// (nearly) keys, dependents that (nearly) always have one value.
std::vector<FunctionalDependency> FunctionalDependencies(const TableProfile& profile, const CodedSample& sample);

}  // namespace migrateiq
