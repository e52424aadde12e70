#include "pipeline/match/model.hpp"

#include <gtest/gtest.h>

namespace migrateiq::match {
namespace {

TEST(Model, TheShippedOneIsWhole) {
  const Model& model = Model::Shipped();
  EXPECT_EQ(model.name.weights.size(), NameTerms().size());
  EXPECT_EQ(model.value.weights.size(), ValueTerms().size());
  EXPECT_FALSE(model.subwords.empty());
  for (const RegimeModel& regime : model.regimes) {
    EXPECT_GT(regime.calibration.slope, 0);
    EXPECT_GE(regime.accept, 0.8);
  }
}

TEST(Model, IsReadBackAsItWasWritten) {
  const std::string text = WriteModel(Model::Shipped());
  const Result<Model> again = ReadModel(text);
  ASSERT_TRUE(again) << again.error().ToString();
  EXPECT_EQ(WriteModel(*again), text);
  EXPECT_LT(text.size(), 10U << 20);
}

TEST(Model, AWrongFileNamesTheLine) {
  std::string text = WriteModel(Model::Shipped());
  EXPECT_FALSE(ReadModel(""));
  EXPECT_FALSE(ReadModel(text.substr(0, text.size() / 2)));
  text.replace(text.find("\nvalue ") + 7, 1, "x");
  const Result<Model> wrong = ReadModel(text);
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message.find("line 4"), std::string::npos) << wrong.error().message;
}

TEST(Model, OfAnotherVersionIsRefused) {
  std::string text = WriteModel(Model::Shipped());
  text.insert(text.find("\nvalue "), " 1.5");
  const Result<Model> wrong = ReadModel(text);
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message.find("another version"), std::string::npos);
}

}  // namespace
}  // namespace migrateiq::match
