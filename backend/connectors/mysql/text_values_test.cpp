#include "connectors/mysql/text_values.hpp"

#include <gtest/gtest.h>

#include "pipeline/batch/text.hpp"

namespace migrateiq::mysql {
namespace {

struct Case {
  LogicalType type;
  std::string_view sent;
  std::string expected;  ///< text form; "" for NULL
  Decoded result = Decoded::kOk;
};

LogicalType Bits(int32_t length) {
  LogicalType type = LogicalType::Of(TypeKind::kBit);
  type.length = length;
  return type;
}

std::string Decode(const Case& test, Decoded& result) {
  Column column(test.type);
  result = DecoderFor(test.type, true)(test.sent, column);
  EXPECT_EQ(column.length(), 1);
  std::string text;
  if (!column.IsNull(0)) text::AppendValue(text, column, 0);
  return text;
}

TEST(MysqlTextValues, Decode) {
  using namespace std::string_view_literals;
  const auto of = [](TypeKind kind) { return LogicalType::Of(kind); };
  const Case cases[] = {
      {of(TypeKind::kInt8), "-128", "-128"},
      {of(TypeKind::kInt8), "128", "", Decoded::kOutOfRange},
      {of(TypeKind::kInt32), "000042", "42"},
      {of(TypeKind::kInt32), "4x", "", Decoded::kWrongType},
      {of(TypeKind::kUInt64), "18446744073709551615", "18446744073709551615"},
      {of(TypeKind::kBool), "1", "true"},
      {of(TypeKind::kBool), "2", "", Decoded::kOutOfRange},
      {of(TypeKind::kDouble), "1e-320", "1e-320"},
      {of(TypeKind::kFloat), "0.10000000149011612", "0.1"},
      {of(TypeKind::kFloat), "1e300", "", Decoded::kOutOfRange},
      {of(TypeKind::kDecimal), "0000012.50", "12.50"},
      {of(TypeKind::kDecimal), "-0.00", "0.00"},
      {of(TypeKind::kDecimal), "", "", Decoded::kWrongType},
      {of(TypeKind::kDate), "0000-00-00", "", Decoded::kZeroDate},
      {of(TypeKind::kDate), "1989-00-00", "", Decoded::kZeroDate},
      {of(TypeKind::kDate), "2001-02-29", "", Decoded::kZeroDate},
      {of(TypeKind::kDate), "2000-02-29", "2000-02-29"},
      {of(TypeKind::kDate), "0009-12-04", "0009-12-04"},
      {of(TypeKind::kDate), "2001/02/03", "", Decoded::kWrongType},
      {of(TypeKind::kTimestamp), "2001-02-03 04:05:06.7", "2001-02-03 04:05:06.700000"},
      {of(TypeKind::kTimestamp), "2001-02-03 24:05", "", Decoded::kWrongType},
      {of(TypeKind::kTime), "24:00:00", "24:00:00"},
      {of(TypeKind::kTime), "24:00:01", "", Decoded::kOutOfRange},
      {of(TypeKind::kTime), "-00:00:01", "", Decoded::kOutOfRange},
      {Bits(3), "\x05"sv, "101"},
      {Bits(12), "\x0a\x03"sv, "101000000011"},
      {Bits(8), ""sv, ""},
      {LogicalType::String(), "\xc3\xa9", "é"},
      {LogicalType::String(), "\xe9", "", Decoded::kEncoding},
      {LogicalType::Bytes(), "\x00\xff"sv, "\\x00ff"},
      {of(TypeKind::kUuid), "550e8400-e29b-41d4-a716-446655440000", "550e8400-e29b-41d4-a716-446655440000"},
      {of(TypeKind::kGeometry), "\0\0\0\0\1"sv, "", Decoded::kWrongType},
  };
  for (const Case& test : cases) {
    Decoded result = Decoded::kOk;
    EXPECT_EQ(Decode(test, result), test.expected) << test.sent;
    EXPECT_EQ(result, test.result) << test.sent;
  }
}

TEST(MysqlTextValues, LongTimesAreSpans) {
  Column column(LogicalType::Of(TypeKind::kInterval));
  ASSERT_EQ(DecoderFor(column.type())("-838:59:59.5", column), Decoded::kOk);
  EXPECT_EQ(column.Get<Interval>(0).micros, -(((838LL * 60 + 59) * 60 + 59) * 1000000 + 500000));
}

}  // namespace
}  // namespace migrateiq::mysql
