#pragma once

#include <array>
#include <vector>

#include "pipeline/match/model.hpp"

/// Which proposals need no look. What is taken without one shall be right in 95 of 100 cases, in every project.
namespace migrateiq::match {

/// What a person answered about a proposal.
struct Experienced {
  double confidence = 0;  ///< that the model had
  bool right = false;
  Regime regime = Regime::kBoth;
};

/// Names and values together have shown for families that the model had not seen that its threshold holds; answers of
/// the project can take that back. One kind of evidence alone (names of an empty table, values without names) says too
/// little about a system that nobody knows: its proposals need a look until the project's own answers have proven them.
class Acceptance {
 public:
  /// `learned`: what `experience` made of the model's confidences.
  Acceptance(const Model& model, const Calibration& learned, const std::vector<Experienced>& experience);

  /// `confidence` is what is shown: after `learned`.
  bool Accepts(Regime regime, double confidence) const;
  /// Without answers.
  static bool IsProven(Regime regime) { return regime == Regime::kBoth; }

 private:
  std::array<double, kRegimes> from_{};  ///< above 1: none
};

/// What has to be done to log-odds of confidences after such experience: shift and slope are moved from 0 and 1 as far
/// as the answers ask for, little by little (a few answers move them a little).
Calibration Recalibrated(const std::vector<Experienced>& experience);

/// How likely a share is at least `least` after so many answers, all shares being equally likely before.
double ShareIsAtLeast(double least, size_t right, size_t wrong);

}  // namespace migrateiq::match
