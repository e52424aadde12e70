#include "pipeline/match/matcher.hpp"

#include <algorithm>

#include "pipeline/match/evidence.hpp"
#include "pipeline/match/transformations.hpp"
#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

constexpr double kCertain = 8;  ///< log-odds of what a person has decided

size_t IndexOf(const MatchTable& table, const std::string& column) {
  return static_cast<size_t>(std::ranges::find(table.columns, column, &MatchColumn::name) - table.columns.begin());
}

struct DecidedPair {
  size_t source = 0, target = 0;
  bool right = false;
};

std::vector<DecidedPair> Decided(const MatchTable& source, const MatchTable& target,
                                 const std::vector<Answer>& answers) {
  std::vector<DecidedPair> decided;
  for (const Answer& answer : answers) {
    const DecidedPair pair{IndexOf(source, answer.source), IndexOf(target, answer.target), answer.right};
    if (pair.source < source.columns.size() && pair.target < target.columns.size()) decided.push_back(pair);
  }
  return decided;
}

/// What people of this project have answered, here and elsewhere.
std::vector<Experienced> ExperienceOf(const SignalGrid& signals, const Scores& scores,
                                      const std::vector<DecidedPair>& decided, const MatchOptions& options) {
  std::vector<Experienced> experience = options.experience;
  for (const DecidedPair& pair : decided)
    experience.push_back({.confidence = scores.confidence.at(pair.source, pair.target),
                          .right = pair.right,
                          .regime = signals.at(pair.source, pair.target).regime});
  return experience;
}

bool WasConfirmed(const std::vector<DecidedPair>& decided, size_t source, size_t target) {
  return std::ranges::any_of(
      decided, [&](const DecidedPair& one) { return one.right && one.source == source && one.target == target; });
}

void Decide(const SignalGrid& signals, const Model& model, const Calibration& learned,
            const std::vector<DecidedPair>& decided, Scores& scores) {
  Grid gains = scores.last;
  for (size_t k = 0; k < gains.cells.size(); ++k) {
    scores.confidence.cells[k] = learned(Logit(scores.confidence.cells[k]));
    gains.cells[k] = scores.last.cells[k] - model.of(signals.pairs[k].regime).propose;
  }
  for (const DecidedPair& pair : decided) {
    scores.confidence.at(pair.source, pair.target) = Sigmoid(pair.right ? kCertain : -kCertain);
    gains.at(pair.source, pair.target) = pair.right ? 1000 : -1000;
  }
  scores.assigned = Assign(gains);
}

Weighed WeighedOf(const PairSignals& pair, const Model& model, double last) {
  Features terms = CorrectionTerms(pair);
  const double correction = model.of(pair.regime).Correction(terms);
  return {.score = last - correction, .terms = std::move(terms)};
}

/// Adds what was weighed to the first candidates and to what is proposed.
void KeepWeighed(const SignalGrid& signals, const Model& model, const Scores& scores, size_t most,
                 MatchResult& result) {
  if (most == 0) return;
  const auto of = [&](size_t i, size_t j) { return WeighedOf(signals.at(i, j), model, scores.last.at(i, j)); };
  for (size_t i = 0; i < result.ranked.size(); ++i)
    for (size_t k = 0; k < std::min(most, result.ranked[i].size()); ++k)
      result.ranked[i][k].weighed = of(i, result.ranked[i][k].target);
  for (Match& match : result.matches) match.weighed = of(match.source, match.target);
}

std::vector<std::vector<Candidate>> Ranked(const Scores& scores) {
  std::vector<std::vector<Candidate>> ranked(scores.confidence.rows);
  for (size_t i = 0; i < ranked.size(); ++i) {
    for (size_t j = 0; j < scores.confidence.columns; ++j)
      ranked[i].push_back({.target = j, .confidence = scores.confidence.at(i, j), .weighed = {}});
    std::ranges::sort(ranked[i], [](const Candidate& a, const Candidate& b) {
      return a.confidence != b.confidence ? a.confidence > b.confidence : a.target < b.target;
    });
  }
  return ranked;
}

}  // namespace

MatchResult MatchTables(const MatchTable& source, const MatchTable& target, const MatchOptions& options) {
  const Model& model = options.model != nullptr ? *options.model : Model::Shipped();
  const Lexicon& lexicon = Lexicon::Shipped();
  const TableSignals from = ReadTable(source, lexicon, model.subwords), to = ReadTable(target, lexicon, model.subwords);
  const SignalGrid signals = CompareTables(source, from, target, to, lexicon, {options.use_names, options.use_values});
  Scores scores = Score(signals, model);
  const std::vector<DecidedPair> decided = Decided(source, target, options.answers);
  const std::vector<Experienced> experience = ExperienceOf(signals, scores, decided, options);
  const Calibration learned = Recalibrated(experience);
  const Acceptance acceptance(model, learned, experience);
  Decide(signals, model, learned, decided, scores);

  MatchResult result;
  result.ranked = Ranked(scores);
  EvidenceWriter evidence(source, target, from, to, signals, scores, lexicon);
  for (size_t i = 0; i < signals.rows; ++i) {
    if (scores.assigned[i] < 0) continue;
    const auto j = static_cast<size_t>(scores.assigned[i]);
    const double confidence = scores.confidence.at(i, j);
    const Regime regime = signals.at(i, j).regime;
    result.matches.push_back({.source = i,
                              .target = j,
                              .confidence = confidence,
                              .regime = regime,
                              .accepted = acceptance.Accepts(regime, confidence) || WasConfirmed(decided, i, j),
                              .evidence = evidence.For(i, j),
                              .transformation = std::nullopt,
                              .weighed = {}});
  }
  KeepWeighed(signals, model, scores, options.keep_weighed, result);
  std::ranges::sort(result.matches, [](const Match& a, const Match& b) {
    return a.confidence != b.confidence ? a.confidence > b.confidence : a.source < b.source;
  });
  ProposeTransformations(source, target, from, to, result);
  return result;
}

}  // namespace migrateiq::match
