#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "pipeline/match/lexicon.hpp"
#include "pipeline/match/subword.hpp"
#include "pipeline/match/table.hpp"

/// Names of columns, understood as far as lexicon and strings allow, and their similarity.
namespace migrateiq::match {

/// A word of a reading.
struct NameUnit {
  std::string word;     ///< as written, folded
  Head head = kNoHead;  ///< what it means here
  double weight = 1;    ///< how much it says: rare in its table and not generic
  Role role = Role::kNone;
  uint64_t id = 0;  ///< of word and meaning: equal units have equal ones
};

/// One way to understand a name: "st" as state or as street.
struct NameReading {
  std::vector<NameUnit> units;
  double prior = 1;  ///< of a less likely reading below 1
};

struct ColumnName {
  std::string text;      ///< as written
  std::string squeezed;  ///< letters and digits
  std::vector<std::string> words;
  std::vector<NameReading> readings;  ///< at least one, best first
  std::string digits;                 ///< the numbers in it
  Role role = Role::kNone;            ///< of its last word that has one
  bool meaningless = false;
  std::string initials;
  SubwordVector vector{};
};

/// Understands all names of a table together, so that words which all share count less.
std::vector<ColumnName> ReadNames(const MatchTable& table, const Lexicon& lexicon);

/// What names (and comments) say about a pair of columns.
struct NameSimilarity {
  double meaning = 0;    ///< best pair of readings, both ways
  double covered = 0;    ///< of the side that is covered better
  double uncovered = 0;  ///< of the side that is covered worse
  double exact = 0;      ///< the same letters
  double trigram = 0, edit = 0, jaro = 0;
  double abbreviation = 0;  ///< one name whole abbreviates the other
  double initials = 0;
  double subword = 0;
  double same_role = 0, other_role = 0;
  double opposite = 0;  ///< start against end
  double same_digits = 0, other_digits = 0;
  double strong = 0;  ///< share of words that are the same concept
};

/// Compares names of two tables; remembers words that it has compared.
class NameComparer {
 public:
  explicit NameComparer(const Lexicon& lexicon) : lexicon_(lexicon) {}
  NameSimilarity Compare(const ColumnName& source, const ColumnName& target);
  /// How alike names of tables are: the part of Compare that millions of pairs can pay for.
  double Likeness(const ColumnName& source, const ColumnName& target);
  /// The pairs of words that make two names similar, in words.
  std::string Explain(const ColumnName& source, const ColumnName& target);

 private:
  struct Alignment {
    double forward = 0, backward = 0;  ///< weighted share of each side that found a partner
    double strong = 0;
    bool opposite = false;
    /// The harmonic mean: words without a partner cost more than words with a distant one.
    double both(double prior) const {
      return forward + backward <= 0 ? 0 : prior * 2 * forward * backward / (forward + backward);
    }
  };
  double UnitSimilarity(const NameUnit& a, const NameUnit& b);
  double StringSimilarity(const std::string& a, const std::string& b);
  Alignment Align(const NameReading& a, const NameReading& b);
  Alignment BestAlignment(const ColumnName& a, const ColumnName& b, const NameReading** left,
                          const NameReading** right);

  struct PairHash {
    size_t operator()(const std::pair<uint64_t, uint64_t>& pair) const {
      return pair.first ^ (pair.second * 0x9E3779B97F4A7C15U);
    }
  };

  const Lexicon& lexicon_;
  std::unordered_map<std::pair<uint64_t, uint64_t>, double, PairHash> known_;  ///< by ids of units
};

}  // namespace migrateiq::match
