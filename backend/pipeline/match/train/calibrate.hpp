#pragma once

#include <vector>

#include "pipeline/match/model.hpp"

namespace migrateiq::match {

/// A proposal of a model for a pair of an unseen family, and whether it is right.
struct Judged {
  Regime regime = Regime::kBoth;
  double score = 0;
  double label = 0;
  double weight = 1;
  bool proposed = true;  ///< false: a true pair that the assignment missed
};

/// Every row to its best column, whatever the score: what thresholds are chosen over.
std::vector<int> AssignAll(const Grid& scores);

/// Sets calibration, the threshold of proposals (greatest F1) and of acceptance (95 of 100 right) of each regime.
void Decide(const std::vector<Judged>& judged, Model& model);

}  // namespace migrateiq::match
