#include <chrono>

#include "connectors/sqlite/sqlite_create_parser.hpp"
#include "connectors/sqlite/sqlite_test_support.hpp"

namespace migrateiq::sqlite {
namespace {

class SqliteCatalogTest : public SqliteTest {};

TEST_F(SqliteCatalogTest, KeysIndexesAndConstraints) {
  Sql(R"(CREATE TABLE Customers (id INTEGER PRIMARY KEY AUTOINCREMENT, email VARCHAR(40) COLLATE NOCASE NOT NULL,
           code TEXT DEFAULT "x", made DATETIME DEFAULT (datetime('now')), absent TEXT DEFAULT NULL,
           CONSTRAINT uq_email UNIQUE (email), CHECK (length(code) > 0));
         CREATE TABLE orders (num INT, line INT, customer INTEGER REFERENCES customers ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
           total DECIMAL(10,2), twice AS (total * 2) STORED, low TEXT GENERATED ALWAYS AS (lower(num)) VIRTUAL,
           CONSTRAINT pk PRIMARY KEY (num, line DESC) CONSTRAINT positive CHECK (total >= 0)) WITHOUT ROWID;
         CREATE INDEX big ON orders (total DESC, lower(num) COLLATE NOCASE) WHERE total > 1000;
         INSERT INTO Customers (id, email) VALUES (41, 'a@b');
         DELETE FROM Customers)");
  const Table customers = DiscoverTable("Customers");
  const Table orders = DiscoverTable("orders");
  EXPECT_EQ(customers.columns[0].identity, Identity::kByDefault);
  EXPECT_EQ(customers.columns[0].identity_next, "42");
  EXPECT_TRUE(customers.columns[1].case_insensitive);
  EXPECT_FALSE(customers.columns[1].nullable);
  EXPECT_EQ(customers.columns[2].default_sql, "'x'");
  EXPECT_EQ(customers.columns[3].default_sql, "CURRENT_TIMESTAMP");
  EXPECT_FALSE(customers.columns[4].default_sql.has_value());
  ASSERT_EQ(customers.indexes.size(), 1U);
  EXPECT_EQ(customers.indexes[0].name, "uq_email");
  EXPECT_TRUE(customers.indexes[0].constraint);
  ASSERT_EQ(customers.checks.size(), 1U);
  EXPECT_EQ(customers.checks[0].expression, "length(code) > 0");

