#include "modules/ml/retrain.hpp"

#include <gtest/gtest.h>

#include <map>

#include "modules/ml/drift.hpp"
#include "modules/ml/suggestion_signals.hpp"

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

/// Tables of a house in which the comments tell what a column is, and columns of old names are left empty on purpose:
/// whoever goes by names alone is wrong.
struct House {
  match::MatchTable source, target;
  std::map<std::string, std::string> truth;
};

House MakeHouse(size_t number) {
  static const std::vector<std::string> things{"city",       "street",  "phone",    "email",   "salary",
                                               "birth date", "country", "weight",   "height",  "colour",
                                               "invoice",    "height",  "discount", "currency"};
  House house{.source = {.name = "t"}, .target = {.name = "t"}, .truth = {}};
  for (size_t k = 0; k < 4; ++k) {
    const std::string& thing = things[(number * 5 + k * 3) % things.size()];
    const std::string old = "fld" + std::to_string(number * 4 + k);
    house.source.columns.push_back({.name = old, .comment = thing});
    house.target.columns.push_back({.name = thing});
    if (k % 2 == 0) house.target.columns.push_back({.name = old});
    house.truth[old] = thing;
  }
  return house;
}

match::MatchResult Match(const House& house, const match::Model& model) {
  return match::MatchTables(house.source, house.target, {.model = &model, .keep_weighed = kAlternatives});
}

/// What people of the house decide about what the shipped model proposes; `honest`: by its truth, else by a coin.
std::vector<Judged> Feedback(size_t houses, bool honest) {
  const match::Model& shipped = match::Model::Shipped();
  std::vector<Judged> decisions;
  uint64_t coin = 7;
  for (size_t number = 0; number < houses; ++number) {
    const House house = MakeHouse(number);
    const match::MatchResult result = Match(house, shipped);
    for (const match::Match& found : result.matches) {
      coin = coin * 6364136223846793005U + 1442695040888963407U;
      const std::string& target = house.target.columns[found.target].name;
      const std::string& truth = house.truth.at(house.source.columns[found.source].name);
      const bool right = honest ? target == truth : (coin >> 40) % 2 == 0;
      const Lesson lesson{.experience = {.regime = match::NameOf(found.regime),
                                         .confidence = found.confidence,
                                         .right = right,
                                         .draw = decisions.size()},
                          .decision = right    ? Decision::accepted
                                      : honest ? Decision::changed
                                               : Decision::rejected,
                          .target_column = target,
                          .decided_target = right    ? target
                                            : honest ? truth
                                                     : "",
                          .signals = PackedSignals(found, result.ranked[found.source], house.target)};
      decisions.push_back(JudgedOf(lesson.experience, shipped));
      EXPECT_TRUE(AddSignals(lesson, shipped, decisions.back()));
    }
  }
  return decisions;
}

size_t RightOf(const House& house, const match::Model& model) {
  size_t right = 0;
  for (const match::Match& found : Match(house, model).matches)
    right += house.target.columns[found.target].name == house.truth.at(house.source.columns[found.source].name) ? 1 : 0;
  return right;
}

TEST(Retrain, TheConventionsOfAHouseAreLearned) {
  const match::Model& shipped = match::Model::Shipped();
  const auto decisions = Feedback(60, true);
  const match::Model made = Retrained(shipped, decisions);
  EXPECT_TRUE(HasOwnWeights(made));
  const ModelMetrics metrics = MetricsOf(shipped, made, shipped, decisions);
  EXPECT_TRUE(IsBetter(metrics)) << metrics.after.log_loss << " after " << metrics.before.log_loss;
  EXPECT_EQ(metrics.own_weights, true);
  EXPECT_GT(*metrics.after.first_right, *metrics.before.first_right);
  size_t before = 0, after = 0;
  for (size_t number = 100; number < 110; ++number) {
    before += RightOf(MakeHouse(number), shipped);
    after += RightOf(MakeHouse(number), made);
  }
  EXPECT_LT(before, 30U);
  EXPECT_GE(after, 36U) << "of 40 columns of tables that nobody decided about";
  const auto read = match::ReadModel(match::WriteModel(made));
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_EQ(RightOf(MakeHouse(100), *read), RightOf(MakeHouse(100), made));
}

TEST(Retrain, DecisionsByACoinAreRefused) {
  const match::Model& shipped = match::Model::Shipped();
  const auto decisions = Feedback(60, false);
  const match::Model made = Retrained(shipped, decisions);
  EXPECT_FALSE(IsBetter(MetricsOf(shipped, made, shipped, decisions)));
}

TEST(Retrain, FewDecisionsTeachNoWeights) {
  EXPECT_FALSE(HasOwnWeights(Retrained(match::Model::Shipped(), Feedback(10, true))));
}

TEST(Retrain, SignalsOfAnotherShippedModelAreLeftOut) {
  const Lesson lesson{.signals = "damaged"};
  Judged judged;
  EXPECT_FALSE(AddSignals(lesson, match::Model::Shipped(), judged));
  match::Model other;
  other.lineage = "another";
  const House house = MakeHouse(1);
  const match::MatchResult result = Match(house, match::Model::Shipped());
  const match::Match& found = result.matches.at(0);
  const Lesson kept{.target_column = house.target.columns[found.target].name,
                    .signals = PackedSignals(found, result.ranked[found.source], house.target)};
  EXPECT_TRUE(AddSignals(kept, other, judged));
  EXPECT_TRUE(judged.terms.empty());
  EXPECT_TRUE(AddSignals(kept, match::Model::Shipped(), judged));
  EXPECT_FALSE(judged.terms.empty());
}

TEST(ModelDrift, TheIndexIsNearNothingForTheSameAndLargeForAnother) {
  const std::vector<int64_t> learned{0, 0, 5, 10, 20, 30, 60, 90, 150, 200};
  std::vector<int64_t> reversed(learned.rbegin(), learned.rend());
  EXPECT_LT(StabilityIndex(learned, learned), 1e-9);
  EXPECT_GT(StabilityIndex(learned, reversed), 1);
}

}  // namespace
}  // namespace migrateiq::ml
