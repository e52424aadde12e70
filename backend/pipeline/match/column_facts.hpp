#pragma once

#include <array>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "pipeline/match/table.hpp"
#include "pipeline/match/value_kind.hpp"

/// What a sample of values says about a column, in a form that two columns can be compared in.
namespace migrateiq::match {

/// Shares of hashed features, sorted by feature: a sparse vector.
using SparseVector = std::vector<std::pair<uint32_t, float>>;

struct ColumnFacts {
  size_t rows = 0;     ///< of the sample, nulls included
  size_t present = 0;  ///< neither null nor empty
  size_t distinct = 0;
  double null_share = 0;
  double distinct_share = 0;
  std::array<double, kValueKinds> kinds{};          ///< shares of present values
  std::unordered_map<uint64_t, double> values;      ///< hash of the normalised value -> share
  std::vector<std::string> frequent;                ///< normalised, most frequent first, at most 24
  std::vector<double> shares;                       ///< of the most frequent values, falling, at most 24
  std::vector<double> numbers;                      ///< sorted; empty unless most values are numbers
  std::unordered_map<int64_t, double> rounded;      ///< numbers to three digits -> share
  std::vector<double> moments;                      ///< sorted seconds; empty unless most values are dates
  std::vector<double> lengths;                      ///< sorted
  std::map<std::string, double> patterns;           ///< share
  std::array<double, 6> letters{};                  ///< lower, upper, digit, blank, sign, other scripts: mean shares
  SparseVector tokens;                              ///< words of the values
  SparseVector grams;                               ///< letter trigrams of the values
  std::vector<std::array<uint64_t, 4>> signatures;  ///< of `frequent`: trigrams as bits
  double whole_share = 0;                           ///< of numbers: without fraction

  bool empty() const { return present == 0; }
  bool numeric() const { return !numbers.empty(); }
  bool temporal() const { return !moments.empty(); }
};

ColumnFacts LookAt(const MatchColumn& column);

/// What the values of two columns say about them being the same. All in [0, 1].
struct ValueSimilarity {
  double both = 0;  ///< there are values on both sides; the rest is 0 otherwise
  double jaccard = 0, contained = 0, shared = 0;
  double tokens = 0, grams = 0, fuzzy = 0;
  double kinds = 0, patterns = 0, lengths = 0, letters = 0;
  double both_numeric = 0, numeric_shape = 0, numeric_range = 0, numeric_overlap = 0;
  double both_moments = 0, moment_range = 0;
  double distinct = 0, nulls = 0, frequencies = 0, kind_conflict = 0, key_conflict = 0;
};

/// How much a hashed feature says, by how many columns of both tables have it.
using FeatureRarity = std::unordered_map<uint32_t, float>;
FeatureRarity RarityOf(const std::vector<ColumnFacts>& source, const std::vector<ColumnFacts>& target,
                       SparseVector ColumnFacts::*what);

ValueSimilarity CompareValues(const ColumnFacts& source, const ColumnFacts& target, const FeatureRarity& tokens,
                              const FeatureRarity& grams);

}  // namespace migrateiq::match
