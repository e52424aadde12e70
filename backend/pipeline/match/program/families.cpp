#include "pipeline/match/program/families.hpp"

#include <algorithm>

#include "pipeline/match/matcher.hpp"
#include "pipeline/match/train/dice.hpp"

namespace migrateiq::match {

namespace {

constexpr size_t kAnswers = 20;
constexpr int kShuffles = 20;

struct Shown {
  double confidence = 0;
  bool right = false;
  Regime regime = Regime::kBoth;
};

std::vector<Shown> ShownOf(const std::vector<const PairResult*>& family) {
  std::vector<Shown> shown;
  for (const PairResult* pair : family)
    for (const Proposal& proposal : pair->proposals)
      shown.push_back(
          {proposal.confidence, pair->truth->contains({proposal.source, proposal.target}), proposal.regime});
  return shown;
}

double ErrorOf(const std::vector<Shown>& shown) {
  std::vector<std::pair<double, bool>> judged;
  for (const Shown& one : shown) judged.emplace_back(one.confidence, one.right);
  return CalibrationError(judged);
}

/// 20 proposals are answered, the rest is judged with the confidence that follows; the mean over several choices.
/// `truths`: of the family.
void AfterAnswers(std::vector<Shown> shown, double truths, const Model& model, FamilyResult& result) {
  Dice dice(20);
  double right = 0, accepted = 0, all = 0;
  const double most = static_cast<double>(shown.size());
  for (int k = 0; k < kShuffles && shown.size() > kAnswers; ++k) {
    dice.Shuffle(shown);
    std::vector<Experienced> experience;
    for (size_t i = 0; i < kAnswers; ++i) experience.push_back({shown[i].confidence, shown[i].right, shown[i].regime});
    const Calibration learned = Recalibrated(experience);
    const Acceptance acceptance(model, learned, experience);
    std::vector<Shown> rest(shown.begin() + kAnswers, shown.end());
    for (Shown& one : rest) {
      one.confidence = learned(Logit(one.confidence));
      all += 1;
      if (!acceptance.Accepts(one.regime, one.confidence)) continue;
      accepted += 1;
      right += one.right ? 1 : 0;
    }
    result.error_after += ErrorOf(rest) / kShuffles;
  }
  result.accepted_right = accepted == 0 ? 1 : right / accepted;
  result.accepted_share = all == 0 ? 0 : accepted / all;
  // Of the true pairs as many are left to find as of the proposals.
  result.found_share = all == 0 ? 0 : right / all * most / std::max(truths, 1.0);
}

FamilyResult Summary(const std::vector<const PairResult*>& family) {
  FamilyResult result;
  const auto count = static_cast<double>(family.size());
  for (const PairResult* pair : family) {
    const Judgement judgement = Evaluate(pair->scores, pair->proposals, *pair->truth);
    result.recall += judgement.recall / count;
    result.reciprocal += judgement.reciprocal / count;
    result.f1 += judgement.f1 / count;
    result.seconds += pair->seconds;
  }
  result.pairs = family.size();
  const std::vector<Shown> shown = ShownOf(family);
  result.error = ErrorOf(shown);
  double truths = 0;
  for (const PairResult* pair : family) truths += static_cast<double>(pair->truth->size());
  if (family.front()->model != nullptr) AfterAnswers(shown, truths, *family.front()->model, result);
  return result;
}

std::map<std::string, std::vector<const PairResult*>> ByFamily(const std::vector<PairResult>& judged) {
  std::map<std::string, std::vector<const PairResult*>> families;
  for (const PairResult& pair : judged) families[pair.family].push_back(&pair);
  return families;
}

std::vector<Proposal> Above(const Grid& scores, double threshold) {
  Grid gains = scores;
  for (double& gain : gains.cells) gain -= threshold;
  const std::vector<int> assigned = Assign(gains);
  std::vector<Proposal> proposals;
  for (size_t i = 0; i < assigned.size(); ++i)
    if (assigned[i] >= 0)
      proposals.push_back({i, static_cast<size_t>(assigned[i]), scores.at(i, static_cast<size_t>(assigned[i])), false});
  return proposals;
}

constexpr int kSteps = 20;

}  // namespace

FamilyResults Summarise(const std::vector<PairResult>& judged) {
  FamilyResults results;
  for (const auto& [family, pairs] : ByFamily(judged)) results[family] = Summary(pairs);
  return results;
}

void ProposeOutOfFamily(std::vector<PairResult>& judged) {
  std::map<std::string, std::vector<double>> f1;  // of each family, by threshold
  for (const auto& [family, pairs] : ByFamily(judged))
    for (int step = 0; step < kSteps; ++step) {
      double sum = 0;
      for (const PairResult* pair : pairs)
        sum += Evaluate(pair->scores, Above(pair->scores, step / double{kSteps}), *pair->truth).f1;
      f1[family].push_back(sum / static_cast<double>(pairs.size()));
    }
  for (PairResult& pair : judged) {
    int best = 0;
    double best_sum = -1;
    for (int step = 0; step < kSteps; ++step) {
      double sum = 0;
      for (const auto& [family, values] : f1)
        if (family != pair.family) sum += values[static_cast<size_t>(step)];
      if (sum > best_sum) best = step, best_sum = sum;
    }
    pair.proposals = Above(pair.scores, best / double{kSteps});
  }
}

FamilyResult Macro(const FamilyResults& results) {
  FamilyResult macro;
  const auto count = static_cast<double>(results.size());
  const auto accepting = static_cast<double>(
      std::ranges::count_if(results, [](const auto& entry) { return entry.second.accepted_share > 0; }));
  for (const auto& [family, result] : results) {
    macro.recall += result.recall / count;
    macro.reciprocal += result.reciprocal / count;
    macro.f1 += result.f1 / count;
    macro.error += result.error / count;
    macro.error_after += result.error_after / count;
    if (result.accepted_share > 0) macro.accepted_right += result.accepted_right / accepting;
    macro.accepted_share += result.accepted_share / count;
    macro.found_share += result.found_share / count;
    macro.seconds += result.seconds;
    macro.pairs += result.pairs;
  }
  return macro;
}

}  // namespace migrateiq::match
