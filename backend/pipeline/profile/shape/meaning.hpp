#pragma once

#include <span>
#include <string_view>

#include "pipeline/batch/column.hpp"
#include "pipeline/profile/profile.hpp"

namespace migrateiq {

/// Asks pipeline/semantic what the column means, from some of its sampled values, its name and the names of the others.
void TellMeaning(const Column& sample, std::string_view table, std::span<const std::string_view> neighbours,
                 ColumnProfile& profile);

}  // namespace migrateiq
