#pragma once

#include "pipeline/profile/profile.hpp"
#include "pipeline/profile/shape/dictionary.hpp"

namespace migrateiq {

/// The `most` most frequent values, ties in the order of their appearance.
std::vector<ValueCount> TopValues(const Column& column, const Dictionary& dictionary, size_t most = 20);

/// The shapes of the texts, most frequent first, at most `most`.
std::vector<PatternCount> Patterns(const std::vector<CountedText>& texts, size_t most = 10);
/// The shape of one text, as PatternCount says it; cut after 60 places.
std::string PatternOf(std::string_view text);

}  // namespace migrateiq
