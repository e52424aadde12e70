#include "modules/ml/suggestion_signals.hpp"

#include <algorithm>
#include <cmath>

#include "modules/analyzer/packed.hpp"
#include "platform/describe/json.hpp"

namespace migrateiq::ml {

namespace {

constexpr double kSteps = 1000;

WeighedPair PairOf(const std::string& target_column, const match::Weighed& weighed) {
  WeighedPair pair{.target_column = target_column, .score = weighed.score, .terms = weighed.terms};
  for (double& term : pair.terms) term = std::round(term * kSteps) / kSteps;
  return pair;
}

}  // namespace

std::string PackedSignals(const match::Match& match, const std::vector<match::Candidate>& ranked,
                          const match::MatchTable& target) {
  SuggestionSignals signals{
      .shipped = match::Model::Shipped().lineage, .regime = match::NameOf(match.regime), .pairs = {}};
  signals.pairs.push_back(PairOf(target.columns[match.target].name, match.weighed));
  for (size_t k = 0; k < std::min(kAlternatives, ranked.size()); ++k)
    if (ranked[k].target != match.target)
      signals.pairs.push_back(PairOf(target.columns[ranked[k].target].name, ranked[k].weighed));
  return analyzer::Pack(Encode(signals));
}

Result<SuggestionSignals> UnpackSignals(const std::string& packed) {
  MIQ_ASSIGN(const std::string text, analyzer::Unpack(packed));
  return DecodeStored<SuggestionSignals>(text);
}

}  // namespace migrateiq::ml
