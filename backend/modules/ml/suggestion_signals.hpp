#pragma once

#include <string>

#include "modules/ml/matching.hpp"
#include "pipeline/match/matcher.hpp"

namespace migrateiq::ml {

/// So many candidates of a column are kept and shown.
inline constexpr size_t kAlternatives = 3;

/// SuggestionSignals of a proposal and of the candidates beside it, as they are stored. Terms are rounded to a
/// thousandth. `ranked`: the source column's, matched with keep_weighed of kAlternatives.
std::string PackedSignals(const match::Match& match, const std::vector<match::Candidate>& ranked,
                          const match::MatchTable& target);
/// Errors: kInternal for what PackedSignals did not make.
Result<SuggestionSignals> UnpackSignals(const std::string& packed);

}  // namespace migrateiq::ml
