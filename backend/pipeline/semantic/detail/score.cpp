#include "pipeline/semantic/detail/score.hpp"

#include <algorithm>
#include <cmath>

namespace migrateiq::detail {
namespace {

constexpr double kRare = -4;             // a column has no particular meaning
constexpr double kNameFull = 6;          // its name is one of the kind's names
constexpr double kNameAgainst = 4;       // its name is one of another kind's names
constexpr double kRefuted = -3.5;        // a check digit is met no more often than by chance
constexpr double kEnoughEvidence = 8;    // nats of evidence against chance that count in full
constexpr double kLeastProse = 0.5;      // share of texts among the values of a column of texts
constexpr size_t kRefutableValues = 10;  // different values that a refutation needs
constexpr size_t kMostDistinct = 60;     // more values do not make one surer

/// What a kind's values can show, at most, and the rates between which that grows.
struct Caps {
  double strong, weak;
  double from, to;       ///< of the share of values that pass
  double least_fitting;  ///< share of values that must have the shape
};

Caps CapsOf(Trust trust) {
  switch (trust) {
    case Trust::kProof: return {8.5, 0.5, 0.3, 0.7, 0.55};
    case Trust::kCheck: return {7, 0.3, 0.35, 0.7, 0.6};
    case Trust::kShared: return {3.7, 0.3, 0.35, 0.7, 0.6};
    case Trust::kFormat: return {5, 0.8, 0.3, 0.7, 0.6};
    case Trust::kHint: return {2, 0.8, 0.3, 0.7, 0.7};
    case Trust::kWords: return {5.2, 0.5, 0.05, 0.35, 0.6};
    case Trust::kName: return {0.5, 0.5, 0.1, 0.5, 0.7};
  }
  return {};
}

/// Nats by which a rate of hits beats chance, for one value (Kullback-Leibler).
double Divergence(double rate, double chance) {
  if (rate <= chance) return 0;
  const double miss = rate >= 1 ? 0 : (1 - rate) * std::log((1 - rate) / (1 - chance));
  return rate * std::log(rate / chance) + miss;
}

bool HasCheckDigit(Trust trust) { return trust == Trust::kProof || trust == Trust::kCheck || trust == Trust::kShared; }

/// Texts with personal data in some of them: the share may be small.
Score ScoreFreeText(const Tally& tally) {
  const bool enough = tally.strong >= 2 && tally.StrongRate() >= 0.02 && tally.FitRate() >= kLeastProse;
  return {.total = enough ? kRare + 5 + 2 * std::min(1.0, tally.StrongRate() * 5) : kRare - 4,
          .excluded = !enough,
          .shown = enough};
}

}  // namespace

double LeastFitting(const KindRule& rule) {
  return rule.kind.id == "free_text_pii" ? kLeastProse : CapsOf(rule.trust).least_fitting;
}

Score ScoreValues(const KindRule& rule, const Tally& tally) {
  if (rule.kind.id == "free_text_pii") return ScoreFreeText(tally);
  if (tally.values == 0) return {.total = kRare + 0.3};
  const Caps caps = CapsOf(rule.trust);
  if (tally.FitRate() < caps.least_fitting) return {.excluded = true};
  const double rate = tally.StrongRate();
  const double different = static_cast<double>(std::min(tally.distinct, kMostDistinct));
  const double sure = std::min(1.0, different * Divergence(rate, rule.chance) / kEnoughEvidence);
  const double share = std::clamp((rate - caps.from) / (caps.to - caps.from), 0.0, 1.0) * sure;
  Score score{.total = kRare, .shown = share > 0.25};
  score.total += share * (caps.strong - 0.2 * std::log10(rule.chance) + 1.5 * (rate - 1)) + (1 - share) * caps.weak;
  score.proven = HasCheckDigit(rule.trust) && rule.trust != Trust::kShared && share > 0.8;
  score.refuted = share == 0 && HasCheckDigit(rule.trust) && tally.distinct >= kRefutableValues;
  if (score.refuted) score.total += kRefuted;
  return score;
}

double ScoreName(double match, double best_other) {
  return kNameFull * match - kNameAgainst * std::max(0.0, best_other - match - 0.1);
}

double Confidence(double total) { return 1 / (1 + std::exp(-total)); }

}  // namespace migrateiq::detail
