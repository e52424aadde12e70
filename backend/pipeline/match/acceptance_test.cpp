#include "pipeline/match/acceptance.hpp"

#include <gtest/gtest.h>

namespace migrateiq::match {
namespace {

using Answers = std::vector<Experienced>;

Answers Given(Regime regime, size_t right, size_t wrong, double confidence = 0.97) {
  Answers answers(right, {.confidence = confidence, .right = true, .regime = regime});
  answers.resize(right + wrong, {.confidence = confidence, .right = false, .regime = regime});
  return answers;
}

/// A pair of which the model is 0.99 sure, with its confidences as they are.
bool Accepts(Regime regime, const Answers& answers) {
  return Acceptance(Model::Shipped(), {}, answers).Accepts(regime, 0.99);
}

TEST(Acceptance, NamesAndValuesTogetherNeedNoProof) {
  EXPECT_TRUE(Accepts(Regime::kBoth, {}));
  EXPECT_FALSE(Acceptance(Model::Shipped(), {}, {}).Accepts(Regime::kBoth, 0.9)) << "below the model's threshold";
}

TEST(Acceptance, AnswersTakeItBack) {
  EXPECT_TRUE(Accepts(Regime::kBoth, Given(Regime::kBoth, 19, 1)));
  EXPECT_FALSE(Accepts(Regime::kBoth, Given(Regime::kBoth, 18, 2)));
  EXPECT_TRUE(Accepts(Regime::kBoth, Given(Regime::kBoth, 0, 5, 0.5))) << "those would not have been accepted";
}

TEST(Acceptance, OneKindOfEvidenceAloneHasToBeProvenInTheProject) {
  for (const Regime regime : {Regime::kNamesOnly, Regime::kValuesOnly}) {
    EXPECT_FALSE(Accepts(regime, {}));
    EXPECT_FALSE(Accepts(regime, Given(regime, 20, 0)));
    EXPECT_TRUE(Accepts(regime, Given(regime, 44, 0)));
    EXPECT_FALSE(Accepts(regime, Given(regime, 44, 1)));
    EXPECT_TRUE(Accepts(regime, Given(regime, 75, 1)));
    EXPECT_FALSE(Accepts(regime, Given(Regime::kBoth, 100, 0))) << "of another kind";
  }
}

TEST(Acceptance, LearnedConfidencesAreWhatCounts) {
  const Answers answers = Given(Regime::kBoth, 17, 3);
  const Calibration doubtful{.slope = 1, .shift = -2};
  EXPECT_TRUE(Acceptance(Model::Shipped(), doubtful, answers).Accepts(Regime::kBoth, 0.99))
      << "the wrong ones would no longer be accepted";
}

TEST(Acceptance, KnowsTheTailOfTheBetaDistribution) {
  EXPECT_NEAR(ShareIsAtLeast(0.95, 0, 0), 0.05, 1e-12);
  EXPECT_NEAR(ShareIsAtLeast(0.5, 3, 3), 0.5, 1e-12);
  EXPECT_NEAR(ShareIsAtLeast(0.95, 5000, 0), 1, 1e-12);
  EXPECT_NEAR(ShareIsAtLeast(0.95, 0, 5000), 0, 1e-12);
}

}  // namespace
}  // namespace migrateiq::match
