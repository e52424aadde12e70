#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/semantic/detail/kinds.hpp"
#include "pipeline/semantic/detail/name_table.hpp"

namespace migrateiq::detail {

/// How the sampled values did in the check of one kind.
struct Tally {
  size_t values = 0;    ///< looked at: without empty ones and placeholders
  size_t distinct = 0;  ///< different ones among them
  size_t fit = 0;       ///< have the shape
  size_t strong = 0;    ///< do what only values of the kind do

  double FitRate() const { return values == 0 ? 0 : static_cast<double>(fit) / static_cast<double>(values); }
  double StrongRate() const { return values == 0 ? 0 : static_cast<double>(strong) / static_cast<double>(values); }
};

/// What speaks for a kind and against it, as logarithms of odds: they add up.
struct Score {
  double total = 0;
  bool excluded = false;  ///< too many values do not fit
  bool shown = false;     ///< the values alone say something
  bool proven = false;    ///< the values alone say everything
  bool refuted = false;   ///< a check digit is met no more often than by chance
};

/// The share of values that must have the kind's shape; with fewer it is excluded.
double LeastFitting(const KindRule& rule);

/// Score of the values alone, on top of how rare a kind is.
Score ScoreValues(const KindRule& rule, const Tally& tally);

/// What the name adds: `match` speaks for the kind, a better match of another kind (`best_other`) against it.
double ScoreName(double match, double best_other);

double Confidence(double total);

}  // namespace migrateiq::detail
