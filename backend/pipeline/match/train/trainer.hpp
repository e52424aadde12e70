#pragma once

#include <functional>
#include <string>
#include <vector>

#include "pipeline/match/model.hpp"
#include "pipeline/match/train/pairs.hpp"

/// Learns a model from labelled pairs. Deterministic: equal input gives an equal model, bit for bit.
namespace migrateiq::match {

struct TrainOptions {
  double penalty = 2;           ///< L2, on every stage
  double thinned = 0.3;         ///< share of the lexicon that a generated pair does not have
  int subword_epochs = 12;      ///< 0: no word vectors
  double generated_weight = 1;  ///< of the generated family against all others together
  bool calibrate = true;        ///< by leaving families out in turn (several times the time)
};

/// The name, value and later stages over `pairs`, each pair once with names and values, once with names alone and once
/// with values alone. Pairs of the family "generated" are seen through a thinned lexicon.
Model Train(const std::vector<LabelledPair>& pairs, const Lexicon& lexicon, const TrainOptions& options);

/// The pairs again, wider: with columns of other pairs, unless they mean what a column of the other side means, and in
/// another order.
std::vector<LabelledPair> Widened(const std::vector<LabelledPair>& pairs, const Lexicon& lexicon, uint64_t seed);

}  // namespace migrateiq::match
