#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace migrateiq {

/// The candidate with the smallest edit distance, if it is close enough to be a likely typo; else empty.
std::string Nearest(std::string_view word, const std::vector<std::string>& candidates);

/// "; did you mean 'columns'?" or nothing: appended to messages about unknown names.
std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace migrateiq
