#include "modules/ml/retrain.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "modules/ml/suggestion_signals.hpp"
#include "pipeline/match/acceptance.hpp"

namespace migrateiq::ml {

namespace {

constexpr double kSureEnough = 0.95, kLeastGain = 1e-4, kCalibrationSlack = 0.02;
/// So many of a regime must have needed no look before its threshold is moved.
constexpr size_t kFewestSure = 20;
constexpr size_t kBins = 10;

double ConfidenceOf(const match::Model& model, const Judged& one) {
  const match::RegimeModel& part = model.of(one.regime);
  return part.calibration(one.score + part.Correction(one.terms));
}

size_t BinOf(double confidence) {
  return std::min(kBins - 1, static_cast<size_t>(std::max(confidence, 0.0) * static_cast<double>(kBins)));
}

/// The lowest confidence from which on at least 95 of 100 were right; what it was when there are too few.
double AcceptFrom(std::vector<std::pair<double, bool>> judged, double otherwise) {
  std::ranges::sort(judged, std::greater{});
  double from = otherwise;
  size_t right = 0;
  for (size_t index = 0; index < judged.size(); ++index) {
    right += judged[index].second ? 1 : 0;
    const bool last_of_its_kind = index + 1 == judged.size() || judged[index + 1].first < judged[index].first;
    const double share = static_cast<double>(right) / static_cast<double>(index + 1);
    if (last_of_its_kind && index + 1 >= kFewestSure && share >= kSureEnough) from = judged[index].first;
  }
  return from;
}

double CalibrationErrorOf(const std::vector<std::pair<double, bool>>& judged) {
  struct Bin {
    double confidence = 0, right = 0, count = 0;
  };
  std::array<Bin, kBins> bins{};
  for (const auto& [confidence, right] : judged) {
    Bin& bin = bins[BinOf(confidence)];
    bin.confidence += confidence;
    bin.right += right ? 1 : 0;
    ++bin.count;
  }
  double error = 0;
  for (const Bin& bin : bins) error += std::abs(bin.confidence - bin.right);
  return judged.empty() ? 0 : error / static_cast<double>(judged.size());
}

using Decisions = std::vector<const Judged*>;
constexpr std::array kAllRegimes{match::Regime::kBoth, match::Regime::kNamesOnly, match::Regime::kValuesOnly};
constexpr double kPenalty = 4;       ///< a correction of half a log-odd is as likely as any
constexpr double kRivalVoice = 0.5;  ///< of pairs that nobody looked at for themselves
constexpr size_t kFolds = 5;
constexpr double kLeastGainOfWeights = 1e-3;

/// Moves the calibration, and the threshold with it.
void Calibrate(const match::Model& shipped, const Decisions& seen, match::Regime regime, match::Model& model) {
  std::vector<match::Experienced> experience;
  match::RegimeModel& part = model.regimes[static_cast<size_t>(regime)];
  for (const Judged* one : seen)
    if (one->regime == regime) experience.push_back({ConfidenceOf(model, *one), one->right, regime});
  if (experience.empty()) return;
  const match::Calibration moved = match::Recalibrated(experience), was = shipped.of(regime).calibration;
  part.calibration = {.slope = moved.slope * was.slope, .shift = moved.slope * was.shift + moved.shift};
  std::vector<std::pair<double, bool>> judged;
  for (const match::Experienced& one : experience) judged.emplace_back(moved(match::Logit(one.confidence)), one.right);
  part.accept = AcceptFrom(std::move(judged), part.accept);
}

/// What decisions and the rivals of their pairs say beyond the scores, as the calibrated model has these.
std::vector<match::Example> Examples(const match::Calibration& calibration, const Decisions& seen, match::Regime regime,
                                     size_t& decisions) {
  std::vector<match::Example> examples;
  const auto add = [&](const match::Features& terms, double score, bool right, double weight) {
    examples.push_back(
        {.features = terms, .label = right ? 1.0 : 0.0, .weight = weight, .given = match::Logit(calibration(score))});
  };
  for (const Judged* one : seen) {
    if (one->regime != regime || one->terms.size() != match::CorrectionWidth(regime)) continue;
    ++decisions;
    add(one->terms, one->score, one->right, 1);
    for (const Rival& rival : one->rivals) add(rival.terms, rival.score, rival.right, rival.right ? 1 : kRivalVoice);
  }
  return examples;
}

/// On the mean it changes nothing: only what tells pairs apart is learned here.
void Centre(const std::vector<match::Example>& examples, match::Linear& correction) {
  double sum = 0, count = 0;
  correction.offset = 0;
  for (const match::Example& one : examples)
    if (one.weight == 1) sum += correction.Score(one.features), ++count;
  correction.offset = count == 0 ? 0 : -sum / count;
}

void Correct(const Decisions& seen, match::Regime regime, match::Model& model) {
  match::RegimeModel& part = model.regimes[static_cast<size_t>(regime)];
  size_t decisions = 0;
  const std::vector<match::Example> examples = Examples(part.calibration, seen, regime, decisions);
  if (decisions < kFewestForWeights) return;
  match::Linear found =
      match::FitLogistic(examples, {.penalty = kPenalty, .steps = 30, .standardise = false, .signs = {}});
  for (double& weight : found.weights) weight /= std::max(part.calibration.slope, 0.1);
  Centre(examples, found);
  part.correction = std::move(found);
}

match::Model Learned(const match::Model& shipped, const Decisions& seen, bool weights) {
  match::Model model = shipped;
  for (const match::Regime regime : kAllRegimes) {
    Calibrate(shipped, seen, regime, model);
    if (!weights) continue;
    Correct(seen, regime, model);
    if (model.of(regime).correction.weights.empty()) continue;
    model.regimes[static_cast<size_t>(regime)].calibration = shipped.of(regime).calibration;
    model.regimes[static_cast<size_t>(regime)].accept = shipped.of(regime).accept;
    Calibrate(shipped, seen, regime, model);
  }
  return model;
}

double LossOf(const match::Model& model, const Judged& one) {
  const double confidence = std::clamp(ConfidenceOf(model, one), 1e-6, 1 - 1e-6);
  return -std::log(one.right ? confidence : 1 - confidence);
}

/// Whether the right pair, where it is known, is the first.
std::optional<bool> IsFirst(const match::Model& model, const Judged& one) {
  const match::RegimeModel& part = model.of(one.regime);
  const double own = one.score + part.Correction(one.terms);
  double best_right = one.right ? own : -1e9, best_wrong = one.right ? -1e9 : own;
  for (const Rival& rival : one.rivals) {
    double& best = rival.right ? best_right : best_wrong;
    best = std::max(best, rival.score + part.Correction(rival.terms));
  }
  if (best_right <= -1e9 || best_wrong <= -1e9) return std::nullopt;
  return best_right > best_wrong;
}

/// How well decisions of folds are foretold that were left out.
struct Foretold {
  double loss = 0, first = 0;  ///< mean loss, and how many right columns came first

