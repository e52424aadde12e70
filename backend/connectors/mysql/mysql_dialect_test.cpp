#include "connectors/mysql/mysql_dialect.hpp"
#include "base/errors/plan.hpp"

#include <gtest/gtest.h>

#include "connectors/mysql/key_range.hpp"
#include "connectors/mysql/mysql_catalog.hpp"
#include "connectors/mysql/server_rewrite.hpp"

namespace migrateiq::mysql {
namespace {

const MysqlDialect& Ours() { return MysqlDialect::Instance(); }

CatalogColumn Column(LogicalType type, std::string native = "") {
  CatalogColumn column;
  column.name = "c";
  column.type = std::move(type);
  column.native = std::move(native);
  return column;
}

LogicalType Sized(TypeKind kind, int32_t length) {
  LogicalType type = LogicalType::Of(kind);
  type.length = length;
  return type;
}

TEST(MysqlDialect, ComparesByTheColumnsCollation) {
  const MysqlDialect& dialect = MysqlDialect::Instance();
  CatalogColumn column{.name = "c", .native = "varchar(10)", .type = LogicalType::String(10)};
  EXPECT_EQ(dialect.EqualityOf(column, ""), TextEquality{}) << "tables made here compare bytes";
  column.collation = "utf8mb4_bin";
  EXPECT_EQ(dialect.EqualityOf(column, ""), (TextEquality{.trailing_blanks = false}));
  column.collation = "latin1_swedish_ci";
  EXPECT_EQ(dialect.EqualityOf(column, ""),
            (TextEquality{false, "MD5(WEIGHT_STRING(CONVERT($1 USING latin1) COLLATE latin1_swedish_ci))"}));
  column.collation = "";
  column.native = "varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_nopad_ci";
  EXPECT_EQ(dialect.EqualityOf(column, ""),
            (TextEquality{true, "MD5(WEIGHT_STRING(CONVERT($1 USING utf8mb4) COLLATE utf8mb4_unicode_nopad_ci))"}));
}

TEST(MysqlTypes, ParseDeclaredTypes) {
  const std::pair<const char*, const char*> cases[] = {
      {"tinyint(1)", "int8"},
      {"tinyint(3) unsigned", "int16"},
      {"INT UNSIGNED ZEROFILL", "int64"},
      {"bigint(20) unsigned", "uint64"},
      {"decimal(12,2)", "decimal(12,2)"},
      {"double precision", "double"},
  };
  for (const auto& [native, expected] : cases) EXPECT_EQ(ToString(*Ours().ParseType(native)), expected) << native;
  EXPECT_EQ(*Ours().ParseType("varchar(30) CHARACTER SET latin1 COLLATE latin1_swedish_ci"), LogicalType::String(30));
  EXPECT_EQ(*Ours().ParseType("char(3)"), Sized(TypeKind::kChar, 3));
  EXPECT_EQ(Ours().ParseType("enum('a','b''c','x,y')")->labels, (std::vector<std::string>{"a", "b'c", "x,y"}));
  EXPECT_TRUE(Ours().ParseType("set('a','b')")->set);
  EXPECT_EQ(Ours().ParseType("timestamp(3)")->precision, 3);
  EXPECT_EQ(Ours().ParseType("timestamp")->kind, TypeKind::kTimestampTz);
  EXPECT_TRUE(Ours().ParseType("jsonb").error().Is(codes::kSchemaType));
  EXPECT_FALSE(Ours().ParseType(""));
}

TEST(MysqlTypes, ChosenTypesParseBackToTheSame) {
  for (int kind = 0; kind <= static_cast<int>(TypeKind::kGeometry); ++kind) {
    for (const bool in_key : {false, true}) {
      const TypeContext context{.source_dialect = "postgresql", .in_key = in_key, .in_unique = in_key, .key_parts = 2};
      const TypeChoice choice = Ours().ChooseType(Column(LogicalType::Of(static_cast<TypeKind>(kind))), context);
      ASSERT_TRUE(Ours().ParseType(choice.native)) << choice.native;
      EXPECT_EQ(*Ours().ParseType(choice.native), choice.type) << choice.native;
    }
  }
}

TEST(MysqlTypes, NothingIsLost) {
  const TypeContext plain{.source_dialect = "postgresql"};
  const TypeContext key{.source_dialect = "postgresql", .in_key = true, .in_unique = true, .key_parts = 1};
  EXPECT_EQ(Ours().ChooseType(Column(LogicalType::Decimal(0, -1)), plain).native, "longtext");
  EXPECT_EQ(Ours().ChooseType(Column(LogicalType::Decimal(66, 2)), plain).native, "longtext");
  EXPECT_EQ(Ours().ChooseType(Column(LogicalType::Decimal(3, 5)), plain).native, "decimal(5,5)");
  EXPECT_EQ(Ours().ChooseType(Column(LogicalType::String()), plain).native, "longtext");
  EXPECT_EQ(Ours().ChooseType(Column(LogicalType::String()), key).native, "varchar(768)");
  EXPECT_EQ(Ours().ChooseType(Column(LogicalType::String(40)), key).native, "varchar(40)");
  EXPECT_EQ(Ours().ChooseType(Column(LogicalType::Of(TypeKind::kTimestampTz)), plain).native, "datetime(6)");
  EXPECT_EQ(Ours().ChooseType(Column(Sized(TypeKind::kBit, 5), "bit varying(5)"), plain).native, "longtext");
  EXPECT_EQ(Ours().ChooseType(Column(Sized(TypeKind::kBit, 5), "bit(5)"), plain).native, "bit(5)");
  LogicalType label = LogicalType::Of(TypeKind::kEnum);
  label.labels = {"it's", "b"};
  EXPECT_EQ(Ours().ChooseType(Column(label), plain).native, "enum('it''s','b')");
  label.labels = {"trailing "};
  EXPECT_EQ(Ours().ChooseType(Column(label), plain).native, "longtext");
  CatalogColumn citext = Column(LogicalType::String(10));
  citext.case_insensitive = true;
  EXPECT_TRUE(Ours().ChooseType(citext, plain).native.ends_with("utf8mb4_uca1400_as_ci"));
}

Table Wide() {
  Table table;
  table.name.name = "t";
  CatalogColumn text = Column(LogicalType::String(), "longtext"),
                id = Column(LogicalType::Of(TypeKind::kInt64), "bigint");
  text.name = "body";
  id.name = "id";
  id.identity = Identity::kByDefault;
  id.identity_next = "42";
  id.nullable = false;
  CatalogColumn at = Column(LogicalType::Of(TypeKind::kTimestamp), "datetime(6)");
  at.name = "at";
  at.default_sql = "current_timestamp()";
  CatalogColumn flag = Column(LogicalType::Of(TypeKind::kInt8), "tinyint(1)");
  flag.name = "flag";
  flag.default_sql = "lower('A')";
  table.columns = {text, id, at, flag};
  return table;
}

TEST(MysqlDdl, CountingColumnsGetAKeyAtCreation) {
  Table table = Wide();
  const std::string sql = Ours().CreateSteps(table).back().statements[0];
  EXPECT_TRUE(sql.contains("`id` bigint NOT NULL AUTO_INCREMENT")) << sql;
  EXPECT_TRUE(sql.contains("KEY `miq_auto_id` (`id`)")) << sql;
  EXPECT_TRUE(sql.contains("`at` datetime(6) NULL DEFAULT CURRENT_TIMESTAMP(6)")) << sql;
  EXPECT_TRUE(sql.contains("`flag` tinyint(1) NULL DEFAULT (lower('A'))")) << sql;
  table.indexes.push_back({.name = "ids", .unique = true, .parts = {{.column = "id"}}});
  EXPECT_TRUE(Ours().CreateSteps(table).back().statements[0].contains("UNIQUE KEY `ids` (`id`)"));
  EXPECT_TRUE(Ours().IndexSteps(table).empty());
  EXPECT_EQ(Ours().FinishSteps(table)[0].statements[0], "ALTER TABLE `t` AUTO_INCREMENT = 42");
}

TEST(MysqlDdl, IndexesAreAdaptedOrExplained) {
  const Table table = Wide();
  Index index{.name = "i", .parts = {{.column = "body"}}};
  EXPECT_EQ(Ours().AdaptIndex(index, table)->parts[0].prefix, 191);
  index.unique = true;
  EXPECT_FALSE(Ours().AdaptIndex(index, table));
  index.unique = false;
  index.where = "id > 1";
  EXPECT_EQ(Ours().AdaptIndex(index, table).error(), "MySQL has no partial indexes");
  index.where.clear();
  index.method = "gin";
  EXPECT_FALSE(Ours().AdaptIndex(index, table));
  index.method = "btree";
  index.include = {"at"};
  EXPECT_EQ(Ours().AdaptIndex(index, table)->parts.size(), 2u);
  index.parts = {{.expression = "lower(body)"}};
  EXPECT_FALSE(Ours().AdaptIndex(index, table));
}

TEST(MysqlDdl, NamesStayWithinSixtyFourCharacters) {
  const std::string name = DerivedName(ShadowPrefix(), std::string(60, 'x') + "é", "run");
  EXPECT_EQ(name.size(), 64u);
  EXPECT_TRUE(name.starts_with("_miq_new_"));
  EXPECT_NE(DerivedName(ShadowPrefix(), std::string(80, 'x') + "1", "run"),
            DerivedName(ShadowPrefix(), std::string(80, 'x') + "2", "run"));
  EXPECT_EQ(ShortenName(std::string(64, 'x')), std::string(64, 'x'));
  std::string umlauts;
  for (int i = 0; i < 64; ++i) umlauts += "ü";
  EXPECT_EQ(ShortenName(umlauts), umlauts);
}

TEST(MysqlCatalogColumn, DefaultsOfBothServers) {
  ColumnFacts facts{.name = "c", .data_type = "varchar", .column_type = "varchar(10)", .default_text = "'it''s'"};
  EXPECT_EQ(MakeColumn(facts, true).default_sql, "'it''s'");
  facts.default_text = "it's";
  EXPECT_EQ(MakeColumn(facts, false).default_sql, "'it''s'");
  facts.default_text = "NULL";
  EXPECT_EQ(MakeColumn(facts, true).default_sql, std::nullopt);
  EXPECT_EQ(MakeColumn(facts, false).default_sql, "'NULL'");
  facts.default_text = "uuid()";
  facts.extra = "DEFAULT_GENERATED";
  EXPECT_EQ(MakeColumn(facts, false).default_sql, "(uuid())");
  facts = {.name = "c", .data_type = "int", .column_type = "int", .default_text = "5"};
  EXPECT_EQ(MakeColumn(facts, false).default_sql, "5");
  facts = {.name = "c", .data_type = "datetime", .column_type = "datetime(6)", .default_text = "CURRENT_TIMESTAMP(6)"};
  facts.extra = "DEFAULT_GENERATED on update CURRENT_TIMESTAMP(6)";
  EXPECT_EQ(MakeColumn(facts, false).default_sql, "CURRENT_TIMESTAMP(6)");
  EXPECT_TRUE(MakeColumn(facts, false).on_update_now);
}

TEST(MysqlCatalogColumn, CollationsAndJson) {
  ColumnFacts facts{.name = "c", .data_type = "varchar", .column_type = "varchar(10)", .charset = "utf8mb4"};
  facts.collation = "utf8mb4_0900_as_ci";
  const CatalogColumn modern = MakeColumn(facts, false);
  EXPECT_TRUE(modern.case_insensitive && !modern.accent_insensitive && !modern.pad_space);
  facts.collation = "utf8mb4_bin";
  const CatalogColumn binary = MakeColumn(facts, true);
  EXPECT_TRUE(!binary.case_insensitive && binary.pad_space);
  facts = {.name = "c", .data_type = "longtext", .column_type = "longtext", .json_check = true};
  EXPECT_EQ(MakeColumn(facts, true).native, "json");
  EXPECT_FALSE(MakeColumn(facts, true).type.parsed);
}

TEST(MysqlKeyRange, CompositeKeysAreWrittenOut) {
  const std::vector<KeyColumn> key = {{"a", KeyForm::kNumber, true, "", ""},
                                      {"b", KeyForm::kText, false, "latin1", "latin1_swedish_ci"}};
  EXPECT_EQ(KeyAtLeast(key, {"1", "41"}), "`a` >= 1 AND (`a` > 1 OR (`b` >= _latin1 X'41' COLLATE latin1_swedish_ci))");
  EXPECT_EQ(KeyBelow(key, {"1", "41"}), "`a` <= 1 AND (`a` < 1 OR (`b` < _latin1 X'41' COLLATE latin1_swedish_ci))");
  EXPECT_EQ(KeyRange(key, std::nullopt, std::nullopt), "");
}

TEST(MysqlKeyRange, OnlyWholeExactKeysAreWalked) {
  Table table = Wide();
  EXPECT_TRUE(ChooseKey(table).empty());
  table.indexes.push_back({.name = "u", .unique = true, .parts = {{.column = "id", .descending = true}}});
  EXPECT_TRUE(ChooseKey(table).empty());
  table.indexes[0].parts[0].descending = false;
  EXPECT_EQ(ChooseKey(table).size(), 1u);
  table.columns[1].nullable = true;
  EXPECT_TRUE(ChooseKey(table).empty());
}

TEST(MysqlServerRewrite, CollationsOutsideQuotes) {
  const ServerKind mysql{.mariadb = false, .version = 80030}, old{.mariadb = true, .version = 100600};
  EXPECT_EQ(
      RewriteForServer("a COLLATE utf8mb4_nopad_bin COMMENT 'utf8mb4_nopad_bin \\' x' `utf8mb4_nopad_bin`", mysql),
      "a COLLATE utf8mb4_0900_bin COMMENT 'utf8mb4_nopad_bin \\' x' `utf8mb4_nopad_bin`");
  EXPECT_EQ(RewriteForServer("COLLATE utf8mb4_0900_ai_ci", old), "COLLATE utf8mb4_unicode_nopad_ci");
  EXPECT_EQ(RewriteForServer("COLLATE utf8mb4_uca1400_as_ci", old), "COLLATE utf8mb4_nopad_bin");
  EXPECT_EQ(RewriteForServer("COLLATE utf8mb4_nopad_bin 'open", old), "COLLATE utf8mb4_nopad_bin 'open");
}

}  // namespace
}  // namespace migrateiq::mysql
