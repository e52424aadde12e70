#include "pipeline/match/signals.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

bool IsNumeric(TypeClass type) { return type == TypeClass::kInteger || type == TypeClass::kDecimal; }
bool IsMoment(TypeClass type) {
  return type == TypeClass::kDate || type == TypeClass::kTimestamp || type == TypeClass::kTime;
}

/// Text and small integers hold anything in old systems: these are no conflict.
bool Kin(TypeClass a, TypeClass b) {
  if ((IsNumeric(a) && IsNumeric(b)) || (IsMoment(a) && IsMoment(b))) return true;
  const auto either = [&](TypeClass one, TypeClass other) {
    return (a == one && b == other) || (a == other && b == one);
  };
  return either(TypeClass::kBool, TypeClass::kInteger) || either(TypeClass::kText, TypeClass::kUuid) ||
         either(TypeClass::kText, TypeClass::kJson);
}

void CompareFrames(const MatchColumn& a, const MatchColumn& b, FrameSimilarity& frame) {
  frame.both_keys = a.key && b.key ? 1 : 0;
  frame.one_key = a.key != b.key ? 1 : 0;
  frame.both_foreign = a.foreign && b.foreign ? 1 : 0;
  if (a.type == TypeClass::kUnknown || b.type == TypeClass::kUnknown) return;
  frame.type_same = a.type == b.type ? 1 : 0;
  frame.type_kin = a.type != b.type && Kin(a.type, b.type) ? 1 : 0;
  const bool text = a.type == TypeClass::kText || b.type == TypeClass::kText;
  frame.type_conflict = frame.type_same + frame.type_kin == 0 ? (text ? 0.5 : 1) : 0;
}

/// Has the name only words that any table may have ("id", "name"), and does the other say the table's word besides?
double TableWord(const ColumnName& bare, const std::vector<std::string>& table_words, const ColumnName& full,
                 const Lexicon& lexicon) {
  if (bare.words.size() != 1 || full.words.size() < 2 || bare.words.back() != full.words.back()) return 0;
  for (const std::string& word : table_words) {
    if (std::ranges::find(full.words, word) != full.words.end()) return 1;
    const auto* senses = lexicon.Find(word);
    for (const std::string& other : full.words) {
      const auto* others = lexicon.Find(other);
      if (senses != nullptr && others != nullptr && senses->front().heads == others->front().heads) return 1;
    }
  }
  return 0;
}

double CommentSimilarity(const ColumnName& name, const ColumnName& comment, const ColumnName& other_name,
                         const ColumnName& other_comment, NameComparer& comparer) {
  double best = 0;
  if (!comment.words.empty())
    best = comparer.Compare(comment, other_comment.words.empty() ? other_name : other_comment).covered;
  if (!other_comment.words.empty()) best = std::max(best, comparer.Compare(name, other_comment).covered);
  return best;
}

MatchTable Comments(const MatchTable& table) {
  MatchTable comments;
  for (const MatchColumn& column : table.columns) comments.columns.emplace_back().name = column.comment.substr(0, 80);
  return comments;
}

double Above(double x, double from) { return std::max(0.0, x - from); }

}  // namespace

const char* NameOf(Regime regime) {
  switch (regime) {
    case Regime::kBoth: return "both";
    case Regime::kNamesOnly: return "names";
    case Regime::kValuesOnly: return "values";
  }
  return "";
}

TableSignals ReadTable(const MatchTable& table, const Lexicon& lexicon, const SubwordTable& subwords) {
  TableSignals signals{.names = ReadNames(table, lexicon),
                       .comments = ReadNames(Comments(table), lexicon),
                       .facts = {},
                       .table_words = SplitName(table.name)};
  for (ColumnName& name : signals.names) name.vector = subwords.Of(name.squeezed);
  for (const MatchColumn& column : table.columns) signals.facts.push_back(LookAt(column));
  return signals;
}

SignalGrid CompareTables(const MatchTable& source, const TableSignals& from, const MatchTable& target,
                         const TableSignals& to, const Lexicon& lexicon, const SignalOptions& options) {
  SignalGrid grid{.rows = source.columns.size(), .columns = target.columns.size(), .pairs = {}};
  grid.pairs.resize(grid.rows * grid.columns);
  NameComparer comparer(lexicon);
  const FeatureRarity tokens = RarityOf(from.facts, to.facts, &ColumnFacts::tokens),
                      grams = RarityOf(from.facts, to.facts, &ColumnFacts::grams);
  for (size_t i = 0; i < grid.rows; ++i)
    for (size_t j = 0; j < grid.columns; ++j) {
      PairSignals& pair = grid.pairs[i * grid.columns + j];
      const bool names = options.use_names && !from.names[i].meaningless && !to.names[j].meaningless;
      const bool values = options.use_values && !from.facts[i].empty() && !to.facts[j].empty();
      pair.regime = !values ? Regime::kNamesOnly : names ? Regime::kBoth : Regime::kValuesOnly;
      if (names) pair.name = comparer.Compare(from.names[i], to.names[j]);
      if (values) pair.value = CompareValues(from.facts[i], to.facts[j], tokens, grams);
      CompareFrames(source.columns[i], target.columns[j], pair.frame);
      if (!names) continue;
      pair.frame.table_word = std::max(TableWord(from.names[i], from.table_words, to.names[j], lexicon),
                                       TableWord(to.names[j], to.table_words, from.names[i], lexicon));
      pair.frame.comment = CommentSimilarity(from.names[i], from.comments[i], to.names[j], to.comments[j], comparer);
    }
  return grid;
}

