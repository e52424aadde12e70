#include <algorithm>

#include "connectors/mysql/mysql_dialect.hpp"
#include "connectors/mysql/mysql_session.hpp"

/// Statements that make a table. The primary key stands in CREATE TABLE, as InnoDB stores the rows in its order.
namespace migrateiq::mysql {

namespace {

std::string Lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

bool IsCurrentTimestamp(const std::string& lower) {
  const std::string_view name = std::string_view(lower).substr(0, lower.find('('));
  return name == "current_timestamp" || name == "now" || name == "localtimestamp" || name == "localtime";
}

/// A number, a string or NULL: what needs no parentheses behind DEFAULT.
bool IsLiteral(std::string_view sql) {
  if (sql.size() >= 2 && sql.front() == '\'' && sql.back() == '\'') return true;
  if ((sql.starts_with("b'") || sql.starts_with("x'")) && sql.ends_with('\'')) return true;
  return !sql.empty() && sql.find_first_not_of("+-.0123456789eE") == std::string_view::npos;
}

bool IsMoment(const CatalogColumn& column) {
  const std::string base = ParseNative(column.native).base;
  return base == "datetime" || base == "timestamp";
}

/// CURRENT_TIMESTAMP with the column's own precision, as the server insists on.
std::string Now(const CatalogColumn& column) {
  const std::vector<std::string> arguments = ParseNative(column.native).arguments;
  return arguments.empty() || arguments[0] == "0" ? "CURRENT_TIMESTAMP" : "CURRENT_TIMESTAMP(" + arguments[0] + ")";
}

std::string DefaultClause(const CatalogColumn& column) {
  const std::string& sql = *column.default_sql;
  const std::string lower = Lower(sql);
  if (lower == "null") return column.nullable ? " DEFAULT NULL" : "";
  if (IsCurrentTimestamp(lower) && IsMoment(column)) return " DEFAULT " + Now(column);
  const bool large = IsLargeObject(ParseNative(column.native));
  const bool wrapped = sql.starts_with('(') && sql.ends_with(')');
  if ((IsLiteral(sql) && !large) || wrapped || lower == "true" || lower == "false") return " DEFAULT " + sql;
  return " DEFAULT (" + sql + ")";
}

std::string GeneratedClause(const CatalogColumn& column) {
  return " GENERATED ALWAYS AS (" + column.generated_sql + ")" + (column.generated_stored ? " STORED" : " VIRTUAL");
}

bool CanCount(const CatalogColumn& column) {
  return column.identity != Identity::kNone && !column.IsGenerated() && IsInteger(column.type.kind);
}

/// MySQL allows one AUTO_INCREMENT column.
const CatalogColumn* CountingColumn(const Table& table) {
  const auto found = std::ranges::find_if(table.columns, CanCount);
  return found == table.columns.end() ? nullptr : &*found;
}

std::string Comment(const std::string& text) { return text.empty() ? "" : " COMMENT " + QuoteText(text); }

std::string ColumnDefinition(const CatalogColumn& column, bool counts) {
  std::string sql = QuoteName(column.name) + " " + column.native;
  if (column.IsGenerated()) return sql + GeneratedClause(column) + Comment(column.comment);
  // A nullable TIMESTAMP must say so: older servers make it NOT NULL otherwise.
  sql += column.nullable ? " NULL" : " NOT NULL";
  if (counts) return sql + " AUTO_INCREMENT" + Comment(column.comment);
  if (column.default_sql) sql += DefaultClause(column);
  if (column.on_update_now && IsMoment(column)) sql += " ON UPDATE " + Now(column);
  return sql + Comment(column.comment);
}

std::string PartSql(const IndexPart& part) {
  std::string sql = part.column.empty() ? "(" + part.expression + ")" : QuoteName(part.column);
  if (part.prefix > 0) sql += "(" + std::to_string(part.prefix) + ")";
  return part.descending ? sql + " DESC" : sql;
}

std::string PartsSql(const Index& index) {
  std::string sql = "(";
  for (const IndexPart& part : index.parts) sql += (sql.size() > 1 ? ", " : "") + PartSql(part);
  return sql + ")";
}

bool LeadsWith(const Index& index, const CatalogColumn& column) {
  return !index.parts.empty() && index.parts[0].column == column.name && index.parts[0].prefix == 0;
}

/// An index without a name gets one from its columns; PRIMARY is reserved.
std::string IndexName(const Index& index) {
  if (!index.name.empty() && Lower(index.name) != "primary") return ShortenName(index.name);
  std::string name = index.unique ? "uq" : "ix";
  for (const IndexPart& part : index.parts) name += "_" + (part.column.empty() ? "expr" : part.column);
  return ShortenName(name);
}

std::string IndexKind(const Index& index) {
  if (index.method == "fulltext") return "FULLTEXT ";
  if (index.method == "spatial") return "SPATIAL ";
  return index.unique ? "UNIQUE " : "";
}

/// The index that the AUTO_INCREMENT column needs at creation, when the primary key does not begin with it.
/// `made` is the one of table.indexes that is used for it, or null when one had to be thought up.
std::string CountingKey(const Table& table, const Index*& made) {
  made = nullptr;
  const CatalogColumn* column = CountingColumn(table);
  if (column == nullptr || (table.primary_key && LeadsWith(*table.primary_key, *column))) return "";
  for (const Index& index : table.indexes) {
    if (!LeadsWith(index, *column) || index.method != "btree") continue;
    made = &index;
    return IndexKind(index) + "KEY " + QuoteName(IndexName(index)) + " " + PartsSql(index);
  }
  return "KEY " + QuoteName(ShortenName("miq_auto_" + column->name)) + " (" + QuoteName(column->name) + ")";
}

/// Only a clause in MySQL's own words: with its partitions spelled out, or counted.
bool IsOurPartitioning(const std::string& text) {
  return text.starts_with("PARTITION BY ") && (text.contains("(PARTITION `") || text.contains(" PARTITIONS "));
}

std::string CreateTable(const Table& table) {
  const CatalogColumn* counting = CountingColumn(table);
  std::string sql = "CREATE TABLE " + QuoteName(table.name) + " (";
  for (const CatalogColumn& column : table.columns) {
    sql += (&column == &table.columns.front() ? "\n  " : ",\n  ") + ColumnDefinition(column, &column == counting);
  }
  if (table.primary_key) sql += ",\n  PRIMARY KEY " + PartsSql(*table.primary_key);
  const Index* made = nullptr;
  if (const std::string key = CountingKey(table, made); !key.empty()) sql += ",\n  " + key;
  const std::string collation = table.collation.empty() ? std::string(kBinaryCollation) : table.collation;
  sql += "\n) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET " + collation.substr(0, collation.find('_')) +
         " COLLATE " + collation;
  sql += Comment(table.comment);
  return IsOurPartitioning(table.partitioning) ? sql + " " + table.partitioning : sql;
}

DdlStep IndexStep(const Index& index, const Table& table) {
  const std::string sql = "CREATE " + IndexKind(index) + "INDEX " + QuoteName(IndexName(index)) + " ON " +
                          QuoteName(table.name) + " " + PartsSql(index) + Comment(index.comment);
  return {index.unique ? ObjectKind::kUnique : ObjectKind::kIndex, IndexName(index), table.name, {sql}};
}

DdlStep CheckStep(const Check& check, const Table& table) {
  const std::string name = check.name.empty() ? "" : "CONSTRAINT " + QuoteName(ShortenName(check.name)) + " ";
  const std::string sql = "ALTER TABLE " + QuoteName(table.name) + " ADD " + name + "CHECK (" + check.expression + ")";
  return {ObjectKind::kCheck, check.name, table.name, {sql}};
}

std::string Action(const char* event, FkAction action) {
  switch (action) {
    case FkAction::kCascade: return std::string(" ON ") + event + " CASCADE";
    case FkAction::kSetNull: return std::string(" ON ") + event + " SET NULL";
    case FkAction::kRestrict: return std::string(" ON ") + event + " RESTRICT";
    // InnoDB refuses SET DEFAULT; keeping the reference is the nearest that loses nothing.
    case FkAction::kSetDefault:
    case FkAction::kNoAction: break;
  }
  return "";
}

std::string NameList(const std::vector<std::string>& names) {
  std::string sql = "(";
  for (const std::string& name : names) sql += (sql.size() > 1 ? ", " : "") + QuoteName(name);
  return sql + ")";
}

/// Foreign key names are unique in a database: those of a shadow must not meet those of the table it will replace.
std::string ForeignKeyName(const ForeignKey& key, const Table& table) {
  std::string name = key.name;
  if (name.empty()) {
    name = "fk_" + table.name.name;
    for (const std::string& column : key.columns) name += "_" + column;
  }
  const bool shadow = table.name.name.starts_with(ShadowPrefix());
  return ShortenName(shadow ? name + "_" + table.name.name.substr(ShadowPrefix().size(), 8) : name);
}

DdlStep ForeignKeyStep(const ForeignKey& key, const Table& table) {
  const std::string name = ForeignKeyName(key, table);
  const std::string sql = "ALTER TABLE " + QuoteName(table.name) + " ADD CONSTRAINT " + QuoteName(name) +
                          " FOREIGN KEY " + NameList(key.columns) + " REFERENCES " + QuoteName(key.parent) + " " +
                          NameList(key.parent_columns) + Action("DELETE", key.on_delete) +
                          Action("UPDATE", key.on_update);
  return {ObjectKind::kForeignKey, name, table.name, {sql}};
}

}  // namespace

std::string MysqlDialect::ExistsQuery(const DdlStep& step) const {
  if (step.kind != ObjectKind::kSchema) return "";
  return "SELECT 1 FROM information_schema.schemata WHERE schema_name = " + QuoteText(step.name);
}

std::vector<DdlStep> MysqlDialect::CreateSteps(const Table& table) const {
  std::vector<DdlStep> steps;
  if (!table.name.schema.empty()) {
    const std::string sql = "CREATE DATABASE IF NOT EXISTS " + QuoteName(table.name.schema) + " CHARACTER SET utf8mb4";
    steps.push_back({ObjectKind::kSchema, table.name.schema, {}, {sql}});
  }
  steps.push_back({ObjectKind::kTable, table.name.ToString(), table.name, {CreateTable(table)}});
  return steps;
}

std::vector<DdlStep> MysqlDialect::IndexSteps(const Table& table) const {
  std::vector<DdlStep> steps;
  const Index* made = nullptr;
  CountingKey(table, made);
  for (const Index& index : table.indexes) {
    if (&index != made) steps.push_back(IndexStep(index, table));
  }
  for (const Check& check : table.checks) steps.push_back(CheckStep(check, table));
  return steps;
}

std::vector<DdlStep> MysqlDialect::ForeignKeySteps(const Table& table) const {
  std::vector<DdlStep> steps;
  for (const ForeignKey& key : table.foreign_keys) steps.push_back(ForeignKeyStep(key, table));
  return steps;
}

std::vector<DdlStep> MysqlDialect::FinishSteps(const Table& table) const {
  std::vector<DdlStep> steps;
  const CatalogColumn* counting = CountingColumn(table);
  const std::string name = QuoteName(table.name);
  // InnoDB counts past the rows by itself; the source may have counted further.
  if (counting != nullptr && counting->identity_next && IsLiteral(*counting->identity_next)) {
    const std::string sql = "ALTER TABLE " + name + " AUTO_INCREMENT = " + *counting->identity_next;
    steps.push_back({ObjectKind::kSequence, counting->name, table.name, {sql}});
  }
  steps.push_back({ObjectKind::kStatistics, table.name.ToString(), table.name, {"ANALYZE TABLE " + name}});
  return steps;
}

std::vector<DdlStep> MysqlDialect::SequenceSteps(const Sequence& sequence) const {
  const std::string name = QuoteName(sequence.name);
  std::string sql =
      "CREATE SEQUENCE IF NOT EXISTS " + name + " START WITH " + sequence.start + " INCREMENT BY " + sequence.increment;
  // MariaDB keeps the outermost value of bigint for itself.
  constexpr std::string_view kTop = "9223372036854775807", kBottom = "-9223372036854775808";
  if (!sequence.minimum.empty() && sequence.minimum != kBottom) sql += " MINVALUE " + sequence.minimum;
  if (!sequence.maximum.empty() && sequence.maximum != kTop) sql += " MAXVALUE " + sequence.maximum;
  if (sequence.cycle) sql += " CYCLE";
  DdlStep step{ObjectKind::kSequence, sequence.name.ToString(), sequence.name, {sql}};
  if (!sequence.next_value.empty()) {
    step.statements.push_back("SELECT SETVAL(" + name + ", " + sequence.next_value + ", 0)");
  }
  return {step};
}

}  // namespace migrateiq::mysql
