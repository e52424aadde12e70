#include "pipeline/match/lexicon.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace migrateiq::match {
namespace {

using testing::ElementsAre;

std::vector<std::string> FirstSense(const Lexicon& lexicon, std::string_view word) {
  std::vector<std::string> heads;
  const std::vector<Sense>* senses = lexicon.Find(word);
  if (senses == nullptr) return heads;
  for (const Head head : senses->front().heads) heads.push_back(lexicon.text(head));
  return heads;
}

TEST(Lexicon, ReadsConceptsAndCodes) {
  const Lexicon lexicon = Lexicon::Parse({"# remark\nnumber @num nr no ~ code ! word\ncustomer @person kunde\n"},
                                         "kunnr = customer number\n");
  EXPECT_THAT(FirstSense(lexicon, "nr"), ElementsAre("number"));
  EXPECT_THAT(FirstSense(lexicon, "kunnr"), ElementsAre("customer", "number"));
  EXPECT_EQ(lexicon.role(lexicon.HeadOf("number")), Role::kNumber);
  EXPECT_EQ(lexicon.Relation(lexicon.HeadOf("code"), lexicon.HeadOf("number")), 0.8);
  EXPECT_TRUE(lexicon.Opposite(lexicon.HeadOf("word"), lexicon.HeadOf("number")));
  EXPECT_EQ(lexicon.Find("unheard"), nullptr);
}

TEST(Lexicon, UnderstandsLanguagesAndSystems) {
  const Lexicon& lexicon = Lexicon::Shipped();
  EXPECT_THAT(FirstSense(lexicon, "vorname"), ElementsAre("first", "name"));
  EXPECT_THAT(FirstSense(lexicon, "apellidos"), ElementsAre("last", "name"));
  EXPECT_THAT(FirstSense(lexicon, "matnr"), ElementsAre("material", "number"));
  EXPECT_THAT(FirstSense(lexicon, "shuliang"), ElementsAre("count"));
  EXPECT_THAT(FirstSense(lexicon, "customers"), ElementsAre("customer"));
  EXPECT_GT(lexicon.size(), 900U);
}

TEST(Lexicon, PartsJoinedWords) {
  const Lexicon& lexicon = Lexicon::Shipped();
  EXPECT_THAT(lexicon.Segment("kundennummer"), ElementsAre("kunden", "nummer"));
  EXPECT_THAT(lexicon.Segment("codigopostalcliente"), ElementsAre("codigopostal", "cliente"));
  EXPECT_THAT(lexicon.Segment("address"), ElementsAre("address"));
  EXPECT_THAT(lexicon.Segment("zzyzx"), ElementsAre("zzyzx"));
}

TEST(Lexicon, ForgetsAShare) {
  const Lexicon& whole = Lexicon::Shipped();
  const Lexicon thin = whole.Thinned(3, 0.5);
  size_t known = 0, all = 0;
  for (size_t k = 0; k < whole.size(); ++k) {
    const auto head = static_cast<Head>(k);
    EXPECT_NE(thin.Find(whole.forms(head).front()), nullptr) << "its own name is never forgotten";
    for (const std::string& form : whole.forms(head)) {
      ++all;
      known += thin.Find(form) != nullptr ? 1 : 0;
    }
  }
  EXPECT_LT(known, all * 9 / 10);
  EXPECT_GT(known, all * 3 / 10);
}

}  // namespace
}  // namespace migrateiq::match
