#include "pipeline/batch/digest.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "pipeline/batch/json_canonical.hpp"

namespace migrateiq {
namespace {

Digest DigestOf(LogicalType type, const std::function<void(Column&)>& fill) {
  auto schema = std::make_shared<Schema>(Schema{{Field{"c", std::move(type)}}});
  Batch batch(schema);
  fill(batch.columns[0]);
  batch.rows = batch.columns[0].length();
  RowEncoder encoder;
  Digest digest;
  AddToDigest(batch, encoder, digest);
  return digest;
}

Digest TextDigest(TypeKind kind, std::string_view text) {
  return DigestOf(LogicalType::Of(kind), [text](Column& column) { column.AppendBytes(text); });
}

Digest DoubleDigest(double value) {
  return DigestOf(LogicalType::Of(TypeKind::kDouble), [value](Column& column) { column.Append(value); });
}

TEST(Digest, DoesNotDependOnOrderOrGrouping) {
  const auto fill = [](std::vector<int64_t> values) {
    return DigestOf(LogicalType::Of(TypeKind::kInt64), [&](Column& column) {
      for (const int64_t v : values) column.Append(v);
    });
  };
  Digest parts = fill({1, 2});
  parts.Add(fill({3}));
  EXPECT_EQ(fill({3, 1, 2}), parts);
  parts.Subtract(fill({3}));
  EXPECT_EQ(fill({1, 2}), parts);
}

TEST(Digest, CountsEqualRowsInsteadOfCancellingThem) {
  const Digest once = TextDigest(TypeKind::kString, "a");
  Digest twice = once;
  twice.Add(once);
  EXPECT_NE(once, twice);
  EXPECT_EQ(2U, twice.rows);
}

TEST(Digest, DecimalsCompareByValue) {
  EXPECT_EQ(TextDigest(TypeKind::kDecimal, "12.3400"), TextDigest(TypeKind::kDecimal, "12.34"));
  EXPECT_EQ(TextDigest(TypeKind::kDecimal, "100.00"), TextDigest(TypeKind::kDecimal, "100"));
  EXPECT_NE(TextDigest(TypeKind::kDecimal, "100"), TextDigest(TypeKind::kDecimal, "1"));
}

TEST(Digest, FloatsWidenAndHaveOneNanAndOneZero) {
  const Digest widened = DigestOf(LogicalType::Of(TypeKind::kFloat), [](Column& column) { column.Append(0.1F); });
  EXPECT_EQ(DoubleDigest(static_cast<double>(0.1F)), widened);
  EXPECT_EQ(DoubleDigest(0.0), DoubleDigest(-0.0));
  EXPECT_EQ(DoubleDigest(std::nan("1")), DoubleDigest(-std::nan("2")));
  EXPECT_NE(DoubleDigest(std::numeric_limits<double>::infinity()),
            DoubleDigest(-std::numeric_limits<double>::infinity()));
}

TEST(Digest, OnlyPaddedCharIgnoresTrailingBlanks) {
  EXPECT_EQ(TextDigest(TypeKind::kChar, "a  "), TextDigest(TypeKind::kChar, "a"));
  EXPECT_NE(TextDigest(TypeKind::kString, "a  "), TextDigest(TypeKind::kString, "a"));
}

TEST(Digest, NullDiffersFromEmptyAndFromZero) {
  const Digest null = DigestOf(LogicalType::String(), [](Column& column) { column.AppendNull(); });
  EXPECT_NE(null, TextDigest(TypeKind::kString, ""));
}

TEST(Digest, FieldBordersCount) {
  auto schema =
      std::make_shared<Schema>(Schema{{Field{"a", LogicalType::String()}, Field{"b", LogicalType::String()}}});
  const auto row = [&](std::string_view a, std::string_view b) {
    Batch batch(schema);
    batch.columns[0].AppendBytes(a);
    batch.columns[1].AppendBytes(b);
    batch.rows = 1;
    RowEncoder encoder;
    Digest digest;
    AddToDigest(batch, encoder, digest);
    return digest;
  };
  EXPECT_NE(row("ab", "c"), row("a", "bc"));
}

TEST(Digest, IntegersOfAllWidthsAgree) {
  const Digest small = DigestOf(LogicalType::Of(TypeKind::kInt8), [](Column& column) { column.Append(int8_t{-7}); });
  const Digest large = DigestOf(LogicalType::Of(TypeKind::kInt64), [](Column& column) { column.Append(int64_t{-7}); });
  EXPECT_EQ(small, large);
  const Digest huge =
      DigestOf(LogicalType::Of(TypeKind::kUInt64), [](Column& column) { column.Append(uint64_t{0xFFFFFFFFFFFFFFF9}); });
  EXPECT_NE(large, huge);
}

TEST(Digest, HexRoundTrip) {
  const Digest digest = TextDigest(TypeKind::kString, "x");
  EXPECT_EQ(digest, DigestFromHex(digest.ToHex(), digest.rows));
}

TEST(CanonicalJson, SortsKeysAndKeepsNumbersExact) {
  std::string out;
  ASSERT_TRUE(CanonicalizeJson(R"( {"b": 1.50, "a": [1e3, 12345678901234567890123, -0.0], "b" : true} )", out));
  EXPECT_EQ(R"({"a":[1000,12345678901234567890123,0],"b":true})", out);
}

TEST(CanonicalJson, RefusesWhatIsNotJson) {
  std::string out;
  for (const char* bad : {"", "{", "[1,]", "01", "1.", "'a'", "{\"a\":1,}", "nul", "\"\\x\"", "[1] 2"}) {
    EXPECT_FALSE(CanonicalizeJson(bad, out)) << bad;
  }
}

TEST(CanonicalJson, NotesDuplicatesAndNulEscapes) {
  std::string out;
  JsonNotes notes;
  ASSERT_TRUE(CanonicalizeJson(R"({"a":1,"a":"\u0000"})", out, &notes));
  EXPECT_TRUE(notes.duplicate_key);
  EXPECT_TRUE(notes.nul_escape);
  notes = {};
  ASSERT_TRUE(CanonicalizeJson(R"({"a":"\\u0000"})", out, &notes));
  EXPECT_FALSE(notes.nul_escape);
}

}  // namespace
}  // namespace migrateiq