  bool IsBetterThan(const Foretold& other) const {
    const bool no_worse = loss <= other.loss + kLeastGainOfWeights && first >= other.first;
    return no_worse && (loss < other.loss - kLeastGainOfWeights || first > other.first);
  }
};

Foretold ByFolds(const match::Model& shipped, const Decisions& seen, bool weights) {
  Foretold foretold;
  for (size_t fold = 0; fold < kFolds; ++fold) {
    Decisions others;
    for (size_t i = 0; i < seen.size(); ++i)
      if (i % kFolds != fold) others.push_back(seen[i]);
    const match::Model model = Learned(shipped, others, weights);
    for (size_t i = fold; i < seen.size(); i += kFolds) {
      foretold.loss += LossOf(model, *seen[i]) / static_cast<double>(seen.size());
      foretold.first += IsFirst(model, *seen[i]).value_or(false) ? 1 : 0;
    }
  }
  return foretold;
}

/// How often a right one is surer than a wrong one; nothing where most are equally sure.
std::optional<double> SeparationOf(const std::vector<std::pair<double, bool>>& judged) {
  double above = 0, pairs = 0, tied = 0;
  for (const auto& [sure, right] : judged)
    for (const auto& [other, also] : judged) {
      if (!right || also) continue;
      ++pairs;
      tied += sure == other ? 1 : 0;
      above += sure > other ? 1 : sure == other ? 0.5 : 0;
    }
  if (pairs == 0 || tied * 2 > pairs) return std::nullopt;
  return above / pairs;
}

/// How far from a half the separation of such decisions may be by chance.
double ChanceOf(const ModelMetrics& metrics) {
  const auto right = static_cast<double>(metrics.held_out_right.value_or(0)),
             wrong = static_cast<double>(metrics.held_out) - right;
  return right * wrong == 0 ? 1 : 2 * std::sqrt((right + wrong + 1) / (12 * right * wrong));
}

}  // namespace

match::Regime RegimeOf(const std::string& name) {
  const auto found =
      std::ranges::find_if(kAllRegimes, [&](match::Regime regime) { return name == match::NameOf(regime); });
  return found == kAllRegimes.end() ? match::Regime::kBoth : *found;
}

Judged JudgedOf(const Experience& experience, const match::Model& by) {
  const match::Regime regime = RegimeOf(experience.regime);
  const match::Calibration& calibration = by.of(regime).calibration;
  const double slope = std::abs(calibration.slope) > 1e-9 ? calibration.slope : 1;
  return {.regime = regime,
          .score = (match::Logit(experience.confidence) - calibration.shift) / slope,
          .right = experience.right,
          .held_out = experience.draw % 10 < 3};
}

Status AddSignals(const Lesson& lesson, const match::Model& shipped, Judged& judged) {
  if (lesson.signals.empty()) return {};
  MIQ_ASSIGN(const SuggestionSignals signals, UnpackSignals(lesson.signals));
  if (signals.shipped != shipped.lineage) return {};
  const match::Regime regime = RegimeOf(signals.regime);
  const bool chosen = lesson.decision != Decision::rejected;
  for (const WeighedPair& pair : signals.pairs) {
    if (pair.terms.size() != match::CorrectionWidth(regime)) continue;
    if (pair.target_column == lesson.target_column) {
      judged.regime = regime;
      judged.score = pair.score;
      judged.terms = pair.terms;
    } else if (chosen) {
      judged.rivals.push_back({pair.score, pair.terms, pair.target_column == lesson.decided_target});
    }
  }
  return {};
}

match::Model Retrained(const match::Model& shipped, const std::vector<Judged>& decisions) {
  Decisions seen;
  for (const Judged& one : decisions)
    if (!one.held_out) seen.push_back(&one);
  match::Model weighed = Learned(shipped, seen, true);
  if (HasOwnWeights(weighed) && ByFolds(shipped, seen, true).IsBetterThan(ByFolds(shipped, seen, false)))
    return weighed;
  return Learned(shipped, seen, false);
}

bool HasOwnWeights(const match::Model& model) {
  return std::ranges::any_of(model.regimes,
                             [](const match::RegimeModel& part) { return !part.correction.weights.empty(); });
}

ModelFigures FiguresOf(const match::Model& model, const std::vector<Judged>& decisions) {
  ModelFigures figures;
  std::vector<std::pair<double, bool>> judged;
  double sure = 0, sure_right = 0, first = 0, ranked = 0;
  for (const Judged& one : decisions) {
    if (!one.held_out) continue;
    const double confidence = std::clamp(ConfidenceOf(model, one), 1e-6, 1 - 1e-6);
    const double truth = one.right ? 1 : 0;
    judged.emplace_back(confidence, one.right);
    figures.log_loss += LossOf(model, one);
    if (const auto is_first = IsFirst(model, one)) ++ranked, first += *is_first ? 1 : 0;
    figures.brier += (confidence - truth) * (confidence - truth);
    if (confidence < model.of(one.regime).accept) continue;
    ++sure;
    sure_right += truth;
  }
  const auto count = static_cast<double>(std::max<size_t>(judged.size(), 1));
  figures.log_loss /= count;
  figures.brier /= count;
  figures.calibration_error = CalibrationErrorOf(judged);
  figures.sure_share = sure / count;
  figures.separation = SeparationOf(judged);
  if (ranked > 0) figures.first_right = first / ranked;
  if (sure > 0) figures.sure_right = sure_right / sure;
  return figures;
}

ModelMetrics MetricsOf(const match::Model& before, const match::Model& after, const match::Model& shipped,
                       const std::vector<Judged>& decisions) {
  ModelMetrics metrics{.before = FiguresOf(before, decisions), .after = FiguresOf(after, decisions)};
  metrics.confidences.assign(kBins, 0);
  metrics.held_out_right = 0;
  metrics.own_weights = HasOwnWeights(after);
  int64_t right = 0;
  for (const Judged& one : decisions) {
    if (one.held_out) {
      ++metrics.held_out;
      metrics.held_out_right = *metrics.held_out_right + (one.right ? 1 : 0);
      continue;
    }
    ++metrics.learned_from;
    right += one.right ? 1 : 0;
    ++metrics.confidences[BinOf(ConfidenceOf(shipped, one))];
  }
  if (metrics.learned_from > 0)
    metrics.accepted = static_cast<double>(right) / static_cast<double>(metrics.learned_from);
  return metrics;
}

bool IsBetter(const ModelMetrics& metrics) {
  const ModelFigures &was = metrics.before, &is = metrics.after;
  if (metrics.held_out == 0 || is.log_loss >= was.log_loss - kLeastGain) return false;
  if (is.calibration_error > was.calibration_error + kCalibrationSlack) return false;
  if (is.first_right && was.first_right && *is.first_right < *was.first_right) return false;
  return !is.separation || *is.separation - 0.5 > ChanceOf(metrics);
}

}  // namespace migrateiq::ml
