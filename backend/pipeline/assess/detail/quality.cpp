#include <array>
#include <cmath>

#include "pipeline/assess/detail/chapters.hpp"
#include "pipeline/assess/detail/words.hpp"

namespace migrateiq::assess {

namespace {

/// How much a dimension weighs in the overall score; those that were not examined are left out of the mean.
constexpr std::array<double, kDimensions> kWeights = {0.20, 0.20, 0.25, 0.15, 0.05, 0.15};

constexpr std::array<const char*, kDimensions> kFormulas = {
    "values that are neither NULL nor empty nor blank / all values",
    "rows whose value no other row has, in columns that look like a key, and rows that are no copy of another one / "
    "all "
    "rows looked at there",
    "values that are readable, of the type the column's values really have, and without encoding trouble / all values",
    "values written as most of their column are (pattern, date format, case, outer blanks) / all values of such "
    "columns",
    "dates and moments from 1900 until the day of the analysis / all dates and moments",
    "references whose parent exists, declared or found / all references"};

const QualityFact& FactOf(const QualityFacts& facts, Dimension dimension) {
  switch (dimension) {
    case Dimension::completeness: return facts.completeness;
    case Dimension::uniqueness: return facts.uniqueness;
    case Dimension::validity: return facts.validity;
    case Dimension::consistency: return facts.consistency;
    case Dimension::timeliness: return facts.timeliness;
    case Dimension::integrity: break;
  }
  return facts.integrity;
}

void Add(QualityScore& score, int64_t good, int64_t of) {
  score.good += good;
  score.of += of;
}

void Settle(QualityScore& score) {
  if (score.of > 0) score.score = static_cast<double>(score.good) / static_cast<double>(score.of);
}

std::vector<QualityScore> Empty() {
  std::vector<QualityScore> scores(kDimensions);
  for (int i = 0; i < kDimensions; ++i) scores[i].dimension = static_cast<Dimension>(i);
  return scores;
}

void AddColumn(const ColumnProfile& column, std::vector<QualityScore>& scores) {
  for (QualityScore& score : scores) {
    const QualityFact& fact = FactOf(column.quality, score.dimension);
    if (!fact.about.empty()) Add(score, fact.good, fact.of);
  }
}

/// A database's dimension: the mean over its tables, each weighing as many rows as it has.
struct Mean {
  double sum = 0, weight = 0;
  void Add(double value, int64_t rows) {
    sum += value * static_cast<double>(rows);
    weight += static_cast<double>(rows);
  }
};

std::vector<std::string> Formulas() {
  std::vector<std::string> formulas;
  std::string weights;
  for (int i = 0; i < kDimensions; ++i) {
    const char* name = Words(static_cast<Dimension>(i));
    formulas.push_back(std::string(name) + " = " + kFormulas[i]);
    weights += (i == 0 ? "" : " + ") + Decimal(kWeights[i]) + " x " + Lower(name);
  }
  formulas.emplace_back(
      "A table's dimension puts the values of all its columns together. The database's is the mean over its tables, "
      "each weighing as many rows as it has.");
  formulas.push_back("Overall = " + weights + ", divided by the weights of the dimensions that could be examined.");
  return formulas;
}

}  // namespace

std::vector<QualityScore> ScoreColumn(const ColumnProfile& column) {
  std::vector<QualityScore> scores = Empty();
  AddColumn(column, scores);
  for (QualityScore& score : scores) Settle(score);
  return scores;
}

std::vector<QualityScore> ScoreTable(const TableProfile& table) {
  std::vector<QualityScore> scores = Empty();
  for (const ColumnProfile& column : table.columns) AddColumn(column, scores);
  if (table.duplicate_rows) {
    Add(scores[static_cast<int>(Dimension::uniqueness)], table.duplicate_rows->checked - table.duplicate_rows->surplus,
        table.duplicate_rows->checked);
  }
  for (QualityScore& score : scores) Settle(score);
  return scores;
}

std::optional<double> OverallScore(const std::vector<QualityScore>& scores) {
  double sum = 0, weights = 0;
  for (const QualityScore& score : scores) {
    if (!score.score) continue;
    const double weight = kWeights[static_cast<int>(score.dimension)];
    sum += weight * *score.score;
    weights += weight;
  }
  if (weights == 0) return std::nullopt;
  return sum / weights;
}

QualitySummary ScoreQuality(const Context& context) {
  QualitySummary summary{.scores = Empty(), .formulas = Formulas()};
  if (context.profile == nullptr) return summary;
  std::array<Mean, kDimensions> means;
  for (const TableProfile& table : context.profile->tables) {
    for (const QualityScore& score : ScoreTable(table)) {
      const auto at = static_cast<size_t>(score.dimension);
      if (score.score) means[at].Add(*score.score, table.rows);
      Add(summary.scores[at], score.good, score.of);
    }
  }
  for (QualityScore& score : summary.scores) {
    const Mean& mean = means[static_cast<size_t>(score.dimension)];
    if (mean.weight > 0) score.score = mean.sum / mean.weight;
  }
  summary.overall = OverallScore(summary.scores);
  return summary;
}

}  // namespace migrateiq::assess
