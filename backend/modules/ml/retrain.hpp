#pragma once

#include <vector>

#include "modules/ml/models.hpp"

namespace migrateiq::ml {

/// Fewer decisions than this teach nothing.
inline constexpr size_t kFewestDecisions = 40;

/// A decision as the shipped model would have it: the log-odds before its calibration.
struct Judged {
  match::Regime regime = match::Regime::kBoth;
  double score = 0;
  bool right = false;
  bool held_out = false;  ///< three in ten, by the pair's own draw
};

/// `by`: the model that said the confidence.
Judged JudgedOf(const Experience& experience, const match::Model& by);

/// The shipped model, as sure of its scores as the decisions that were not held out ask for: calibration moved, and
/// proposals need no look from where at least 95 of 100 were right.
match::Model Retrained(const match::Model& shipped, const std::vector<Judged>& decisions);

/// On the decisions that were held out.
ModelFigures FiguresOf(const match::Model& model, const std::vector<Judged>& decisions);
ModelMetrics MetricsOf(const match::Model& before, const match::Model& after, const match::Model& shipped,
                       const std::vector<Judged>& decisions);
/// Less loss than before, by more than a hair.
bool IsBetter(const ModelMetrics& metrics);

}  // namespace migrateiq::ml
