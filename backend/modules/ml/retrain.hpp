#pragma once

#include <vector>

#include "modules/ml/models.hpp"

namespace migrateiq::ml {

/// Fewer decisions than this teach nothing, and fewer of one kind of evidence no weights.
inline constexpr size_t kFewestDecisions = 40, kFewestForWeights = 60;

/// A pair that stood beside the one that was proposed.
struct Rival {
  double score = 0;
  match::Features terms;
  bool right = false;
};

/// A decision as the shipped model would have it: the log-odds before its calibration.
struct Judged {
  match::Regime regime = match::Regime::kBoth;
  double score = 0;
  bool right = false;
  bool held_out = false;      ///< three in ten, by the pair's own draw
  match::Features terms;      ///< empty: only the score is known
  std::vector<Rival> rivals;  ///< of which is known whether they are right
};

match::Regime RegimeOf(const std::string& name);

/// `by`: the model that said the confidence.
Judged JudgedOf(const Experience& experience, const match::Model& by);
/// Adds what was weighed, when this shipped model weighed it. Errors: kInternal for signals that are damaged.
Status AddSignals(const Lesson& lesson, const match::Model& shipped, Judged& judged);

/// The shipped model after the decisions that were not held out: calibration moved, and proposals need no look from
/// where at least 95 of 100 were right. Where enough decisions tell what was weighed, and folds of them are foretold
/// better so, corrections of the weights too, which a penalty holds near 0: near the shipped weights.
match::Model Retrained(const match::Model& shipped, const std::vector<Judged>& decisions);
bool HasOwnWeights(const match::Model& model);

/// On the decisions that were held out.
ModelFigures FiguresOf(const match::Model& model, const std::vector<Judged>& decisions);
ModelMetrics MetricsOf(const match::Model& before, const match::Model& after, const match::Model& shipped,
                       const std::vector<Judged>& decisions);
/// Less loss than before, by more than a hair; confidences that fit no worse; the right column as often the first; and
/// right ones surer than wrong ones beyond chance: decisions that nothing can tell apart are refused.
bool IsBetter(const ModelMetrics& metrics);

}  // namespace migrateiq::ml
