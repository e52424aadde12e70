#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace migrateiq::detail {

/// Words of a folded text, cut at anything that is no letter, digit, "'" or "."; at most `most` of them.
std::vector<std::string> WordsOf(std::string_view folded, size_t most = 12);

/// What a person's or place's name may be written with: letters, blanks, "-", "'" and "."; no digits.
bool IsNameText(std::string_view text);
/// A name of Chinese, Japanese or Korean letters: how many there are; 0 when another letter is in it.
size_t EastAsianLength(std::string_view text);

}  // namespace migrateiq::detail