  EXPECT_TRUE(orders.without_rowid);
  ASSERT_TRUE(orders.primary_key);
  EXPECT_EQ(orders.primary_key->name, "pk");
  EXPECT_TRUE(orders.primary_key->parts[1].descending);
  EXPECT_EQ(orders.columns[4].generated_sql, "total * 2");
  EXPECT_TRUE(orders.columns[4].generated_stored);
  EXPECT_EQ(orders.columns[5].generated_sql, "lower(num)");
  EXPECT_FALSE(orders.columns[5].generated_stored);
  ASSERT_EQ(orders.foreign_keys.size(), 1U);
  EXPECT_EQ(orders.foreign_keys[0].parent.name, "Customers");
  EXPECT_EQ(orders.foreign_keys[0].parent_columns, std::vector<std::string>{"id"});
  EXPECT_EQ(orders.foreign_keys[0].on_delete, FkAction::kCascade);
  EXPECT_TRUE(orders.foreign_keys[0].initially_deferred);
  ASSERT_EQ(orders.indexes.size(), 1U);
  EXPECT_EQ(orders.indexes[0].where, "total > 1000");
  EXPECT_TRUE(orders.indexes[0].parts[0].descending);
  EXPECT_EQ(orders.indexes[0].parts[1].expression, "lower(num)");
  EXPECT_EQ(orders.indexes[0].parts[1].collation, "NOCASE");
  EXPECT_EQ(orders.checks[0].name, "positive");
}

TEST_F(SqliteCatalogTest, DescendingKeyIsNoRowid) {
  Sql("CREATE TABLE a (id INTEGER PRIMARY KEY DESC, x); CREATE TABLE b (id INT PRIMARY KEY, x)");
  EXPECT_EQ(DiscoverTable("a").columns[0].identity, Identity::kNone);
  EXPECT_EQ(DiscoverTable("b").columns[0].identity, Identity::kNone);
}

TEST_F(SqliteCatalogTest, OthersAreListedOursAndShadowsAreNot) {
  Sql(R"(CREATE TABLE t (x); CREATE VIEW v AS SELECT x FROM t;
         CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t WHERE 0; END;
         CREATE VIRTUAL TABLE f USING fts5(body); CREATE VIRTUAL TABLE r USING rtree(id, x0, x1);
         CREATE TABLE migrateiq_chunk (x); CREATE TABLE migrateiq_journal (x))");
  const Catalog catalog = Discover();
  ASSERT_EQ(catalog.tables.size(), 1U);
  std::string kinds;
  for (const OtherObject& other : catalog.others) kinds += other.kind + ":" + other.name + " ";
  EXPECT_EQ(kinds, "view:v trigger:g virtual table:f virtual table:r ");
}

TEST_F(SqliteCatalogTest, TwoThousandTablesAreQuick) {
  std::string sql = "BEGIN;";
  for (int i = 0; i < 2000; ++i) {
    const std::string n = std::to_string(i);
    sql += "CREATE TABLE t" + n +
           " (id INTEGER PRIMARY KEY, a TEXT, b INT REFERENCES t0, CHECK (a <> ''));"
           "CREATE INDEX i" +
           n + " ON t" + n + " (a);";
  }
  Sql(sql + "COMMIT");
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(Discover().tables.size(), 2000U);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST_F(SqliteCatalogTest, OddNamesAndTexts) {
  Sql("CREATE TABLE \"we\"\"ird, (t)\" ([a b] TEXT /* ) , */, `c``d` INT -- , CHECK (0)\n, \"check\" TEXT DEFAULT ') "
      "CHECK (',"
      " 'order' NUMERIC(10,\n2) CHECK (\"order\" <> 1) UNIQUE)");
  const Table table = DiscoverTable("we\"ird, (t)");
  ASSERT_EQ(table.columns.size(), 4U);
  EXPECT_EQ(table.columns[1].name, "c`d");
  EXPECT_EQ(table.columns[2].default_sql, "') CHECK ('");
  EXPECT_EQ(table.columns[3].type, LogicalType::Decimal(10, 2));
  ASSERT_EQ(table.checks.size(), 1U);
  EXPECT_EQ(table.checks[0].expression, "\"order\" <> 1");
}

TEST(SqliteCreateParser, ForeignKeysInOrder) {
  const ParsedTable table = ParseCreateTable(
      "CREATE TABLE t(a REFERENCES p(x) NOT DEFERRABLE NOT NULL, b CONSTRAINT fkb REFERENCES p ON UPDATE SET NULL "
      "MATCH FULL "
      "DEFERRABLE, CONSTRAINT fkc FOREIGN KEY (a, b) REFERENCES q (c, d) DEFERRABLE INITIALLY IMMEDIATE)");
  ASSERT_EQ(table.foreign_keys.size(), 3U);
  EXPECT_FALSE(table.foreign_keys[0].deferrable);
  EXPECT_EQ(table.foreign_keys[1].name, "fkb");
  EXPECT_TRUE(table.foreign_keys[1].deferrable);
  EXPECT_EQ(table.foreign_keys[2].name, "fkc");
  EXPECT_FALSE(table.foreign_keys[2].initially_deferred);
}

TEST(SqliteCreateParser, BrokenTextIsSurvived) {
  for (const char* sql :
       {"", "CREATE TABLE", "CREATE TABLE t(", "CREATE TABLE t(a CHECK (", "CREATE INDEX i ON t(a", "(((", "'"}) {
    ParseCreateTable(sql);
    ParseCreateIndex(sql);
  }
}

}  // namespace
}  // namespace migrateiq::sqlite
