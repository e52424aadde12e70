#include "connectors/mysql/load_data.hpp"

#include <gtest/gtest.h>

#include "connectors/mysql/text_values.hpp"

namespace migrateiq::mysql {
namespace {

Batch OneColumn(LogicalType type) {
  auto schema = std::make_shared<Schema>();
  schema->fields.push_back({"c", std::move(type), true});
  return Batch(schema);
}

std::string Loaded(const Batch& batch) {
  std::string out;
  AppendLoadRows(out, batch, 0, batch.columns[0].length());
  return out;
}

std::string Inserted(const Batch& batch) {
  std::string out;
  AppendInsertRow(out, batch, 0);
  return out;
}

TEST(MysqlLoadData, TextIsEscaped) {
  Batch batch = OneColumn(LogicalType::String());
  using namespace std::string_view_literals;
  for (const std::string_view text : {"a\tb\nc\\d\0e'"sv, ""sv, "\\N"sv, "😀"sv}) batch.columns[0].AppendBytes(text);
  batch.columns[0].AppendNull();
  EXPECT_EQ(Loaded(batch), "a\\tb\\nc\\\\d\\0e'\n\n\\\\N\n😀\n\\N\n");
  EXPECT_EQ(Inserted(batch), "('a\tb\\nc\\\\d\\0e''')");
}

TEST(MysqlLoadData, MomentsAndDays) {
  Batch batch = OneColumn(LogicalType::Of(TypeKind::kTimestamp));
  batch.columns[0].Append(int64_t{-1});
  batch.columns[0].Append(int64_t{0});
  EXPECT_EQ(Loaded(batch), "1969-12-31 23:59:59.999999\n1970-01-01 00:00:00\n");
  Batch times = OneColumn(LogicalType::Of(TypeKind::kInterval));
  times.columns[0].Append(Interval{.micros = -(838LL * 3600 + 1) * 1000000 - 500000});
  times.columns[0].Append(Interval{.micros = 3600000000LL});
  EXPECT_EQ(Loaded(times), "-838:00:01.500000\n01:00:00\n");
  Batch days = OneColumn(LogicalType::Of(TypeKind::kDate));
  Column& column = days.columns[0];
  ASSERT_EQ(DecoderFor(column.type())("0000-01-01", column), Decoded::kOk);
  ASSERT_EQ(DecoderFor(column.type())("9999-12-31", column), Decoded::kOk);
  EXPECT_EQ(Loaded(days), "0000-01-01\n9999-12-31\n");
}

TEST(MysqlLoadData, FloatsAreWidened) {
  Batch batch = OneColumn(LogicalType::Of(TypeKind::kFloat));
  batch.columns[0].Append(0.1F);
  EXPECT_EQ(Loaded(batch), "0.10000000149011612\n");
}

TEST(MysqlLoadData, BytesBitsAndShapesGoThroughVariables) {
  LogicalType bit = LogicalType::Of(TypeKind::kBit);
  const std::vector<SendColumn> columns = {{"a", "int", LogicalType::Of(TypeKind::kInt32)},
                                           {"b", "bit(3)", bit},
                                           {"c", "blob", LogicalType::Bytes()},
                                           {"d`", "geometry", LogicalType::Of(TypeKind::kGeometry)}};
  const std::string sql = LoadStatement("tok", "`t`", columns);
  EXPECT_TRUE(
      sql.ends_with("(`a`, @miq1, @miq2, @miq3) SET `b` = CAST(CONV(@miq1, 2, 10) AS UNSIGNED), `c` = "
                    "UNHEX(@miq2), `d``` = UNHEX(@miq3)"))
      << sql;
  Batch bits = OneColumn(bit);
  bits.columns[0].AppendBytes("101");
  EXPECT_EQ(Inserted(bits), "(b'101')");
  Batch bytes = OneColumn(LogicalType::Bytes());
  bytes.columns[0].AppendBytes(std::string_view("\0\xff", 2));
  EXPECT_EQ(Inserted(bytes), "(x'00ff')");
}

TEST(MysqlLoadData, GeometryComesBackAsItWas) {
  std::string stored("\xe6\x10\0\0\1\1\0\0\0", 9);
  stored += std::string(16, 'p');
  Column column(LogicalType::Of(TypeKind::kGeometry));
  ASSERT_TRUE(GeometryToEwkb(stored, column));
  EXPECT_EQ(EwkbToGeometry(column.Bytes(0)), stored);
  stored.replace(0, 4, 4, '\0');
  ASSERT_TRUE(GeometryToEwkb(stored, column));
  EXPECT_EQ(EwkbToGeometry(column.Bytes(1)), stored);
}

}  // namespace
}  // namespace migrateiq::mysql
