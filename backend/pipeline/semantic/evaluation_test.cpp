#include <cstdlib>
#include <iostream>

#include <gtest/gtest.h>

#include "pipeline/semantic/generate/evaluate.hpp"

namespace migrateiq::generate {
namespace {

bool IsSlow() {
  const char* slow = std::getenv("MIQ_SLOW");
  return slow != nullptr && std::string_view(slow) == "1";
}

/// Another seed makes columns that nobody has looked at: MIQ_SEED is added to the tests' own.
uint64_t Seed(uint64_t own) {
  const char* more = std::getenv("MIQ_SEED");
  return own + (more == nullptr ? 0 : std::strtoull(more, nullptr, 10));
}

/// The detector knows half of the names and places, and seven of eight names of columns.
Evaluation EvaluateHeldOut(const GenerateOptions& options) {
  static const migrateiq::detail::Vocabulary kHalf(migrateiq::detail::Knowledge::kHalf);
  static const migrateiq::detail::NameTable kNames(migrateiq::detail::Knowledge::kHalf);
  return Evaluate(Generate(options), kHalf, kNames);
}

void Print(const Evaluation& evaluation) {
  const char* most = std::getenv("MIQ_MISTAKES");
  if (IsSlow() || most != nullptr)
    std::cout << Table(evaluation, most == nullptr ? 0 : std::strtoul(most, nullptr, 10));
}

TEST(SemanticEvaluation, LabelledColumnsInAllLocalesAreToldApart) {
  const Evaluation evaluation =
      EvaluateHeldOut({.seed = Seed(20), .columns_per_kind = IsSlow() ? 28 : 2, .values = IsSlow() ? 200 : 40});
  Print(evaluation);
  EXPECT_GE(evaluation.locales.size(), 12U);
  EXPECT_GE(evaluation.all.Precision(), 0.95);
  EXPECT_GE(evaluation.all.Recall(), 0.90);
  EXPECT_GE(evaluation.pii.Precision(), 0.95);
  EXPECT_GE(evaluation.pii.Recall(), 0.90);
}

TEST(SemanticEvaluation, MoreNoiseThanPromisedCostsLittle) {
  const Evaluation evaluation = EvaluateHeldOut({.seed = Seed(22),
                                                 .columns_per_kind = IsSlow() ? 28 : 1,
                                                 .values = IsSlow() ? 100 : 30,
                                                 .most_noise = 0.3,
                                                 .mixed_share = 0.5});
  Print(evaluation);
  EXPECT_GE(evaluation.all.Precision(), 0.95);
  EXPECT_GE(evaluation.all.Recall(), 0.85);
}

TEST(SemanticEvaluation, ColumnsOfWordsNeverSeenAreStillTold) {
  const Evaluation evaluation = EvaluateHeldOut(
      {.seed = Seed(21), .columns_per_kind = IsSlow() ? 28 : 1, .values = IsSlow() ? 60 : 40, .words = Words::kUnseen});
  Print(evaluation);
  EXPECT_GE(evaluation.all.Precision(), 0.95);
  EXPECT_GE(evaluation.all.Recall(), 0.90);
  EXPECT_GE(evaluation.open.Recall(), 0.60);  // by the columns' names only: no value can be recognised
}

TEST(SemanticEvaluation, TheSameSeedMakesTheSameColumns) {
  const auto first = Generate({.seed = 5, .columns_per_kind = 1, .values = 5}),
             second = Generate({.seed = 5, .columns_per_kind = 1, .values = 5});
  ASSERT_EQ(first.size(), second.size());
  for (size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].name, second[i].name);
    EXPECT_EQ(first[i].values, second[i].values);
  }
}

}  // namespace
}  // namespace migrateiq::generate
