#include "modules/ml/retrain.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "pipeline/match/matcher.hpp"

namespace migrateiq::ml {

namespace {

constexpr double kSureEnough = 0.95, kLeastGain = 1e-4;
/// So many of a regime must have needed no look before its threshold is moved.
constexpr size_t kFewestSure = 20;
constexpr size_t kBins = 10;

match::Regime RegimeOf(const std::string& name) {
  for (const match::Regime regime : {match::Regime::kBoth, match::Regime::kNamesOnly, match::Regime::kValuesOnly})
    if (name == match::NameOf(regime)) return regime;
  return match::Regime::kBoth;
}

double ConfidenceOf(const match::Model& model, const Judged& one) {
  return model.of(one.regime).calibration(one.score);
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

}  // namespace

Judged JudgedOf(const Experience& experience, const match::Model& by) {
  const match::Regime regime = RegimeOf(experience.regime);
  const match::Calibration& calibration = by.of(regime).calibration;
  const double slope = std::abs(calibration.slope) > 1e-9 ? calibration.slope : 1;
  return {.regime = regime,
          .score = (match::Logit(experience.confidence) - calibration.shift) / slope,
          .right = experience.right,
          .held_out = experience.draw % 10 < 3};
}

match::Model Retrained(const match::Model& shipped, const std::vector<Judged>& decisions) {
  match::Model model = shipped;
  for (const match::Regime regime : {match::Regime::kBoth, match::Regime::kNamesOnly, match::Regime::kValuesOnly}) {
    std::vector<std::pair<double, bool>> seen;
    for (const Judged& one : decisions)
      if (!one.held_out && one.regime == regime) seen.emplace_back(ConfidenceOf(shipped, one), one.right);
    if (seen.empty()) continue;
    const match::Calibration moved = match::Recalibrated(seen), was = shipped.of(regime).calibration;
    match::RegimeModel& part = model.regimes[static_cast<size_t>(regime)];
    part.calibration = {.slope = moved.slope * was.slope, .shift = moved.slope * was.shift + moved.shift};
    for (auto& [confidence, right] : seen) confidence = moved(match::Logit(confidence));
    part.accept = AcceptFrom(std::move(seen), part.accept);
  }
  return model;
}

ModelFigures FiguresOf(const match::Model& model, const std::vector<Judged>& decisions) {
  ModelFigures figures;
  std::vector<std::pair<double, bool>> judged;
  double sure = 0, sure_right = 0;
  for (const Judged& one : decisions) {
    if (!one.held_out) continue;
    const double confidence = std::clamp(ConfidenceOf(model, one), 1e-6, 1 - 1e-6);
    const double truth = one.right ? 1 : 0;
    judged.emplace_back(confidence, one.right);
    figures.log_loss -= std::log(one.right ? confidence : 1 - confidence);
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
  if (sure > 0) figures.sure_right = sure_right / sure;
  return figures;
}

ModelMetrics MetricsOf(const match::Model& before, const match::Model& after, const match::Model& shipped,
                       const std::vector<Judged>& decisions) {
  ModelMetrics metrics{.before = FiguresOf(before, decisions), .after = FiguresOf(after, decisions)};
  metrics.confidences.assign(kBins, 0);
  int64_t right = 0;
  for (const Judged& one : decisions) {
    if (one.held_out) {
      ++metrics.held_out;
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
  return metrics.held_out > 0 && metrics.after.log_loss < metrics.before.log_loss - kLeastGain;
}

}  // namespace migrateiq::ml
