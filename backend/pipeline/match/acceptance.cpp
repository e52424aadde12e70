#include "pipeline/match/acceptance.hpp"

#include <algorithm>
#include <cmath>

namespace migrateiq::match {

namespace {

constexpr double kWanted = 0.95;    ///< share of right ones among what is accepted
constexpr double kProof = 0.9;      ///< how likely that must be where only answers can tell
constexpr double kDoubt = 0.5;      ///< and how likely at least where other families have shown it
constexpr size_t kGivenRight = 18;  ///< for what other families have shown: as if so many had been answered before
constexpr double kNever = 2;

struct Answers {
  size_t right = 0, wrong = 0;
};

/// Of the proposals that would have been accepted.
Answers Among(Regime regime, double from, const Calibration& learned, const std::vector<Experienced>& experience) {
  Answers answers;
  for (const Experienced& one : experience)
    if (one.regime == regime && learned(Logit(one.confidence)) >= from) ++(one.right ? answers.right : answers.wrong);
  return answers;
}

bool IsEarned(Regime regime, const Answers& answers) {
  if (!Acceptance::IsProven(regime)) return ShareIsAtLeast(kWanted, answers.right, answers.wrong) >= kProof;
  return ShareIsAtLeast(kWanted, answers.right + kGivenRight, answers.wrong) >= kDoubt;
}

}  // namespace

// The posterior is a beta distribution, and its tail a sum of binomial terms.
double ShareIsAtLeast(double least, size_t right, size_t wrong) {
  const auto trials = static_cast<double>(right + wrong + 1);
  double below = 0;
  for (size_t k = 0; k <= wrong; ++k) {
    const auto hits = static_cast<double>(k);
    below += std::exp(std::lgamma(trials + 1) - std::lgamma(hits + 1) - std::lgamma(trials - hits + 1) +
                      hits * std::log(1 - least) + (trials - hits) * std::log(least));
  }
  return std::clamp(1 - below, 0.0, 1.0);
}

Acceptance::Acceptance(const Model& model, const Calibration& learned, const std::vector<Experienced>& experience) {
  for (size_t k = 0; k < kRegimes; ++k) {
    const auto regime = static_cast<Regime>(k);
    const double from = model.of(regime).accept;
    from_[k] = IsEarned(regime, Among(regime, from, learned, experience)) ? from : kNever;
  }
}

bool Acceptance::Accepts(Regime regime, double confidence) const {
  return confidence >= from_[static_cast<size_t>(regime)];
}

}  // namespace migrateiq::match
