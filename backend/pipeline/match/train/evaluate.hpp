#pragma once

#include <string>
#include <vector>

#include "pipeline/match/assignment.hpp"
#include "pipeline/match/model.hpp"
#include "pipeline/match/train/pairs.hpp"

/// How good scores and proposals are, against what is true.
namespace migrateiq::match {

struct Proposal {
  size_t source = 0, target = 0;
  double confidence = 0;
  bool accepted = false;  ///< sure enough to need no look
  Regime regime = Regime::kBoth;
};

struct Judgement {
  double recall = 0;      ///< of the k true pairs, how many are among the k best scored; ties at their expectation
  double reciprocal = 0;  ///< mean of 1/rank of the best true target, over source columns that have one
  double f1 = 0;          ///< of the proposals
};

Judgement Evaluate(const Grid& scores, const std::vector<Proposal>& proposals, const std::set<ColumnPair>& truth);

/// Mean difference between confidence and share of right ones over ten bins.
double CalibrationError(const std::vector<std::pair<double, bool>>& judged);

/// What Valentine calls Jaccard-Levenshtein: equal-ish values, names where there are none.
Grid JaccardLevenshtein(const LabelledPair& pair);
/// An ensemble in the manner of COMA: the mean of name, word, type and instance matchers.
Grid ComaLike(const LabelledPair& pair);

}  // namespace migrateiq::match
