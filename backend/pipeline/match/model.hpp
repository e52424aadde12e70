#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "pipeline/match/assignment.hpp"
#include "pipeline/match/signals.hpp"

/// The learned part of matching: how much each signal counts, and how sure a score is.
namespace migrateiq::match {

/// Turns scores (log-odds) into how often they are right: Sigmoid(slope * z + shift).
struct Calibration {
  double slope = 1, shift = 0;
  double operator()(double z) const { return Sigmoid(slope * z + shift); }
};

struct RegimeModel {
  Linear joint;  ///< over names, values and the rivals of a pair
  Linear last;   ///< over the joint scores of the pair and its rivals
  Calibration calibration;
  /// What one tenant's decisions add to the last score: weights that were learned beside those above, which stay as
  /// they are. Without weights: nothing.
  Linear correction;
  double propose = 0;    ///< pairs whose last score is lower are not proposed
  double accept = 0.95;  ///< from this confidence on a proposal needs no look

  double Correction(const Features& terms) const {
    return correction.weights.size() == terms.size() ? correction.Score(terms) : 0;
  }
};

/// Read-only after loading; may be used from many threads.
struct Model {
  Linear name, value;
  std::array<RegimeModel, kRegimes> regimes;
  SubwordTable subwords;
  std::string lineage;  ///< what it was trained on, one line

  const RegimeModel& of(Regime regime) const { return regimes[static_cast<size_t>(regime)]; }

  /// The model that is part of the program.
  static const Model& Shipped();
};

/// Text, one line an item; ReadModel reads it back to an equal model.
std::string WriteModel(const Model& model);
/// Errors: kMatchModel with the line that is wrong.
Result<Model> ReadModel(std::string_view text);

/// All scores of two tables' pairs, stage by stage.
struct Scores {
  Grid name, value;           ///< log-odds by names alone and by values alone; 0 where there is nothing to go by
  Grid joint;                 ///< with the rivals in row and column
  Grid last;                  ///< with the rivals' joint scores: what is ranked by
  Grid confidence;            ///< how likely each pair is right
  std::vector<int> assigned;  ///< for each source column the proposed target column or -1
};

Scores Score(const SignalGrid& signals, const Model& model);

/// The terms of the two later stages, for training.
std::vector<Features> JointFeatures(const SignalGrid& signals, const Grid& name, const Grid& value);
std::vector<Features> LastFeatures(const Grid& joint);
void ScoreParts(const SignalGrid& signals, const Model& model, Grid& name, Grid& value);

}  // namespace migrateiq::match
