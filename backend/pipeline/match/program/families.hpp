#pragma once

#include <map>
#include <string>
#include <vector>

#include "pipeline/match/train/evaluate.hpp"

/// Evaluation over families of labelled pairs.
namespace migrateiq::match {

struct FamilyResult {
  double recall = 0, reciprocal = 0, f1 = 0;  ///< means over the family's pairs
  double error = 0;                           ///< calibration error of what is proposed
  double error_after = 0;                     ///< the same after 20 answers, of the rest
  double accepted_right = 0;  ///< share of right ones among what is accepted without a look, after 20 answers
  double accepted_share = 0;  ///< of what is proposed
  double found_share = 0;     ///< of the true pairs, how many are accepted without a look
  double seconds = 0;
  size_t pairs = 0;
};
using FamilyResults = std::map<std::string, FamilyResult>;

/// What one matcher says about a pair.
struct PairResult {
  std::string family;
  Grid scores;
  std::vector<Proposal> proposals;
  const std::set<ColumnPair>* truth = nullptr;
  double seconds = 0;
  const Model* model = nullptr;  ///< null: a matcher without confidences
};

FamilyResults Summarise(const std::vector<PairResult>& judged);

/// For a matcher without threshold: proposals above the one that is best for all other families.
void ProposeOutOfFamily(std::vector<PairResult>& judged);

FamilyResult Macro(const FamilyResults& results);

}  // namespace migrateiq::match
