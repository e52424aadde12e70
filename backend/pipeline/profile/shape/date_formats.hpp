#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/profile/profile.hpp"
#include "pipeline/profile/shape/dictionary.hpp"

namespace migrateiq {

/// What a text says under a date format.
struct ReadMoment {
  bool fits = false;
  int64_t seconds = 0;  ///< since 1970, wall time; of formats without a date: since midnight
};
/// Formats are strptime's: %Y %y %m %d %b %B %H %I %M %S %p %z; %S takes a fraction too.
ReadMoment ReadMomentAs(std::string_view text, std::string_view format);

/// The formats that are tried, those with a date and a time, a date, a time.
const std::vector<std::string_view>& KnownDateFormats();

/// The formats in which the texts are dates or times: of each one, the texts that fit it and none before it. Empty when
/// fewer than half of the texts are any.
std::vector<DateFormat> DateFormats(const std::vector<CountedText>& texts);

}  // namespace migrateiq
