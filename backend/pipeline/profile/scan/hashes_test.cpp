#include "pipeline/profile/scan/hashes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "pipeline/profile/scan/decimal.hpp"

namespace migrateiq {
namespace {

Column Decimals(const std::vector<std::string>& texts) {
  Column column(LogicalType::Decimal(30, 10));
  for (const std::string& text : texts) column.AppendBytes(text);
  return column;
}

TEST(Hashes, OfEqualNumbersAreEqualWhateverTheType) {
  EXPECT_EQ(HashInteger(7), HashDecimal("7.00"));
  EXPECT_EQ(HashInteger(7), HashDouble(7));
  EXPECT_EQ(HashUnsigned(7), HashInteger(7));
  EXPECT_EQ(HashInteger(0), HashDouble(-0.0));
  EXPECT_EQ(HashDecimal("1.50"), HashDecimal("1.5"));
  EXPECT_EQ(HashDecimal("1.00000000000000000000000000"), HashInteger(1));
  EXPECT_EQ(HashDecimal("9223372036854775807"), HashInteger(INT64_MAX));
  EXPECT_EQ(HashDecimal("-9223372036854775808"), HashInteger(INT64_MIN));
  EXPECT_EQ(HashDecimal("18446744073709551615"), HashUnsigned(UINT64_MAX));
  EXPECT_EQ(HashDecimal("123456789012345678901234567890.5"), HashDecimal("123456789012345678901234567890.500"));
}

TEST(Hashes, OfOthersDiffer) {
  EXPECT_NE(HashInteger(7), HashText("7"));
  EXPECT_NE(HashDecimal("1.5"), HashDecimal("15"));
  EXPECT_NE(HashDecimal("0.15"), HashDecimal("1.5"));
  EXPECT_NE(HashDecimal("NaN"), HashDecimal("Infinity"));
  EXPECT_NE(HashText("a"), HashText("a "));
}

TEST(Hashes, OfACharIgnoreItsBlanks) {
  Column padded(LogicalType{.kind = TypeKind::kChar, .length = 5});
  padded.AppendBytes("ab   ");
  EXPECT_EQ(HashValue(padded, 0), HashText("ab"));
}

TEST(Hashes, LeaveOutNulls) {
  Column column(LogicalType::Of(TypeKind::kInt32));
  column.Append<int32_t>(1);
  column.AppendNull();
  column.Append<int32_t>(2);
  std::vector<uint64_t> hashes;
  HashColumn(column, hashes);
  EXPECT_EQ(hashes, (std::vector{HashInteger(1), HashInteger(2)}));
}

RC_GTEST_PROP(Decimals, CompareAsNumbers, (int32_t a, int32_t b)) {
  const auto text = [](int32_t value) {
    return std::string(value < 0 ? "-" : "") + std::to_string(std::abs(static_cast<int64_t>(value)) / 100) + "." +
           std::to_string(100 + std::abs(static_cast<int64_t>(value)) % 100).substr(1);
  };
  RC_ASSERT(CompareDecimalTexts(text(a), text(b)) == (a < b ? -1 : (a > b ? 1 : 0)));
  RC_ASSERT(ReadDecimal(text(a)).value == static_cast<double>(a) / 100);
}

TEST(Decimals, KnowWhatTheyCannotHold) {
  EXPECT_FALSE(ReadDecimal("1234567890123456789").fits);
  EXPECT_NEAR(ReadDecimal("1234567890123456789").value, 1234567890123456789.0, 1);
  EXPECT_FALSE(ReadDecimal("NaN").fits);
  EXPECT_EQ(ReadDecimal("0.000000000000000001").scale, 18);
  EXPECT_EQ(CompareDecimalTexts("NaN", "Infinity"), 1);
  EXPECT_EQ(CompareDecimalTexts("-Infinity", "-99999999999999999999"), -1);
  EXPECT_EQ(CompareDecimalTexts("-0.0", "0"), 0);
  EXPECT_EQ(CompareDecimalTexts("99999999999999999998.9", "99999999999999999999"), -1);
}

TEST(Decimals, AreHashedAsColumns) {
  const Column column = Decimals({"12.30", "12.3"});
  EXPECT_EQ(HashValue(column, 0), HashValue(column, 1));
}

}  // namespace
}  // namespace migrateiq
