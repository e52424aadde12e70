#include "connectors/mysql/mysql_row_size.hpp"
#include "base/errors/plan.hpp"

#include <gtest/gtest.h>

namespace migrateiq::mysql {
namespace {

constexpr int64_t kPage = 16384;

Table Wide(int columns, const std::string& native) {
  Table table;
  table.name.name = "wide";
  for (int i = 0; i < columns; ++i) table.columns.push_back({.name = "c" + std::to_string(i), .native = native});
  return table;
}

// The borders are those of a MariaDB 10.11 server in strict mode.
TEST(MysqlRowSize, KnowsTheBorderOfFixedColumns) {
  EXPECT_TRUE(CheckRowSize(Wide(997, "bigint"), kPage));
  const Status refused = CheckRowSize(Wide(1000, "bigint"), kPage);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().Is(codes::kSchemaUnsupported));
  EXPECT_EQ(refused.error().table, "wide");
  EXPECT_NE(refused.error().message.find("8126"), std::string::npos);
}

TEST(MysqlRowSize, LargeValuesLeaveThePage) {
  EXPECT_TRUE(CheckRowSize(Wide(383, "longtext"), kPage));
  EXPECT_FALSE(CheckRowSize(Wide(384, "longtext"), kPage));
  EXPECT_TRUE(CheckRowSize(Wide(384, "longtext"), 2 * kPage));
  EXPECT_TRUE(CheckRowSize(Wide(253, "varchar(64)"), kPage));
}

TEST(MysqlRowSize, ShortTextStaysInThePage) {
  EXPECT_TRUE(CheckRowSize(Wide(66, "varchar(30)"), kPage));
  EXPECT_FALSE(CheckRowSize(Wide(67, "varchar(30)"), kPage));
  EXPECT_TRUE(CheckRowSize(Wide(224, "char(36) CHARACTER SET ascii"), kPage));
  EXPECT_FALSE(CheckRowSize(Wide(225, "char(36) CHARACTER SET ascii"), kPage));
  EXPECT_TRUE(CheckRowSize(Wide(260, "varbinary(30)"), kPage));
  EXPECT_FALSE(CheckRowSize(Wide(261, "varbinary(30)"), kPage));
  EXPECT_TRUE(CheckRowSize(Wide(800, "decimal(20,5)"), kPage));
  EXPECT_TRUE(CheckRowSize(Wide(997, "datetime(6)"), kPage));
}

TEST(MysqlRowSize, NoTableHasMoreColumns) {
  EXPECT_TRUE(CheckRowSize(Wide(1017, "tinyint"), kPage));
  EXPECT_FALSE(CheckRowSize(Wide(1018, "tinyint"), kPage));
}

}  // namespace
}  // namespace migrateiq::mysql
