#include "modules/ml/retrain.hpp"

#include <gtest/gtest.h>

#include "modules/ml/drift.hpp"

namespace migrateiq::ml {
namespace {

/// Pairs of which the shipped model is `confidence` sure, and of which so many of a hundred are right.
std::vector<Judged> Decisions(double confidence, int right_of_hundred, int count, bool held_out) {
  Experience experience{.regime = match::NameOf(match::Regime::kBoth), .confidence = confidence};
  std::vector<Judged> decisions;
  for (int i = 0; i < count; ++i) {
    Judged one = JudgedOf(experience, match::Model::Shipped());
    one.right = i * 100 < right_of_hundred * count;
    one.held_out = held_out;
    decisions.push_back(one);
  }
  return decisions;
}

std::vector<Judged> operator+(std::vector<Judged> left, const std::vector<Judged>& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

double Of(const match::Model& model, double shipped_confidence) {
  const Judged one = JudgedOf({.regime = match::NameOf(match::Regime::kBoth), .confidence = shipped_confidence},
                              match::Model::Shipped());
  return model.of(match::Regime::kBoth).calibration(one.score);
}

TEST(Retrain, AConfidenceComesBackFromItsScore) {
  for (const double confidence : {0.1, 0.5, 0.97})
    EXPECT_NEAR(Of(match::Model::Shipped(), confidence), confidence, 1e-6);
}

TEST(Retrain, AnOverconfidentModelBecomesLessSureAndThatIsBetter) {
  const auto seen = Decisions(0.9, 50, 200, false) + Decisions(0.3, 10, 100, false);
  const auto unseen = Decisions(0.9, 50, 60, true) + Decisions(0.3, 10, 40, true);
  const match::Model& shipped = match::Model::Shipped();
  const match::Model made = Retrained(shipped, seen + unseen);
  EXPECT_NEAR(Of(made, 0.9), 0.5, 0.06);
  const ModelMetrics metrics = MetricsOf(shipped, made, shipped, seen + unseen);
  EXPECT_TRUE(IsBetter(metrics));
  EXPECT_LT(metrics.after.calibration_error, metrics.before.calibration_error);
  EXPECT_EQ(metrics.learned_from, 300);
  EXPECT_EQ(metrics.held_out, 100);
  EXPECT_EQ(metrics.confidences[9] + metrics.confidences[8], 200);
}

TEST(Retrain, WhatDoesNotHoldForUnseenDecisionsIsRefused) {
  const auto decisions = Decisions(0.9, 20, 200, false) + Decisions(0.9, 90, 100, true);
  const match::Model& shipped = match::Model::Shipped();
  EXPECT_FALSE(IsBetter(MetricsOf(shipped, Retrained(shipped, decisions), shipped, decisions)));
}

TEST(Retrain, WithoutHeldOutDecisionsNothingIsBetter) {
  const auto decisions = Decisions(0.9, 20, 200, false);
  const match::Model& shipped = match::Model::Shipped();
  EXPECT_FALSE(IsBetter(MetricsOf(shipped, Retrained(shipped, decisions), shipped, decisions)));
}

TEST(Retrain, HeldOutDecisionsTeachNothing) {
  const match::Model made = Retrained(match::Model::Shipped(), Decisions(0.9, 0, 200, true));
  EXPECT_NEAR(Of(made, 0.9), 0.9, 1e-6);
}

TEST(Retrain, TheThresholdOfWhatNeedsNoLookKeepsItsPromise) {
  const auto decisions = Decisions(0.97, 60, 200, false) + Decisions(0.999, 100, 200, false);
  const match::Model made = Retrained(match::Model::Shipped(), decisions);
  const double accept = made.of(match::Regime::kBoth).accept;
  EXPECT_GT(accept, Of(made, 0.97)) << "six of ten are not enough";
  EXPECT_LE(accept, Of(made, 0.999));
}

TEST(Retrain, AModelIsWrittenAndReadAgain) {
  const match::Model made = Retrained(match::Model::Shipped(), Decisions(0.9, 50, 200, false));
  const auto read = match::ReadModel(match::WriteModel(made));
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_NEAR(Of(*read, 0.9), Of(made, 0.9), 1e-4);
}

TEST(ModelDrift, TheIndexIsNearNothingForTheSameAndLargeForAnother) {
  const std::vector<int64_t> learned{0, 0, 5, 10, 20, 30, 60, 90, 150, 200};
  std::vector<int64_t> reversed(learned.rbegin(), learned.rend());
  EXPECT_LT(StabilityIndex(learned, learned), 1e-9);
  EXPECT_GT(StabilityIndex(learned, reversed), 1);
}

}  // namespace
}  // namespace migrateiq::ml
