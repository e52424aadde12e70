#pragma once

#include <vector>

#include "pipeline/match/column_facts.hpp"
#include "pipeline/match/logistic.hpp"
#include "pipeline/match/names.hpp"

/// Everything that is known about the pairs of columns of two tables, before a model weighs it.
namespace migrateiq::match {

/// Which kinds of evidence a pair has; each has a model of its own.
enum class Regime : uint8_t { kBoth, kNamesOnly, kValuesOnly };
inline constexpr size_t kRegimes = 3;
const char* NameOf(Regime regime);

/// What is neither name nor value.
struct FrameSimilarity {
  double type_same = 0, type_kin = 0, type_conflict = 0;  ///< of declared types; all 0 when one is unknown
  double both_keys = 0, one_key = 0, both_foreign = 0;
  double comment = 0;     ///< words of a comment in the other name or comment
  double table_word = 0;  ///< the table's name tells what the other column's name says ("customer.id", "customer_id")
};

struct PairSignals {
  Regime regime = Regime::kBoth;
  NameSimilarity name;
  ValueSimilarity value;
  FrameSimilarity frame;
};

/// The tables, read once.
struct TableSignals {
  std::vector<ColumnName> names;
  std::vector<ColumnName> comments;  ///< empty ones where there is no comment
  std::vector<ColumnFacts> facts;
  std::vector<std::string> table_words;
};
TableSignals ReadTable(const MatchTable& table, const Lexicon& lexicon, const SubwordTable& subwords);

/// All pairs, row by row.
struct SignalGrid {
  size_t rows = 0, columns = 0;
  std::vector<PairSignals> pairs;
  const PairSignals& at(size_t row, size_t column) const { return pairs[row * columns + column]; }
};

struct SignalOptions {
  bool use_names = true, use_values = true;
};

SignalGrid CompareTables(const MatchTable& source, const TableSignals& from, const MatchTable& target,
                         const TableSignals& to, const Lexicon& lexicon, const SignalOptions& options);

/// The terms of the name model and of the value model, in a fixed order.
Features NameFeatures(const PairSignals& pair);
Features ValueFeatures(const PairSignals& pair);
/// What a correction of the scores weighs: those of the names, of the values, or both, by the pair's regime.
Features CorrectionTerms(const PairSignals& pair);
size_t CorrectionWidth(Regime regime);
/// What a term is called, and whether more of it may only speak for a pair (1), only against it (-1), or either (0).
struct Term {
  const char* name;
  int sign;
};
const std::vector<Term>& NameTerms();
const std::vector<Term>& ValueTerms();

}  // namespace migrateiq::match
