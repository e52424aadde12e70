#include <gtest/gtest.h>

#include "pipeline/connector/connector.hpp"
#include "pipeline/schema/convert.hpp"

/// Conversions between the real dialects, described as text: what a reader of the target would see.
namespace migrateiq {
namespace {

const Dialect* Find(std::string_view scheme) {
  const auto connector = Registry::Instance().Find(scheme);
  return connector ? &(*connector)->dialect() : nullptr;
}

std::string Describe(const CatalogColumn& column) {
  std::string text = "  " + column.name + " " + column.native + (column.nullable ? "" : " not null");
  if (column.default_sql) text += " default " + *column.default_sql;
  if (column.IsGenerated()) text += " as " + column.generated_sql;
  if (column.identity != Identity::kNone) text += " identity";
  return text + "\n";
}

std::string Describe(const Index& index) {
  std::string text = index.unique ? "  unique " : "  index ";
  text += index.name + " (";
  for (const IndexPart& part : index.parts) {
    text += (text.back() == '(' ? "" : ", ") + (part.column.empty() ? "(" + part.expression + ")" : part.column);
  }
  return text + ")" + (index.where.empty() ? "" : " where " + index.where) + "\n";
}

std::string Describe(const ConvertedTable& table) {
  std::string text = table.target.name.ToString() + "\n";
  for (const CatalogColumn& column : table.target.columns) text += Describe(column);
  for (const Index& index : table.target.indexes) text += Describe(index);
  for (const Check& check : table.target.checks) text += "  check " + check.name + " " + check.expression + "\n";
  for (const ForeignKey& key : table.target.foreign_keys)
    text += "  foreign key " + key.name + " " + key.parent.ToString() + "\n";
  for (const ObjectReport& object : table.objects) {
    if (object.status != "created") text += "  " + object.status + " " + object.kind + " " + object.name + "\n";
  }
  return text;
}

std::string Describe(const Catalog& catalog, const Dialect& from, const Dialect& to) {
  const auto converted = ConvertCatalog(catalog, from, to, {});
  if (!converted) return converted.error().ToString();
  std::string text;
  for (const ConvertedTable& table : converted->tables) text += Describe(table);
  return text;
}

CatalogColumn Column(const Dialect& dialect, std::string name, std::string native, bool nullable = false,
                     std::optional<std::string> default_sql = {}) {
  auto type = dialect.ParseType(native);
  EXPECT_TRUE(type) << native;
  CatalogColumn column{.name = std::move(name), .native = std::move(native)};
  if (type) column.type = std::move(*type);
  column.nullable = nullable;
  column.default_sql = std::move(default_sql);
  return column;
}

Index Key(std::string name, std::vector<std::string> columns, bool unique) {
  Index index{.name = std::move(name), .unique = unique, .constraint = unique};
  for (std::string& column : columns) index.parts.push_back({.column = std::move(column)});
  return index;
}

/// After MariaDB's rental shop sample.
Catalog RentalShop(const Dialect& mysql) {
  const auto column = [&mysql](auto&&... arguments) {
    return Column(mysql, std::forward<decltype(arguments)>(arguments)...);
  };
  Table language{.name = {"", "language"}};
  language.columns = {column("language_id", "tinyint(3) unsigned"), column("name", "char(20)"),
                      column("last_update", "timestamp", false, "current_timestamp()")};
  language.columns[0].identity = Identity::kByDefault;
  language.columns[2].on_update_now = true;
  language.primary_key = Key("PRIMARY", {"language_id"}, true);

  Table film{.name = {"", "film"}};
  film.columns = {column("film_id", "smallint(5) unsigned"),
                  column("title", "varchar(128)"),
                  column("language_id", "tinyint(3) unsigned"),
                  column("rental_rate", "decimal(4,2)", false, "4.99"),
                  column("rating", "enum('G','PG','R')", true, "'G'"),
                  column("features", "set('Trailers','Deleted Scenes')", true),
                  column("released", "date", false, "'0000-00-00'"),
                  column("gross", "decimal(5,2)", true),
                  column("tag", "varchar(40)", true)};
  film.columns[7].generated_sql = "`rental_rate` * 1.2";
  film.columns[8].generated_sql = "concat(`title`,'-',`language_id`)";
  film.primary_key = Key("PRIMARY", {"film_id"}, true);
  film.indexes = {Key("idx_title", {"title"}, false)};
  film.checks = {{"rate", "`rental_rate` > 0 and `rental_rate` < 100"}, {"name", "`title` regexp '^[A-Z]'"}};
  film.foreign_keys = {
      {.name = "fk_language", .columns = {"language_id"}, .parent = language.name, .parent_columns = {"language_id"}}};
  return {.tables = {film, language}};
}

TEST(SchemaConversion, TakesTheRentalShopToPostgres) {
  const Dialect* mysql = Find("mysql");
  const Dialect* postgres = Find("postgresql");
  if (mysql == nullptr || postgres == nullptr) GTEST_SKIP() << "needs the mysql and postgresql connectors";
  EXPECT_EQ(Describe(RentalShop(*mysql), *mysql, *postgres),
            "public.language\n"
            "  language_id smallint not null identity\n"
            "  name char(20) not null\n"
            "  last_update timestamptz(0) not null default CURRENT_TIMESTAMP\n"
            "  manual column language.last_update\n"
            "public.film\n"
            "  film_id integer not null\n"
            "  title varchar(128) not null\n"
            "  language_id smallint not null\n"
            "  rental_rate numeric(4,2) not null default 4.99\n"
            "  rating text default 'G'\n"
            "  features text\n"
            "  released date\n"
            "  gross numeric(5,2) as \"rental_rate\" * 1.2\n"
            "  tag varchar(40) as \"title\" || '-' || \"language_id\"::text\n"
            "  index idx_title (title)\n"
            "  check film_rating_check \"rating\" IN ('G', 'PG', 'R', '')\n"
            "  check rate (\"rental_rate\" > 0) AND (\"rental_rate\" < 100)\n"
            "  foreign key fk_language public.language\n"
            "  manual default film.released\n"
            "  manual check name\n");
}

TEST(SchemaConversion, TakesTheRentalShopToSqlite) {
  const Dialect* mysql = Find("mysql");
  const Dialect* sqlite = Find("sqlite");
  if (mysql == nullptr || sqlite == nullptr) GTEST_SKIP() << "needs the mysql and sqlite connectors";
  const std::string text = Describe(RentalShop(*mysql), *mysql, *sqlite);
  EXPECT_NE(text.find("language_id INTEGER not null identity"), std::string::npos) << text;
  EXPECT_NE(text.find("default CURRENT_TIMESTAMP"), std::string::npos) << text;
  EXPECT_NE(text.find("check film_rating_check \"rating\" IN ('G', 'PG', 'R', '')"), std::string::npos) << text;
  EXPECT_NE(text.find("index idx_title (title)"), std::string::npos) << text;
}

/// What pg_catalog prints for a small shop.
Catalog OrderDesk(const Dialect& postgres) {
  const auto column = [&postgres](auto&&... arguments) {
    return Column(postgres, std::forward<decltype(arguments)>(arguments)...);
  };
  Table customer{.name = {"public", "customer"}};
  customer.columns = {column("id", "integer"),
                      column("email", "character varying(80)"),
                      column("active", "boolean", false, "true"),
                      column("joined", "timestamp with time zone", false, "now()"),
                      column("notes", "text", true, "'none'::text"),
                      column("status", "character varying(10)", false, "'new'::character varying")};
  customer.columns[0].identity = Identity::kByDefault;
  customer.primary_key = Key("customer_pkey", {"id"}, true);
  customer.indexes = {Key("customer_email_key", {"email"}, true)};
  Index partial = Key("customer_active", {"joined"}, false);
  partial.where = "active";
  customer.indexes.push_back(partial);
  customer.checks = {{"customer_email_check", "((email)::text ~~ '%@%'::text)"},
                     {"customer_status_check",
                      "((status)::text = ANY ((ARRAY['new'::character varying, 'old'::character varying])::text[]))"},
                     {"customer_notes_check", "(notes ~ '^[a-z]'::text)"}};
  return {.tables = {customer}};
}

TEST(SchemaConversion, TakesTheOrderDeskToMySql) {
  const Dialect* mysql = Find("mysql");
  const Dialect* postgres = Find("postgresql");
  if (mysql == nullptr || postgres == nullptr) GTEST_SKIP() << "needs the mysql and postgresql connectors";
  EXPECT_EQ(Describe(OrderDesk(*postgres), *postgres, *mysql),
            "customer\n"
            "  id int not null identity\n"
            "  email varchar(80) not null\n"
            "  active tinyint(1) not null default 1\n"
            "  joined datetime(6) not null default current_timestamp(6)\n"
            "  notes longtext default ('none')\n"
            "  status varchar(10) not null default 'new'\n"
            "  unique customer_email_key (email)\n"
            "  check customer_email_check `email` LIKE '%@%'\n"
            "  check customer_status_check `status` IN ('new', 'old')\n"
            "  manual index customer_active\n"
            "  manual check customer_notes_check\n");
}

TEST(SchemaConversion, LeavesASystemToItself) {
  const Dialect* postgres = Find("postgresql");
  if (postgres == nullptr) GTEST_SKIP() << "needs the postgresql connector";
  const Catalog catalog = OrderDesk(*postgres);
  const auto converted = ConvertCatalog(catalog, *postgres, *postgres, {});
  ASSERT_TRUE(converted);
  const Table& table = converted->tables[0].target;
  EXPECT_EQ(table.checks[2].expression, "(notes ~ '^[a-z]'::text)");
  EXPECT_EQ(table.indexes[1].where, "active");
  EXPECT_EQ(table.columns[5].default_sql, "'new'::character varying");
  EXPECT_EQ(table.primary_key->name, "customer_pkey");
  EXPECT_TRUE(converted->tables[0].objects.empty());
}

}  // namespace
}  // namespace migrateiq
