#include <gtest/gtest.h>

#include "pipeline/match/embedded.hpp"
#include "pipeline/match/train/evaluate.hpp"
#include "pipeline/match/train/generator.hpp"
#include "pipeline/match/train/shipped.hpp"

namespace migrateiq::match {
namespace {

constexpr const char* kTables =
    "customer: identifier#seq | first name#first | last name#last | email#email | birth date#date | city#city | "
    "balance#money\n"
    "product: identifier#seq | product name#product | price#money | created date#stamp | active flag#flag | "
    "color#enum:red,blue\n";

TEST(Train, GeneratesTheSamePairsForASeed) {
  const Lexicon& lexicon = Lexicon::Shipped();
  const auto a = GeneratePairs(kTables, lexicon, {.seed = 3, .pairs = 6, .rows = 5}),
             b = GeneratePairs(kTables, lexicon, {.seed = 3, .pairs = 6, .rows = 5});
  ASSERT_EQ(a.size(), b.size());
  ASSERT_FALSE(a.empty());
  for (size_t k = 0; k < a.size(); ++k) {
    EXPECT_EQ(a[k].truth, b[k].truth);
    for (size_t c = 0; c < a[k].source.columns.size(); ++c)
      EXPECT_EQ(a[k].source.columns[c].values, b[k].source.columns[c].values);
    for (const auto& [source, target] : a[k].truth) {
      EXPECT_LT(source, a[k].source.columns.size());
      EXPECT_LT(target, a[k].target.columns.size());
    }
  }
}

TEST(Train, LearnsTheSameModelTwice) {
  const auto pairs = GeneratePairs(kTables, Lexicon::Shipped(), {.seed = 1, .pairs = 8, .rows = 10});
  const TrainOptions options{.subword_epochs = 0, .calibrate = false};
  EXPECT_EQ(WriteModel(Train(pairs, Lexicon::Shipped(), options)),
            WriteModel(Train(pairs, Lexicon::Shipped(), options)));
}

TEST(Train, ReadsPairsOfNames) {
  const auto pairs = ReadNamePairs("# remark\n== a, b\nKUNNR = customer_id\nMANDT -\n- rating\n", "names");
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].source.columns.size(), 2U);
  EXPECT_EQ(pairs[0].target.columns.size(), 2U);
  EXPECT_EQ(pairs[0].truth, (std::set<ColumnPair>{{0, 0}}));
}

TEST(Train, TheShippedModelIsOfThisTrainingSet) {
  const Result<std::string> lineage =
      LineageOf({.folder = MIQ_SOURCE_DIR "/backend/pipeline/match/train", .leave_out = {}});
  ASSERT_TRUE(lineage) << lineage.error().ToString();
  EXPECT_EQ(Model::Shipped().lineage, *lineage) << "./dev train";
}

/// All of it, and bit for bit: half a minute, or minutes under sanitizers.
TEST(Train, TheShippedModelIsMadeAnew) {
  if (std::getenv("MIQ_SLOW") == nullptr) GTEST_SKIP() << "takes minutes; MIQ_SLOW=1 runs it";
  const Result<Model> model = TrainShipped({.folder = MIQ_SOURCE_DIR "/backend/pipeline/match/train", .leave_out = {}});
  ASSERT_TRUE(model) << model.error().ToString();
  EXPECT_EQ(WriteModel(*model), embedded::Model());
}

TEST(Evaluate, CountsTiesAtTheirExpectation) {
  Grid scores(1, 2);
  scores.cells = {0.5, 0.5};
  const Judgement tied = Evaluate(scores, {}, {{0, 0}});
  EXPECT_DOUBLE_EQ(tied.recall, 0.5);
  EXPECT_DOUBLE_EQ(tied.reciprocal, 1 / 1.5);
  EXPECT_DOUBLE_EQ(tied.f1, 0);
}

TEST(Evaluate, JudgesScoresAndProposals) {
  Grid scores(2, 2);
  scores.cells = {0.9, 0.1, 0.8, 0.7};
  const Judgement judgement = Evaluate(scores, {{0, 0, 0.9, true}, {1, 1, 0.7, false}}, {{0, 0}, {1, 1}});
  EXPECT_DOUBLE_EQ(judgement.recall, 0.5);
  EXPECT_DOUBLE_EQ(judgement.reciprocal, 0.75);
  EXPECT_DOUBLE_EQ(judgement.f1, 1);
}

TEST(Evaluate, MeasuresCalibration) {
  EXPECT_NEAR(CalibrationError({{0.85, true}, {0.85, false}}), 0.35, 1e-9);
  EXPECT_EQ(CalibrationError({}), 0);
}

}  // namespace
}  // namespace migrateiq::match
