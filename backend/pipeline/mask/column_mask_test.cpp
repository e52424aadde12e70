#include "pipeline/mask/column_mask.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "pipeline/batch/text.hpp"
#include "pipeline/mask/detail/check_digit.hpp"

namespace migrateiq {
namespace {

const std::string kKey(32, 'k');

using Values = std::vector<std::optional<std::string>>;

Column TextsOf(const Values& values) {
  Column column(LogicalType::String());
  for (const auto& value : values) value ? column.AppendBytes(*value) : column.AppendNull();
  return column;
}

Values Shown(const Column& column) {
  Values values;
  for (int64_t row = 0; row < column.length(); ++row) {
    values.emplace_back();
    if (!column.IsNull(row)) text::AppendValue(values.back().emplace(), column, row);
  }
  return values;
}

struct Masked {
  Values values;
  std::vector<Finding> findings;
};

Masked Mask(MaskKind kind, const Column& column, const std::string& key = kKey) {
  Masked masked;
  masked.values = Shown(ColumnMask::Make(kind, key, column.type())->Apply(column, 3, masked.findings));
  return masked;
}

std::string One(MaskKind kind, const std::string& value, const std::string& key = kKey) {
  const Masked masked = Mask(kind, TextsOf({value}), key);
  EXPECT_TRUE(masked.findings.empty()) << value;
  return masked.values[0].value_or("(null)");
}

template <class T>
Column NumbersOf(TypeKind kind, const std::vector<T>& numbers) {
  Column column(LogicalType::Of(kind));
  for (const T number : numbers) column.Append(number);
  return column;
}

TEST(ColumnMask, NullStaysNullAndEmptyTextStaysEmptyWhateverTheKind) {
  for (const MaskKindInfo& info : MaskKinds()) {
    if (info.kind == MaskKind::kNull) continue;
    const Masked masked = Mask(info.kind, TextsOf({std::nullopt, ""}));
    EXPECT_EQ(masked.values, (Values{std::nullopt, ""})) << info.id;
    EXPECT_TRUE(masked.findings.empty());
  }
}

TEST(ColumnMask, TheResultDependsOnKeyKindAndValueOnly) {
  for (const MaskKindInfo& info : MaskKinds()) {
    if (!info.keyed) continue;
    const std::string value = info.kind == MaskKind::kIp          ? "203.0.113.7"
                              : info.kind == MaskKind::kDateShift ? "1987-03-12"
                                                                  : "4711081500";
    const std::string once = One(info.kind, value);
    EXPECT_EQ(once, One(info.kind, value)) << info.id;
    EXPECT_NE(once, value) << info.id;
    EXPECT_NE(once, One(info.kind, value, std::string(32, 'x'))) << info.id << ": by another key";
  }
  EXPECT_NE(One(MaskKind::kDigits, "030 901820"), One(MaskKind::kPhone, "030 901820")) << "each kind has its own key";
}

/// Fixed: a value masked today must be masked to the same value by every later version.
TEST(ColumnMask, ResultsNeverChange) {
  EXPECT_EQ(One(MaskKind::kToken, "ada@example.org"), "3836f3310151971b550d0e260c7f2540");
  EXPECT_EQ(One(MaskKind::kEmail, "ada@example.org"), "utak4bp6r5f3zxvlzeyuz2jahla@example.com");
  EXPECT_EQ(One(MaskKind::kName, "LOVELACE, Ada K."), "PASCAL, Pascal O.");
  EXPECT_EQ(One(MaskKind::kAddress, "Hauptstr. 12"), "Cedar Avenue 21");
  EXPECT_EQ(One(MaskKind::kAddress, "Berlin"), "Pinehurst");
  EXPECT_EQ(One(MaskKind::kPhone, "+49 30 901820"), "+49 21 598071");
  EXPECT_EQ(One(MaskKind::kDigits, "4111 1111 1111 1111"), "4473 6168 9565 4641");
  EXPECT_EQ(One(MaskKind::kDigits, "AB-123 x"), "LZ-991 n");
  EXPECT_EQ(One(MaskKind::kIp, "203.0.113.7/24"), "117.199.38.192/24");
  EXPECT_EQ(One(MaskKind::kIp, "2001:db8::1"), "2916:b497:57d8:a148:4def:ceb:d6a3:e0fb");
  EXPECT_EQ(One(MaskKind::kDateShift, "1987-03-12T10:20:30Z"), "1987-10-23T10:20:30Z");
  EXPECT_EQ(One(MaskKind::kNumberNoise, "52000.00"), "54886.03");
  EXPECT_EQ(One(MaskKind::kCoarse, "52.520008, -13.404954"), "52.5, -13.4");
  EXPECT_EQ(One(MaskKind::kCoarse, "1987-03-12 10:20:30"), "1987-01-01");
  EXPECT_EQ(One(MaskKind::kCoarse, "u33dc0cpn"), "u33d");
  EXPECT_EQ(One(MaskKind::kRedact, "diabetes"), "***");
}

TEST(ColumnMask, DigitsKeepFormatCheckDigitAndLeadingZero) {
  const std::string card = One(MaskKind::kDigits, "4111 1111 1111 1111");
  EXPECT_TRUE(detail::PassesLuhn(card)) << card;
  EXPECT_EQ(card[4], ' ');
  EXPECT_FALSE(detail::PassesLuhn(One(MaskKind::kDigits, "4111 1111 1111 1112")));
  const std::string iban = One(MaskKind::kDigits, "DE89 3704 0044 0532 0130 00");
  EXPECT_TRUE(iban.starts_with("DE") && detail::IsIban(iban)) << iban;
  EXPECT_NE(iban.substr(5), "3704 0044 0532 0130 00");
  EXPECT_TRUE(detail::IsIban(One(MaskKind::kDigits, "GB82WEST12345698765432")));
  EXPECT_EQ(One(MaskKind::kDigits, "01067")[0], '0');
  EXPECT_EQ(One(MaskKind::kDigits, "--"), "--") << "nothing to replace";
}

TEST(ColumnMask, DifferentValuesOfOneFormatNeverBecomeEqual) {
  for (const MaskKind kind : {MaskKind::kDigits, MaskKind::kPhone, MaskKind::kToken, MaskKind::kEmail}) {
    Values values;
    for (int i = 0; i < 10'000; ++i) values.emplace_back(std::to_string(100'000'000 + i * 7919));
    const Masked masked = Mask(kind, TextsOf(values));
    const std::set<std::optional<std::string>> different(masked.values.begin(), masked.values.end());
    EXPECT_EQ(different.size(), values.size()) << InfoOf(kind).id;
  }
}

TEST(ColumnMask, AllIntegersOfAFewDigitsArePermuted) {
  std::vector<int16_t> numbers;
  for (int16_t i = -999; i <= 999; ++i) numbers.push_back(i);
  const Masked masked = Mask(MaskKind::kDigits, NumbersOf(TypeKind::kInt16, numbers));
  EXPECT_TRUE(masked.findings.empty());
  const std::set<std::optional<std::string>> different(masked.values.begin(), masked.values.end());
  EXPECT_EQ(different.size(), numbers.size());
  for (size_t i = 0; i < numbers.size(); ++i) EXPECT_EQ(masked.values[i]->size(), std::to_string(numbers[i]).size());
}

TEST(ColumnMask, IntegersStayWithinTheirType) {
  std::vector<int8_t> numbers;
  for (int i = 100; i <= 127; ++i) numbers.push_back(static_cast<int8_t>(i));
  const Masked masked = Mask(MaskKind::kDigits, NumbersOf(TypeKind::kInt8, numbers));
  EXPECT_TRUE(masked.findings.empty());
  EXPECT_EQ(std::set(masked.values.begin(), masked.values.end()).size(), numbers.size());
  EXPECT_TRUE(Mask(MaskKind::kDigits, NumbersOf<int64_t>(TypeKind::kInt64, {INT64_MAX, INT64_MAX - 1, INT64_MIN + 1}))
                  .findings.empty());
  EXPECT_TRUE(Mask(MaskKind::kNumberNoise, NumbersOf<int8_t>(TypeKind::kInt8, {127, -127, 99, 0})).findings.empty());
}

TEST(ColumnMask, ANumberIsMaskedAsItsTextIs) {
  const Masked numbers = Mask(MaskKind::kDigits, NumbersOf<int32_t>(TypeKind::kInt32, {4711, 7, 10}));
  const Masked texts = Mask(MaskKind::kDigits, TextsOf({"4711", "7", "10"}));
  EXPECT_EQ(numbers.values, texts.values);
}

TEST(ColumnMask, AnotherDayOfTheSameYear) {
  std::vector<int32_t> days;
  for (int32_t i = 0; i < 366; ++i) days.push_back(text::DaysFromCivil(2024, 1, 1) + i);
  const Masked masked = Mask(MaskKind::kDateShift, NumbersOf(TypeKind::kDate, days));
  EXPECT_EQ(std::set(masked.values.begin(), masked.values.end()).size(), days.size());
  for (const auto& day : masked.values) EXPECT_TRUE(day->starts_with("2024-")) << *day;
  EXPECT_EQ(Mask(MaskKind::kDateShift, NumbersOf<int32_t>(TypeKind::kDate, {INT32_MAX})).values[0], "infinity");
  const int64_t before_1970 = -1;
  const auto moment = Mask(MaskKind::kDateShift, NumbersOf<int64_t>(TypeKind::kTimestamp, {before_1970})).values[0];
  EXPECT_TRUE(moment->starts_with("1969-") && moment->ends_with("23:59:59.999999")) << *moment;
}

TEST(ColumnMask, NoiseChangesEveryNumberALittle) {
  for (const std::string value : {"1", "9", "37", "52000.00", "-0.5", "99999", "123456789012345678901234567890.25"}) {
    const std::string masked = One(MaskKind::kNumberNoise, value);
    EXPECT_NE(masked, value);
    EXPECT_LE(masked.size(), value.size());
    EXPECT_NEAR(std::stod(masked), std::stod(value), std::max(1.0, std::abs(std::stod(value)) * 0.11));
  }
  EXPECT_EQ(One(MaskKind::kNumberNoise, "0"), "0");
  EXPECT_EQ(Mask(MaskKind::kNumberNoise, NumbersOf<double>(TypeKind::kDouble, {HUGE_VAL})).values[0], "Infinity");
}

TEST(ColumnMask, UuidsBecomeUuids) {
  Column column(LogicalType::Of(TypeKind::kUuid));
  std::array<uint8_t, 16> bytes{1, 2, 3};
  column.Append(bytes);
  const auto masked = Mask(MaskKind::kToken, column).values[0];
  ASSERT_EQ(masked->size(), 36u);
  EXPECT_EQ((*masked)[14], '8');
}

TEST(ColumnMask, WhatAKindCannotReplaceIsAFindingWithoutTheValue) {
  const auto refused = [](MaskKind kind, const std::string& value) {
    const Masked masked = Mask(kind, TextsOf({"", value}));
    ASSERT_EQ(masked.findings.size(), 1u) << InfoOf(kind).id << " " << value;
    const Finding& finding = masked.findings[0];
    EXPECT_EQ(finding.row, 1);
    EXPECT_EQ(finding.column, 3);
    EXPECT_EQ(finding.kind, FindingKind::kMask);
    EXPECT_TRUE(finding.original.empty());
    EXPECT_FALSE(finding.detail.contains(value));
    EXPECT_FALSE(masked.values[1]);
  };
  refused(MaskKind::kDigits, "А123ВС");  // Cyrillic letters would stay
  refused(MaskKind::kPhone, "none");
  refused(MaskKind::kIp, "203.0.113");
  refused(MaskKind::kIp, "203.0.113.7/24x");
  refused(MaskKind::kDateShift, "12.03.1987");
  refused(MaskKind::kDateShift, "1987-03-12 Ada");
  refused(MaskKind::kNumberNoise, "much");
  refused(MaskKind::kCoarse, "Berlin");
  refused(MaskKind::kCoarse, "4711081500");
}

TEST(MaskKinds, FitTypes) {
  EXPECT_EQ(MasksThatFit(TypeKind::kInt32), "digits, number_noise, null");
  EXPECT_EQ(MasksThatFit(TypeKind::kDate), "date_shift, coarse, null");
  EXPECT_EQ(MasksThatFit(TypeKind::kUuid), "token, null");
  EXPECT_EQ(MasksThatFit(TypeKind::kBytes), "null");
  EXPECT_EQ(MasksThatFit(TypeKind::kDecimal), "number_noise, coarse, null");
}

}  // namespace
}  // namespace migrateiq
