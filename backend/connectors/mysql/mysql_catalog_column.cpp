#include <algorithm>

#include "connectors/mysql/mysql_catalog.hpp"
#include "connectors/mysql/mysql_dialect.hpp"

namespace migrateiq::mysql {

namespace {

bool Has(std::string_view extra, std::string_view word) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  return !std::ranges::search(extra, word, same).empty();
}

/// MySQL prints literals bare: 'abc' as abc, and says DEFAULT_GENERATED for expressions.
std::string MysqlDefault(const std::string& text, const ColumnFacts& facts) {
  if (Has(facts.extra, "DEFAULT_GENERATED")) { return text.starts_with("CURRENT_TIMESTAMP") ? text : "(" + text + ")"; }
  static constexpr std::string_view kBare[] = {"tinyint", "smallint", "mediumint", "int",  "bigint",
                                               "decimal", "float",    "double",    "year", "bit"};
  const bool bare = std::ranges::find(kBare, facts.data_type) != std::end(kBare);
  return bare || text.starts_with("CURRENT_TIMESTAMP") ? text : QuoteText(text);
}

/// MariaDB prints SQL; a default of NULL is printed as the word.
std::optional<std::string> DefaultSql(const ColumnFacts& facts, bool mariadb) {
  if (!facts.default_text || Has(facts.extra, "auto_increment") || !facts.generation.empty()) return std::nullopt;
  if (!mariadb) return MysqlDefault(*facts.default_text, facts);
  if (*facts.default_text == "NULL") return std::nullopt;
  return facts.default_text;
}

void SetCollation(CatalogColumn& column, const ColumnFacts& facts) {
  column.charset = facts.charset;
  column.collation = facts.collation;
  const std::string& collation = facts.collation;
  if (collation.empty() || collation == "binary") return;
  column.case_insensitive = collation.ends_with("_ci");
  column.accent_insensitive = column.case_insensitive && !collation.ends_with("_as_ci");
  column.pad_space = !collation.contains("nopad") && !collation.contains("_0900_");
}

std::string NoteFor(const ColumnFacts& facts) {
  if (facts.charset == "latin1") return "latin1 is read as Windows-1252, which is what the server means by it";
  if (facts.data_type == "year") return "year is read as a number";
  if (Has(facts.extra, "INVISIBLE")) return "an invisible column";
  return "";
}

}  // namespace

CatalogColumn MakeColumn(const ColumnFacts& facts, bool mariadb) {
  CatalogColumn column;
  column.name = facts.name;
  column.native = facts.json_check && facts.data_type == "longtext" ? "json" : facts.column_type;
  // A type that nobody has heard of is read as text: that is what the protocol sends.
  column.type = MysqlDialect::Instance().ParseType(column.native).value_or(LogicalType::String());
  if (column.type.kind == TypeKind::kJson) column.type.parsed = !mariadb;
  column.nullable = facts.nullable;
  column.default_sql = DefaultSql(facts, mariadb);
  column.generated_sql = facts.generation;
  column.generated_stored = Has(facts.extra, "STORED") || Has(facts.extra, "PERSISTENT");
  if (Has(facts.extra, "auto_increment")) column.identity = Identity::kByDefault;
  column.on_update_now = Has(facts.extra, "on update current_timestamp");
  column.comment = facts.comment;
  SetCollation(column, facts);
  column.note = NoteFor(facts);
  return column;
}

}  // namespace migrateiq::mysql
