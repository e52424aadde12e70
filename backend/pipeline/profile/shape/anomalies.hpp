#pragma once

#include "base/time.hpp"
#include "pipeline/batch/batch.hpp"
#include "pipeline/profile/profile.hpp"

namespace migrateiq {

/// What pipeline/anomaly finds among the rows of the sample, at most 50,000 of them from everywhere in it. `now` says
/// which dates lie in the future.
std::vector<AnomalyProfile> FindAnomalies(const Batch& sample, Micros now);

}  // namespace migrateiq
