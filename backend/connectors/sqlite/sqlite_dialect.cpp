#include "connectors/sqlite/sqlite_dialect.hpp"

#include <algorithm>

#include "base/errors/plan.hpp"
#include "connectors/sqlite/sqlite_names.hpp"
#include "connectors/sqlite/sqlite_types.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/schema/expression.hpp"

namespace migrateiq::sqlite {

namespace {

bool IsRowidKey(const TypeContext& context, const CatalogColumn& column) {
  if (context.table == nullptr || !context.table->primary_key) return false;
  const std::vector<IndexPart>& parts = context.table->primary_key->parts;
  return parts.size() == 1 && parts.front().column == column.name && IsInteger(column.type.kind);
}

void AddNote(std::string& note, std::string_view more) {
  if (!note.empty()) note += "; ";
  note += more;
}

std::expected<Index, std::string> AdaptMethod(Index index) {
  const std::string method = Upper(index.method);
  if (method != "BTREE" && method != "HASH" && !method.empty()) {
    return std::unexpected("SQLite has no " + index.method + " indexes");
  }
  index.method = "btree";
  return index;
}

/// A unique index over a prefix must stay one; any other index may as well cover the whole column.
void AdaptPrefix(IndexPart& part, bool unique) {
  if (part.prefix > 0 && unique) {
    part.expression = "substr(" + QuoteName(part.column) + ", 1, " + std::to_string(part.prefix) + ")";
    part.column.clear();
  }
  part.prefix = 0;
}

void AdaptPart(IndexPart& part, bool unique) {
  AdaptPrefix(part, unique);
  part.nulls_first.reset();
  part.opclass.clear();
  const bool known =
      SameName(part.collation, "NOCASE") || SameName(part.collation, "RTRIM") || SameName(part.collation, "BINARY");
  if (!known) part.collation.clear();
}

constexpr std::string_view kOwnPrefix = "sqlite_";

ExpressionRules MakeRules() {
  ExpressionRules rules;
  rules.has_boolean = false;
  rules.expression_default_needs_parens = true;
  for (const char* same : {"lower", "upper", "length", "trim", "ltrim", "rtrim", "substr", "replace", "coalesce",
                           "nullif", "abs", "round", "date", "json_valid"}) {
    rules.functions[same] = std::string(same) + "($*)";
  }
  rules.functions["char_length"] = "length($1)";
  rules.functions["octet_length"] = "length(CAST($1 AS BLOB))";
  rules.functions["ifnull"] = "coalesce($1, $2)";
  rules.functions["concat"] = "($1 || $2)";
  rules.functions["mod"] = "($1 % $2)";
  rules.functions["now"] = "CURRENT_TIMESTAMP";
  rules.functions["utc_now"] = "CURRENT_TIMESTAMP";
  rules.functions["current_date"] = "CURRENT_DATE";
  rules.functions["current_time"] = "CURRENT_TIME";
  rules.functions["unix_now"] = "CAST(strftime('%s', 'now') AS INTEGER)";
  const std::pair<const char*, const char*> fields[] = {{"year", "%Y"}, {"month", "%m"},  {"day", "%d"},
                                                        {"hour", "%H"}, {"minute", "%M"}, {"second", "%S"}};
  for (const auto& [field, format] : fields) {
    rules.functions[field] = "CAST(strftime('" + std::string(format) + "', $1) AS INTEGER)";
  }
  rules.functions["uuid"] =
      "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || "
      "substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))";
  rules.aliases = {{"ifnull", "coalesce"},
                   {"substring", "substr"},
                   {"current_timestamp", "now"},
                   {"current_date", "current_date"},
                   {"current_time", "current_time"}};
  rules.cast_types = {{"text", "TEXT"},       {"integer", "INTEGER"}, {"bigint", "INTEGER"},
                      {"decimal", "NUMERIC"}, {"double", "REAL"},     {"binary", "BLOB"}};
  return rules;
}

}  // namespace

std::string SqliteDialect::PossibleTable(std::string_view name) const {
  const bool taken = SameName(name.substr(0, kOwnPrefix.size()), kOwnPrefix);
  return (taken ? "_" : "") + std::string(name);
}

std::string SqliteDialect::Quote(std::string_view identifier) const { return QuoteName(identifier); }

std::string SqliteDialect::QuoteLiteral(std::string_view text) const {
  if (text.find('\0') == std::string_view::npos) return QuoteText(text);
  std::string hex;
  text::AppendHex(hex, text);
  return "CAST(x'" + hex + "' AS TEXT)";
}

TypeChoice SqliteDialect::ChooseType(const CatalogColumn& source, const TypeContext& context) const {
  // Its own declared types are kept; what the source's values made of the column's type is kept with them.
  if (context.source_dialect == name()) return {.native = source.native, .type = source.type};
  const bool rowid_key =
      source.identity != Identity::kNone && IsRowidKey(context, source) && source.type.kind != TypeKind::kUInt64;
  NativeType native = rowid_key ? NativeType{"INTEGER", ""} : NativeFor(source.type);
  if (source.identity != Identity::kNone && !rowid_key) {
    AddNote(native.note, "SQLite numbers rows only in a single integer primary key");
  }
  if (source.case_insensitive) AddNote(native.note, "COLLATE NOCASE ignores case for ASCII letters only");
  LogicalType type = TypeOfDeclared(native.native);
  return {.native = std::move(native.native), .type = std::move(type), .note = std::move(native.note)};
}

Result<LogicalType> SqliteDialect::ParseType(std::string_view native) const {
  if (auto known = KnownType(native)) return *known;
  return Fail(codes::kSchemaType, "'" + std::string(native) + "' is not a type that SQLite columns are declared with");
}

const ExpressionRules& SqliteDialect::expressions() const {
  static const ExpressionRules rules = MakeRules();
  return rules;
}

/// Values have types of their own: a column's name for its type promises nothing. Dates are texts or numbers, and
/// decimals may be texts.
const ValueSql* SqliteDialect::value_sql() const {
  static const ValueSql sql = {.text = "CAST($1 AS TEXT) COLLATE BINARY",
                               .text_odd = "typeof($1) = 'blob'",
                               .integer_odd = "typeof($1) <> 'integer'",
                               .number_odd = "typeof($1) NOT IN ('integer', 'real')",
                               .unordered = "",
                               .moment_odd = "",
                               .decimals = false,
                               .moments = false,
                               .longest_key = 0,
                               .regex = "",
                               .regex_end = "",
                               .alone = ""};
  return &sql;
}

std::expected<Index, std::string> SqliteDialect::AdaptIndex(const Index& index, const Table&) const {
  auto adapted = AdaptMethod(index);
  if (!adapted) return adapted;
  if (index.unique && index.nulls_not_distinct)
    return std::unexpected("SQLite lets NULLs repeat in every unique index");
  for (IndexPart& part : adapted->parts) AdaptPart(part, index.unique);
  if (!index.unique) {
    for (const std::string& column : index.include) adapted->parts.push_back({.column = column});
  }
  const bool expression =
      std::ranges::any_of(adapted->parts, [](const IndexPart& part) { return part.column.empty(); });
  if (expression || !adapted->where.empty()) adapted->constraint = false;
  adapted->include.clear();
  adapted->deferrable = adapted->initially_deferred = false;
  return adapted;
}

std::string SqliteDialect::DropTable(const TableName& table) const { return "DROP TABLE IF EXISTS " + Quote(table); }

const SqliteDialect& TheDialect() {
  static const SqliteDialect dialect;
  return dialect;
}

}  // namespace migrateiq::sqlite
