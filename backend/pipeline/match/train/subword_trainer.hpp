#pragma once

#include "pipeline/match/lexicon.hpp"
#include "pipeline/match/subword.hpp"

namespace migrateiq::match {

struct SubwordOptions {
  uint64_t seed = 1;
  int epochs = 12;
  int negatives = 4;
  double rate = 0.08;
};

/// Vectors in which forms of one concept, and of near concepts, lie near each other: skip-gram with negative sampling,
/// where the company of a word is the lexicon's.
SubwordTable TrainSubwords(const Lexicon& lexicon, const SubwordOptions& options);

}  // namespace migrateiq::match