const std::vector<Term>& NameTerms() {
  static const std::vector<Term> names = {{"meaning", 1},
                                          {"meaning above 0.5", 1},
                                          {"meaning above 0.8", 1},
                                          {"covered", 1},
                                          {"uncovered", 1},
                                          {"exact", 1},
                                          {"trigrams", 0},
                                          {"edits", 1},
                                          {"jaro", 1},
                                          {"abbreviation", 1},
                                          {"initials", 1},
                                          {"subwords", 1},
                                          {"subwords above 0.5", 0},
                                          {"same role", 1},
                                          {"other role", -1},
                                          {"opposite", -1},
                                          {"same digits", 1},
                                          {"other digits", -1},
                                          {"strong", 1},
                                          {"type same", 1},
                                          {"type kin", 0},
                                          {"type conflict", -1},
                                          {"both keys", 1},
                                          {"one key", -1},
                                          {"both foreign", 1},
                                          {"comment", 1},
                                          {"table word", 1}};
  return names;
}

Features NameFeatures(const PairSignals& pair) {
  const NameSimilarity& n = pair.name;
  const FrameSimilarity& f = pair.frame;
  return {n.meaning,
          Above(n.meaning, 0.5),
          Above(n.meaning, 0.8),
          n.covered,
          n.uncovered,
          n.exact,
          n.trigram,
          n.edit,
          n.jaro,
          n.abbreviation,
          n.initials,
          n.subword,
          Above(n.subword, 0.5),
          n.same_role,
          n.other_role,
          n.opposite,
          n.same_digits,
          n.other_digits,
          n.strong,
          f.type_same,
          f.type_kin,
          f.type_conflict,
          f.both_keys,
          f.one_key,
          f.both_foreign,
          f.comment,
          f.table_word};
}

const std::vector<Term>& ValueTerms() {
  static const std::vector<Term> names = {
      {"jaccard", 1},         {"contained", 1},     {"shared", 1},          {"shared above 0.3", 1},
      {"tokens", 1},          {"grams", 1},         {"grams above 0.5", 1}, {"nearest", 1},
      {"kinds", 1},           {"patterns", 1},      {"lengths", 1},         {"letters", 1},
      {"both numeric", 0},    {"numeric shape", 1}, {"numeric range", 1},   {"numeric overlap", 1},
      {"both dates", 0},      {"date range", 1},    {"distinct", 1},        {"nulls", 1},
      {"frequencies", 1},     {"other sort", -1},   {"other key", -1},      {"type conflict", -1},
      {"grams and kinds", 1}, {"text likeness", 1}};
  return names;
}

Features ValueFeatures(const PairSignals& pair) {
  const ValueSimilarity& v = pair.value;
  const FrameSimilarity& f = pair.frame;
  const double text = v.both_numeric + v.both_moments > 0 ? 0 : v.grams * v.patterns;
  return {v.jaccard,
          v.contained,
          v.shared,
          Above(v.shared, 0.3),
          v.tokens,
          v.grams,
          Above(v.grams, 0.5),
          v.fuzzy,
          v.kinds,
          v.patterns,
          v.lengths,
          v.letters,
          v.both_numeric,
          v.numeric_shape,
          v.numeric_range,
          v.numeric_overlap,
          v.both_moments,
          v.moment_range,
          v.distinct,
          v.nulls,
          v.frequencies,
          v.kind_conflict,
          v.key_conflict,
          f.type_conflict,
          v.grams * v.kinds,
          text};
}

Features CorrectionTerms(const PairSignals& pair) {
  if (pair.regime == Regime::kNamesOnly) return NameFeatures(pair);
  if (pair.regime == Regime::kValuesOnly) return ValueFeatures(pair);
  Features terms = NameFeatures(pair);
  for (const double term : ValueFeatures(pair)) terms.push_back(term);
  return terms;
}

size_t CorrectionWidth(Regime regime) {
  const size_t names = regime == Regime::kValuesOnly ? 0 : NameTerms().size();
  return names + (regime == Regime::kNamesOnly ? 0 : ValueTerms().size());
}

}  // namespace migrateiq::match
