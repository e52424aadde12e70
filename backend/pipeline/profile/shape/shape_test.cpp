#include <gtest/gtest.h>

#include <cmath>

#include "pipeline/profile/shape/characters.hpp"
#include "pipeline/profile/shape/date_formats.hpp"
#include "pipeline/profile/shape/fitting_type.hpp"
#include "pipeline/profile/shape/frequent.hpp"
#include "pipeline/profile/shape/numbers.hpp"

namespace migrateiq {
namespace {

Column Texts(const std::vector<std::string>& texts) {
  Column column(LogicalType::String());
  for (const std::string& text : texts) column.AppendBytes(text);
  return column;
}

/// A text column with what the functions need of it.
struct TextColumn {
  explicit TextColumn(const std::vector<std::string>& values)
      : column(Texts(values)), dictionary(MakeDictionary(column)), texts(CountedTexts(column, dictionary)) {}
  Column column;
  Dictionary dictionary;
  std::vector<CountedText> texts;
};

FittingType FitOf(const std::vector<std::string>& values) {
  const TextColumn column(values);
  return *FittingTextType(column.texts, DateFormats(column.texts));
}

TEST(Dictionary, NumbersDifferentValuesInTheirOrder) {
  Column column = Texts({"b", "a", "b"});
  column.AppendNull();
  const Dictionary dictionary = MakeDictionary(column);
  EXPECT_EQ(dictionary.codes, (std::vector<int32_t>{0, 1, 0, Dictionary::kNull}));
  EXPECT_EQ(dictionary.counts, (std::vector<int64_t>{2, 1}));
  EXPECT_EQ(dictionary.values, 3);
}

TEST(Patterns, ShowTheShapeOfATextAndShortenRuns) {
  EXPECT_EQ(PatternOf("AB-1234"), "AA-9999");
  EXPECT_EQ(PatternOf("12345"), "9+");
  EXPECT_EQ(PatternOf("Müller 7"), "Aa+_9");
  EXPECT_EQ(PatternOf("x@y.de"), "a@a.aa");
  EXPECT_EQ(PatternOf(""), "");
  EXPECT_EQ(PatternOf("日本語テキスト"), "a+");
  EXPECT_EQ(PatternOf("\xFF\xFE"), "\xFF\xFE") << "bytes that are no text stand for themselves";
  EXPECT_LE(PatternOf(std::string(10'000, '-') + std::string(10'000, '=')).size(), 70U);
}

TEST(Patterns, AreCountedByRows) {
  const TextColumn column({"a1", "b2", "b2", "77"});
  const std::vector<PatternCount> patterns = Patterns(column.texts);
  ASSERT_EQ(patterns.size(), 2U);
  EXPECT_EQ(patterns[0].pattern, "a9");
  EXPECT_EQ(patterns[0].count, 3);
  EXPECT_EQ(patterns[0].share, 0.75);
}

TEST(TopValues, AreTheMostFrequentFirst) {
  const TextColumn column({"x", "y", "y", "z", "z", "z"});
  const std::vector<ValueCount> top = TopValues(column.column, column.dictionary, 2);
  ASSERT_EQ(top.size(), 2U);
  EXPECT_EQ(top[0].value, "z");
  EXPECT_EQ(top[1].count, 2);
}

TEST(Characters, SayWhatTextsAreMadeOf) {
  const TextColumn column({"ABC", "abc", "a 1", "42", " x", "é", ""});
  const CharacterProfile profile = Characters(column.texts);
  EXPECT_EQ(profile.all_upper, 1);
  EXPECT_EQ(profile.all_lower, 4);
  EXPECT_EQ(profile.all_digits, 1);
  EXPECT_EQ(profile.digits, 2);
  EXPECT_EQ(profile.blanks, 2);
  EXPECT_EQ(profile.beyond_ascii, 1);
  EXPECT_EQ(profile.outer_blanks, 1);
}

TEST(Encoding, TroubleIsFoundAndCleanTextIsLeftAlone) {
  for (const char* wrong : {"MÃ¼ller", "itâ€™s", "FranÃ§ois", "Ð¡Ð°Ð½", "Â£ 5"})
    EXPECT_TRUE(IsMojibake(wrong)) << wrong;
  for (const char* right :
       {"Müller", "François", "NÃO", "CAFÉ“", "Санкт", "naïve “quote”", "Ångström", "£ 5", "日本"}) {
    EXPECT_FALSE(IsMojibake(right)) << right;
    EXPECT_FALSE(EncodingTrouble({{right, 1}})) << right;
  }
  const auto trouble = EncodingTrouble(
      {{"MÃ¼ller", 3}, {"a\xEF\xBF\xBD", 1}, {"b\x01", 2}, {"p\xD0\xB0ypal", 1}, {"e\xCC\x81", 1}, {"\xC3", 1}});
  ASSERT_TRUE(trouble);
  EXPECT_EQ(trouble->mojibake, 3);
  EXPECT_EQ(trouble->replacement, 1);
  EXPECT_EQ(trouble->control, 2);
  EXPECT_EQ(trouble->mixed, 1);
  EXPECT_EQ(trouble->not_normalized, 1);
  EXPECT_EQ(trouble->invalid_utf8, 1);
  EXPECT_FALSE(EncodingTrouble({{"line\nbreak\tand tab", 1}}));
}

TEST(DateFormats, AreRecognised) {
  struct Case {
    const char* text;
    const char* format;
  };
  for (const Case& one : std::initializer_list<Case>{{"31.12.1999", "%d.%m.%Y"},
                                                     {"12/31/1999", "%m/%d/%Y"},
                                                     {"1999-12-31", "%Y-%m-%d"},
                                                     {"19991231", "%Y%m%d"},
                                                     {"31-Dec-1999", "%d-%b-%Y"},
                                                     {"December 31, 1999", "%B %d, %Y"},
                                                     {"23:59", "%H:%M"},
                                                     {"11:59 PM", "%I:%M %p"},
                                                     {"1999-12-31T23:59:59Z", "%Y-%m-%dT%H:%M:%S%z"},
                                                     {"1999-12-31 23:59:59.25", "%Y-%m-%d %H:%M:%S"}}) {
    const std::vector<DateFormat> found = DateFormats({{one.text, 1}});
    ASSERT_FALSE(found.empty()) << one.text;
    EXPECT_EQ(found[0].format, one.format) << one.text;
  }
  for (const char* no : {"31.02.1999", "12345678", "99999999", "abc", "12.5", "1.2.3.4", "25:00"}) {
    EXPECT_TRUE(DateFormats({{no, 1}}).empty()) << no;
  }
}

TEST(DateFormats, SeveralFormsAndAmbiguityAreSeen) {
  const std::vector<DateFormat> mixed = DateFormats({{"31.12.1999", 7}, {"1999-12-31", 3}});
  ASSERT_EQ(mixed.size(), 2U);
  EXPECT_EQ(mixed[0].count, 7);
  EXPECT_EQ(mixed[0].share, 0.7);
  EXPECT_TRUE(DateFormats({{"01/02/2000", 1}, {"03/04/2000", 1}})[0].ambiguous);
  EXPECT_FALSE(DateFormats({{"01/02/2000", 1}, {"13/04/2000", 1}})[0].ambiguous);
  EXPECT_TRUE(DateFormats({{"1999-12-31", 1}, {"n/a", 3}}).empty()) << "most are no dates";
}

TEST(FittingType, OfTextsIsTheNarrowestThatHoldsThem) {
  EXPECT_EQ(FitOf({"1", "-7", "100"}).type, "int8");
  EXPECT_EQ(FitOf({"1", "40000"}).type, "int32");
  EXPECT_EQ(FitOf({"1.50", "22"}).type, "decimal(4,2)");
  EXPECT_EQ(FitOf({"1,5", "2,25"}).format, "decimal comma");
  EXPECT_EQ(FitOf({"1.234,50"}).type, "decimal(6,2)");
  EXPECT_EQ(FitOf({"1e5", "2.5E-3"}).type, "double");
  EXPECT_EQ(FitOf({"yes", "NO"}).type, "bool");
  EXPECT_EQ(FitOf({"31.12.1999"}).type, "date");
  EXPECT_EQ(FitOf({"31.12.1999 10:00"}).type, "timestamp");
  EXPECT_EQ(FitOf({"7c9e6679-7425-40de-944b-e07fc1f90ae7"}).type, "uuid");
  EXPECT_EQ(FitOf({R"({"a": 1})", "[]"}).type, "json");
  EXPECT_EQ(FitOf({"0123", "0456"}).type, "string(4)") << "leading zeros say that it is a code";
  EXPECT_FALSE(FitOf({"a", "1"}).differs);
}

TEST(FittingType, ToleratesAFewAndNamesThem) {
  std::vector<std::string> values;
  for (int i = 0; i < 99; ++i) values.push_back(std::to_string(i));
  values.emplace_back("n/a");
  const FittingType fitting = FitOf(values);
  EXPECT_EQ(fitting.type, "int8");
  EXPECT_EQ(fitting.fits, 99);
  EXPECT_EQ(fitting.exceptions, std::vector<std::string>{"n/a"});
  values.insert(values.end(), 3, "unknown");
  EXPECT_EQ(FitOf(values).type.substr(0, 6), "string");
}

Column Doubles(const std::vector<double>& values) {
  Column column(LogicalType::Of(TypeKind::kDouble));
  for (const double value : values) column.Append(value);
  return column;
}

TEST(Numbers, HistogramsHoldEveryValueOnce) {
  std::vector<double> values;
  for (int i = 0; i < 1000; ++i) values.push_back(i * 0.37);
  values.push_back(1e9);
  const Column column = Doubles(values);
  const std::vector<CountedNumber> numbers = CountedNumbers(column, MakeDictionary(column));
  const std::vector<HistogramBar> bars = Histogram(column.type(), numbers);
  int64_t total = 0;
  for (size_t i = 0; i < bars.size(); ++i) {
    total += bars[i].count;
    if (i > 0) EXPECT_EQ(bars[i].low_number, bars[i - 1].high_number);
  }
  EXPECT_EQ(total, 1001);
  EXPECT_EQ(bars.back().high_number, 1e9);
  EXPECT_LT(bars[0].count, 100) << "one far value does not press the rest into one bar";
}

TEST(Numbers, OutliersAreFarOnesOnly) {
  std::vector<double> values;
  for (int i = 0; i < 500; ++i) values.push_back(100 + i % 17);
  Column clean = Doubles(values);
  EXPECT_FALSE(Outliers(clean, CountedNumbers(clean, MakeDictionary(clean))));
  values.push_back(9000);
  values.push_back(-9000);
  const Column column = Doubles(values);
  const auto outliers = Outliers(column, CountedNumbers(column, MakeDictionary(column)));
  ASSERT_TRUE(outliers);
  EXPECT_EQ(outliers->count, 2);
  EXPECT_EQ(outliers->examples.at(0), "-9000");
}

TEST(Numbers, SkewIsNoOutlier) {
  std::vector<double> values;
  for (int i = 1; i <= 2000; ++i) values.push_back(std::exp(i / 200.0));
  const Column column = Doubles(values);
  EXPECT_FALSE(Outliers(column, CountedNumbers(column, MakeDictionary(column))));
}

}  // namespace
}  // namespace migrateiq
