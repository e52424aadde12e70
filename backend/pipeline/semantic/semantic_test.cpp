#include "pipeline/semantic/semantic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

namespace migrateiq {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

using Texts = std::vector<std::string>;

SemanticGuess Guess(std::string_view name, const Texts& values, ColumnSample sample = {}) {
  const std::vector<std::string_view> views(values.begin(), values.end());
  sample.name = name;
  sample.values = views;
  return Detect(sample);
}

/// `count` texts, made from their number.
template <typename Make>
Texts Many(int count, Make make) {
  Texts values;
  for (int i = 0; i < count; ++i) values.push_back(make(i));
  return values;
}

/// Numbers without any order, always the same ones.
uint64_t Mixed(int i) {
  const uint64_t x = (static_cast<uint64_t>(i) + 1) * 0x9E3779B97F4A7C15U;
  return (x ^ (x >> 29U)) * 0xBF58476D1CE4E5B9U >> 4U;
}

Texts Emails(int count) {
  return Many(count, [](int i) { return fmt::format("person{}@example.com", i); });
}

TEST(Detect, SaysWhatDecided) {
  const Texts cards = {"4111111111111111", "5555555555554444", "378282246310005",  "6011111111111117",
                       "3530111333300000", "5105105105105100", "4012888888881881", "371449635398431",
                       "30569309025904",   "6011000990139424"};
  const SemanticGuess guess = Guess("field_3", cards);
  EXPECT_EQ(guess.kind, "credit_card");
  EXPECT_EQ(guess.sensitivity, Sensitivity::kFinancial);
  EXPECT_TRUE(guess.is_pii);
  EXPECT_THAT(guess.evidence, Contains(HasSubstr("10 of 10 values pass the Luhn check")));
  EXPECT_EQ(guess.mask, "digits");
}

TEST(Detect, NumbersThatAreOnlyNumbersMeanNothing) {
  EXPECT_FALSE(Guess("order_id", Many(200, [](int i) { return std::to_string(100000 + i); })));
  EXPECT_FALSE(Guess("c1", Many(200, [](int i) { return std::to_string(100000000 + Mixed(i) % 900000000); })));
  EXPECT_FALSE(Guess("c1", Many(200, [](int i) { return std::to_string(10000000000 + Mixed(i) % 90000000000); })));
  EXPECT_FALSE(
      Guess("c1", Many(200, [](int i) { return std::to_string(4000000000000000 + Mixed(i) % 1000000000000000); })));
  EXPECT_FALSE(Guess("quantity", Many(200, [](int i) { return std::to_string(Mixed(i) % 90); })));
  EXPECT_FALSE(
      Guess("price", Many(200, [](int i) { return fmt::format("{}.{:02}", Mixed(i) % 500, Mixed(i) % 100); })));
  EXPECT_FALSE(Guess("c1", Many(200, [](int i) { return std::to_string(1600000000 + Mixed(i) % 90000000); })));
}

TEST(Detect, ACheckDigitMetByChanceRefutesTheName) {
  const SemanticGuess guess =
      Guess("bsn", Many(200, [](int i) { return std::to_string(100000000 + Mixed(i) % 900000000); }));
  EXPECT_NE(guess.kind, "nl_bsn");
  ASSERT_FALSE(guess.candidates.empty());
  EXPECT_EQ(guess.candidates[0].kind, "nl_bsn");
  EXPECT_THAT(guess.candidates[0].evidence, Contains(HasSubstr("only")));
}

TEST(Detect, AQuarterOfTheValuesMayBeNoise) {
  Texts values = Emails(75);
  for (int i = 0; i < 25; ++i) values.push_back(fmt::format("noise {}", i));
  EXPECT_EQ(Guess("c7", values).kind, "email");
}

TEST(Detect, PlaceholdersCountAsMissing) {
  Texts values = Emails(10);
  for (int i = 0; i < 60; ++i) values.push_back(i % 2 == 0 ? "N/A" : "");
  const SemanticGuess guess = Guess("c7", values);
  EXPECT_EQ(guess.kind, "email");
  EXPECT_THAT(guess.evidence, Contains(HasSubstr("10 of 10 values")));
}

TEST(Detect, ValuesBeatAWrongName) {
  const SemanticGuess guess = Guess("phone", Emails(50));
  EXPECT_EQ(guess.kind, "email");
  EXPECT_THAT(guess.evidence, Contains(HasSubstr("although the name says 'phone'")));
}

TEST(Detect, ANameAloneIsLessSure) {
  const SemanticGuess named = Guess("date_of_birth", {});
  EXPECT_EQ(named.kind, "birth_date");
  EXPECT_LT(named.confidence, 0.8);
  EXPECT_THAT(named.evidence, Contains("no value was seen"));
  EXPECT_FALSE(Guess("x", {}));
  EXPECT_FALSE(Guess("order_number", {}));
}

TEST(Detect, TheLanguageOfTheColumnsBesideDecidesBetweenEqualCheckDigits) {
  const Texts numbers = {"732829320", "404833048", "552100554", "542051180", "383474814", "775670417", "632012100"};
  const std::vector<std::string_view> french = {"prénom", "raison sociale", "code postal", "ville"};
  const SemanticGuess guess = Guess("col9", numbers, {.neighbours = french});
  EXPECT_EQ(guess.kind, "fr_siren");
  EXPECT_THAT(guess.evidence, Contains(HasSubstr("language of the country")));
  EXPECT_FALSE(Guess("col9", numbers));
}

TEST(Detect, EqualCandidatesAreSaidToBeEqual) {
  const Texts numbers = {"732829320", "404833048", "552100554", "542051180", "383474814", "775670417", "632012100"};
  const SemanticGuess guess = Guess("national_id_number", numbers);
  EXPECT_TRUE(guess.is_pii || guess.kind == "fr_siren");
  EXPECT_LT(guess.confidence, 0.6);
  EXPECT_THAT(guess.evidence, Contains(HasSubstr("it could as well be")));
}

TEST(Detect, TwoLettersThatAreAllThereIs) {
  Texts flags = Many(40, [](int i) { return std::string(i % 3 == 0 ? "Y" : "N"); });
  EXPECT_EQ(Guess("haz_flg", flags).kind, "boolean");
  flags[0] = "Q";
  flags[1] = "R";
  flags[2] = "S";
  EXPECT_FALSE(Guess("c4", flags));
  EXPECT_EQ(Guess("sx", Many(40, [](int i) { return std::string(i % 3 == 0 ? "M" : "F"); })).kind, "gender");
}

TEST(Detect, ABirthDateIsADateThatIsCalledSo) {
  const Texts dates = Many(50, [](int i) { return fmt::format("{}-{:02}-{:02}", 1950 + i, i % 12 + 1, i % 28 + 1); });
  EXPECT_EQ(Guess("geburtsdatum", dates).kind, "birth_date");
  EXPECT_EQ(Guess("order_date", dates).kind, "date");
  EXPECT_FALSE(Guess("order_date", dates).is_pii);
}

TEST(Detect, TheTableTellsWhatANameIsTheNameOf) {
  const Texts names = {"Anna Schmidt", "John Smith",  "Maria Rossi", "Peter Miller",
                       "Lena Weber",   "Paul Martin", "Emma Brown"};
  EXPECT_EQ(Guess("name", names, {.table = "customers"}).kind, "full_name");
  EXPECT_FALSE(Guess("name", {"Rock", "Jazz", "Metal", "Blues"}, {.table = "genre"}));
}

TEST(Detect, ACommentIsAName) {
  const Texts numbers = Many(30, [](int i) { return std::to_string(30000 + Mixed(i) % 60000); });
  EXPECT_FALSE(Guess("fld07", numbers));
  EXPECT_EQ(Guess("fld07", numbers, {.comment = "annual salary"}).kind, "salary");
}

TEST(Detect, FreeTextIsSearched) {
  Texts notes = Many(90, [](int i) { return fmt::format("The delivery number {} was late again this week", i); });
  for (int i = 0; i < 10; ++i) notes.push_back(fmt::format("Customer wants an answer to anna{}@example.com please", i));
  const SemanticGuess guess = Guess("notes", notes);
  EXPECT_EQ(guess.kind, "free_text_pii");
  EXPECT_THAT(guess.evidence, Contains(HasSubstr("an e-mail address (10)")));
  notes.resize(90);
  EXPECT_FALSE(Guess("notes", notes));
}

TEST(Detect, CandidatesAreTheBestThreeInOrder) {
  const SemanticGuess guess =
      Guess("social_security_number",
            Many(40, [](int i) { return fmt::format("{:03}-{:02}-{:04}", 100 + i, 10 + i, 1000 + i); }));
  EXPECT_EQ(guess.kind, "us_ssn");
  ASSERT_GE(guess.candidates.size(), 1U);
  EXPECT_LE(guess.candidates.size(), 3U);
  for (size_t i = 1; i < guess.candidates.size(); ++i)
    EXPECT_LE(guess.candidates[i].confidence, guess.candidates[i - 1].confidence);
  EXPECT_EQ(guess.candidates[0].kind, guess.kind);
}

TEST(Detect, ClassesOfSensitivityAreThoseOfTheLaw) {
  EXPECT_EQ(Guess("religion", {"Muslim", "Catholic", "Hindu", "Jewish"}).sensitivity, Sensitivity::kSpecialCategory);
  EXPECT_EQ(Guess("passwd", {"hunter22", "tha4theeC", "pass1234"}).sensitivity, Sensitivity::kCredential);
  EXPECT_EQ(Guess("vorname", {"Anna", "Jens", "Uwe"}).sensitivity, Sensitivity::kPersonal);
  EXPECT_EQ(ToString(Sensitivity::kSpecialCategory), "special_category");
}

TEST(Detect, AnyBytesAreFine) {
  EXPECT_FALSE(Guess("\xff\xfe", {"\xc3", "\xe2\x82", "\xf0\x9f", std::string(3, '\0')}));
  EXPECT_FALSE(Guess("", {std::string(100000, 'x')}));
}

}  // namespace
}  // namespace migrateiq
