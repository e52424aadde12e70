#pragma once

#include <cstddef>
#include <string_view>

namespace migrateiq::anomaly {

/// Insertions, deletions, replacements and swaps of neighbouring bytes that lead from one text to the other, or
/// `most + 1` as soon as it is certain that more are needed (optimal string alignment).
size_t EditDistance(std::string_view left, std::string_view right, size_t most);

}  // namespace migrateiq::anomaly
