#pragma once

#include "pipeline/profile/profile.hpp"
#include "pipeline/profile/shape/dictionary.hpp"

namespace migrateiq {

/// Fills in what comes from the sample. The figures of all rows are there already.
void ShapeColumn(const Column& sample, const Dictionary& dictionary, ColumnProfile& profile);

/// The raw counts of each dimension but uniqueness and integrity, which need the table. `now` in microseconds UTC.
void FillQualityFacts(const Column& sample, const Dictionary& dictionary, int64_t now, ColumnProfile& profile);

}  // namespace migrateiq
