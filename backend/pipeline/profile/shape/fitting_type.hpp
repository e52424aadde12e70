#pragma once

#include <optional>
#include <vector>

#include "pipeline/profile/profile.hpp"
#include "pipeline/profile/shape/dictionary.hpp"
#include "pipeline/profile/shape/numbers.hpp"

namespace migrateiq {

/// The narrowest type that nearly all texts (kMostlyFits of them) are values of; those that are not are its exceptions.
inline constexpr double kMostlyFits = 0.98;
std::optional<FittingType> FittingTextType(const std::vector<CountedText>& texts, const std::vector<DateFormat>& dates);

/// The narrowest type that holds all the numbers, dates or moments. `distinct` of the whole column tells flags.
std::optional<FittingType> FittingNumberType(const Column& column, const std::vector<CountedNumber>& numbers);

}  // namespace migrateiq
