#include "connectors/postgres/postgres_dialect.hpp"

#include <gtest/gtest.h>

namespace migrateiq::postgres {
namespace {

const PostgresDialect& Dialect() { return PostgresDialect::Instance(); }

TypeChoice From(std::string_view dialect, const char* native, LogicalType type) {
  const Table table;
  return Dialect().ChooseType({.name = "c", .native = native, .type = std::move(type)},
                              {.table = &table, .source_dialect = dialect});
}

TEST(PostgresChooseType, MySqlTypesKeepTheirRange) {
  EXPECT_EQ(From("mysql", "tinyint(1)", LogicalType::Of(TypeKind::kInt8)).native, "smallint");
  EXPECT_EQ(From("mysql", "int unsigned", LogicalType::Of(TypeKind::kInt64)).native, "bigint");
  EXPECT_EQ(From("mysql", "bigint unsigned", LogicalType::Of(TypeKind::kUInt64)).native, "numeric(20,0)");
  EXPECT_EQ(From("mysql", "bit(1)", {.kind = TypeKind::kBit, .length = 1}).native, "bit(1)");
  EXPECT_EQ(From("mysql", "time", LogicalType::Of(TypeKind::kInterval)).native, "interval");
  EXPECT_EQ(From("mysql", "datetime(3)", {.kind = TypeKind::kTimestamp, .precision = 3}).native, "timestamp(3)");
  EXPECT_EQ(From("mysql", "json", LogicalType::Of(TypeKind::kJson)).native, "json");
  EXPECT_EQ(From("mysql", "longtext", LogicalType::String(2147483647)).native, "text");
  EXPECT_EQ(From("mysql", "decimal(65,30)", LogicalType::Decimal(65, 30)).native, "numeric(65,30)");
  const TypeChoice geometry = From("mysql", "point", LogicalType::Of(TypeKind::kGeometry));
  EXPECT_EQ(geometry.native, "bytea");
  EXPECT_EQ(geometry.type.kind, TypeKind::kBytes);
}

TEST(PostgresChooseType, ItsOwnTypesStay) {
  EXPECT_EQ(From("postgresql", "numeric(5,-2)", LogicalType::Decimal(7, 0)).native, "numeric(5,-2)");
  EXPECT_EQ(From("postgresql", "int4range", LogicalType::String()).native, "int4range");
  const TypeChoice mood = From("postgresql", "s.\"Mood\"", {.kind = TypeKind::kEnum, .labels = {"a", "it's"}});
  EXPECT_EQ(mood.native, "s.\"Mood\"");
  ASSERT_EQ(mood.before.size(), 2U);
  EXPECT_NE(mood.before[1].find("AS ENUM ('a', 'it''s')"), std::string::npos);
  EXPECT_EQ(From("postgresql", "s.pair", LogicalType::String()).native, "text");
  EXPECT_EQ(From("postgresql", "citext", LogicalType::String()).native, "text");
}

Table TestTable() {
  Table table{.name = {"s", "order"}};
  table.columns = {{.name = "id",
                    .native = "numeric(20,0)",
                    .nullable = false,
                    .identity = Identity::kByDefault,
                    .identity_next = "18446744073709551616"},
                   {.name = "name", .native = "text", .type = LogicalType::String(), .case_insensitive = true},
                   {.name = "doc", .native = "json", .type = LogicalType::Of(TypeKind::kJson)}};
  table.primary_key = Index{.unique = true, .parts = {{.column = "id"}}};
  table.indexes = {{.name = "u", .unique = true, .constraint = true, .parts = {{.column = "name"}}}};
  return table;
}

TEST(PostgresDdl, ACounterOverNumericIsASequence) {
  const auto steps = Dialect().CreateSteps(TestTable());
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].statements[0], "CREATE SCHEMA IF NOT EXISTS \"s\"");
  EXPECT_EQ(steps[1].statements[0], "CREATE SEQUENCE IF NOT EXISTS \"s\".\"order_id_seq\"");
  EXPECT_NE(steps[1].statements[1].find("DEFAULT nextval('\"s\".\"order_id_seq\"'::regclass) NOT NULL"),
            std::string::npos);
}

TEST(PostgresDdl, UniquenessThatIgnoresCaseGetsAnIndexMore) {
  const auto steps = Dialect().IndexSteps(TestTable());
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_NE(steps[2].statements[0].find("((lower(\"name\"::text)))"), std::string::npos) << steps[2].statements[0];
}

TEST(PostgresAdaptIndex, TakesOverWhatItCan) {
  const Table table = TestTable();
  const auto fulltext = Dialect().AdaptIndex({.name = "f", .method = "fulltext", .parts = {{.column = "name"}}}, table);
  ASSERT_TRUE(fulltext);
  EXPECT_EQ(fulltext->method, "gin");
  const auto prefix = Dialect().AdaptIndex({.name = "p", .parts = {{.column = "name", .prefix = 10}}}, table);
  ASSERT_TRUE(prefix);
  EXPECT_EQ(prefix->parts[0].expression, "\"left\"(\"name\", 10)");
  EXPECT_FALSE(Dialect().AdaptIndex({.name = "s", .method = "spatial", .parts = {{.column = "name"}}}, table));
  EXPECT_FALSE(Dialect().AdaptIndex({.name = "j", .parts = {{.column = "doc"}}}, table));
  EXPECT_FALSE(Dialect().AdaptIndex(
      {.name = "t", .method = "gin", .parts = {{.column = "name", .opclass = "public.gin_trgm_ops"}}}, table));
}

}  // namespace
}  // namespace migrateiq::postgres
