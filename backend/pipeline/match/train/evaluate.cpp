#include "pipeline/match/train/evaluate.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

double RecallAtTruth(const Grid& scores, const std::set<ColumnPair>& truth) {
  std::vector<double> all = scores.cells;
  std::ranges::sort(all, std::greater<>());
  const size_t k = std::min(truth.size(), all.size());
  if (k == 0) return 1;
  const double edge = all[k - 1];
  const auto above = static_cast<double>(std::ranges::count_if(all, [&](double s) { return s > edge; }));
  const auto tied = static_cast<double>(std::ranges::count(all, edge));
  double found = 0;
  for (const auto& [i, j] : truth) {
    if (scores.at(i, j) > edge)
      found += 1;
    else if (scores.at(i, j) == edge)
      found += (static_cast<double>(k) - above) / tied;
  }
  return found / static_cast<double>(truth.size());
}

double ReciprocalRank(const Grid& scores, const std::set<ColumnPair>& truth) {
  std::map<size_t, double> best;
  for (const auto& [i, j] : truth) {
    double above = 0, tied = 0;
    for (size_t other = 0; other < scores.columns; ++other) {
      above += scores.at(i, other) > scores.at(i, j) ? 1 : 0;
      tied += scores.at(i, other) == scores.at(i, j) ? 1 : 0;
    }
    const double reciprocal = 1 / (above + (tied + 1) / 2);
    best[i] = std::max(best[i], reciprocal);
  }
  double sum = 0;
  for (const auto& [i, reciprocal] : best) sum += reciprocal;
  return best.empty() ? 1 : sum / static_cast<double>(best.size());
}

std::set<std::string> DistinctValues(const MatchColumn& column) {
  std::set<std::string> values;
  for (const auto& value : column.values)
    if (value && values.size() < 60) values.insert(Fold(*value).substr(0, 40));
  return values;
}

double FuzzyJaccard(const std::set<std::string>& a, const std::set<std::string>& b) {
  if (a.empty() || b.empty()) return 0;
  size_t common = 0;
  for (const std::string& value : a) {
    if (b.contains(value)) {
      ++common;
      continue;
    }
    common += std::ranges::any_of(b,
                                  [&](const std::string& other) {
                                    const size_t longest = std::max(value.size(), other.size()),
                                                 shortest = std::min(value.size(), other.size());
                                    return (longest - shortest) * 5 < longest && EditSimilarity(value, other) > 0.8;
                                  })
                  ? 1
                  : 0;
  }
  return static_cast<double>(common) / static_cast<double>(a.size() + b.size() - common);
}

template <class Cell>
Grid Fill(const LabelledPair& pair, const Cell& cell) {
  Grid grid(pair.source.columns.size(), pair.target.columns.size());
  for (size_t i = 0; i < grid.rows; ++i)
    for (size_t j = 0; j < grid.columns; ++j) grid.at(i, j) = cell(i, j);
  return grid;
}

double WordDice(const std::string& a, const std::string& b) {
  const std::vector<std::string> left = SplitName(a), right = SplitName(b);
  if (left.empty() || right.empty()) return 0;
  double sum = 0;
  for (const std::string& word : left) {
    double best = 0;
    for (const std::string& other : right) best = std::max(best, EditSimilarity(word, other));
    sum += best;
  }
  return 2 * sum / static_cast<double>(left.size() + right.size()) > 1
             ? 1
             : 2 * sum / static_cast<double>(left.size() + right.size());
}

}  // namespace

Judgement Evaluate(const Grid& scores, const std::vector<Proposal>& proposals, const std::set<ColumnPair>& truth) {
  double right = 0;
  for (const Proposal& proposal : proposals) right += truth.contains({proposal.source, proposal.target}) ? 1 : 0;
  const auto both = static_cast<double>(proposals.size() + truth.size());
  return {.recall = RecallAtTruth(scores, truth),
          .reciprocal = ReciprocalRank(scores, truth),
          .f1 = both == 0 ? 1 : 2 * right / both};
}

double CalibrationError(const std::vector<std::pair<double, bool>>& judged) {
  std::array<double, 10> sure{}, right{}, count{};
  for (const auto& [confidence, correct] : judged) {
    const auto bin = std::min<size_t>(9, static_cast<size_t>(confidence * 10));
    sure[bin] += confidence;
    right[bin] += correct ? 1 : 0;
    count[bin] += 1;
  }
  double error = 0;
  for (size_t bin = 0; bin < 10; ++bin) error += std::abs(sure[bin] - right[bin]);
  return judged.empty() ? 0 : error / static_cast<double>(judged.size());
}

Grid JaccardLevenshtein(const LabelledPair& pair) {
  std::vector<std::set<std::string>> source, target;
  for (const MatchColumn& column : pair.source.columns) source.push_back(DistinctValues(column));
  for (const MatchColumn& column : pair.target.columns) target.push_back(DistinctValues(column));
  return Fill(pair, [&](size_t i, size_t j) {
    const double names = EditSimilarity(Fold(pair.source.columns[i].name), Fold(pair.target.columns[j].name));
    if (source[i].empty() || target[j].empty()) return names;
    return (names + FuzzyJaccard(source[i], target[j])) / 2;
  });
}

Grid ComaLike(const LabelledPair& pair) {
  std::vector<ColumnFacts> source, target;
  for (const MatchColumn& column : pair.source.columns) source.push_back(LookAt(column));
  for (const MatchColumn& column : pair.target.columns) target.push_back(LookAt(column));
  return Fill(pair, [&](size_t i, size_t j) {
    const std::string& a = pair.source.columns[i].name;
    const std::string& b = pair.target.columns[j].name;
    const double names = (TrigramDice(Squeeze(a), Squeeze(b)) + EditSimilarity(Fold(a), Fold(b)) + WordDice(a, b)) / 3;
    if (source[i].empty() || target[j].empty()) return names;
    const ValueSimilarity value = CompareValues(source[i], target[j], {}, {});
    return 0.5 * names + 0.15 * value.kinds + 0.15 * value.shared + 0.1 * value.patterns + 0.1 * value.tokens;
  });
}

}  // namespace migrateiq::match
