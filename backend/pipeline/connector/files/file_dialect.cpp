#include "pipeline/connector/files/file_dialect.hpp"

namespace migrateiq::files {

namespace {

std::string QuoteWith(char quote, std::string_view text) {
  std::string out(1, quote);
  for (const char c : text) out.append(c == quote ? 2 : 1, c);
  out += quote;
  return out;
}

/// Reads "a quoted name" and moves past it and the blanks behind.
std::optional<std::string> TakeQuoted(std::string_view& text) {
  if (!text.starts_with('"')) return std::nullopt;
  std::string name;
  size_t at = 1;
  for (;; ++at) {
    if (at >= text.size()) return std::nullopt;
    if (text[at] == '"' && (at + 1 >= text.size() || text[at + 1] != '"')) break;
    if (text[at] == '"') ++at;
    name += text[at];
  }
  text.remove_prefix(at + 1);
  while (text.starts_with(' ')) text.remove_prefix(1);
  return name;
}

std::optional<TableName> TakeTable(std::string_view& text) {
  std::optional<std::string> name = TakeQuoted(text);
  if (!name) return std::nullopt;
  if (!text.starts_with('.')) return TableName{.schema = "", .name = *name};
  text.remove_prefix(1);
  std::optional<std::string> second = TakeQuoted(text);
  if (!second) return std::nullopt;
  return TableName{.schema = *name, .name = *second};
}

/// Up to the ',' or ')' that is outside brackets and quotes.
std::string TakeType(std::string_view& text) {
  int depth = 0;
  bool quoted = false;
  size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\'') quoted = !quoted;
    if (quoted) continue;
    if (depth == 0 && (c == ',' || c == ')')) break;
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
  }
  std::string type(text.substr(0, at));
  text.remove_prefix(at);
  return type;
}

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

constexpr std::string_view kCreate = "CREATE TABLE ";
constexpr std::string_view kDrop = "DROP TABLE IF EXISTS ";

}  // namespace

std::string WriteCreate(const Table& table) {
  const FileDialect dialect("file", false);
  std::string out(kCreate);
  out += dialect.Quote(table.name) + " (";
  bool first = true;
  for (const CatalogColumn& column : table.columns) {
    if (!first) out += ", ";
    first = false;
    out += dialect.Quote(column.name) + " " + FormatType(column.type);
  }
  return out + ")";
}

std::optional<CreateStatement> ParseCreate(std::string_view statement) {
  CreateStatement create;
  if (!TakePrefix(statement, kCreate)) return std::nullopt;
  std::optional<TableName> table = TakeTable(statement);
  if (!table || !TakePrefix(statement, "(")) return std::nullopt;
  create.table = *std::move(table);
  while (!statement.starts_with(')')) {
    std::optional<std::string> name = TakeQuoted(statement);
    if (!name) return std::nullopt;
    create.columns.emplace_back(*std::move(name), TakeType(statement));
    if (statement.empty()) return std::nullopt;
    TakePrefix(statement, ", ");
  }
  return create;
}

std::optional<TableName> ParseDrop(std::string_view statement) {
  if (!TakePrefix(statement, kDrop)) return std::nullopt;
  std::optional<TableName> table = TakeTable(statement);
  return statement.empty() ? table : std::nullopt;
}

std::string FileDialect::Quote(std::string_view identifier) const { return QuoteWith('"', identifier); }
std::string FileDialect::QuoteLiteral(std::string_view text) const { return QuoteWith('\'', text); }

TypeChoice FileDialect::ChooseType(const CatalogColumn& source, const TypeContext&) const {
  LogicalType type = source.type;
  if (type.kind == TypeKind::kJson && parsed_json_) type.parsed = true;
  std::string native = FormatType(type);
  return {.native = std::move(native), .type = std::move(type)};
}

Result<LogicalType> FileDialect::ParseType(std::string_view native) const {
  Result<LogicalType> type = ParseTypeName(native);
  if (type && type->kind == TypeKind::kJson && parsed_json_) type->parsed = true;
  return type;
}

const ExpressionRules& FileDialect::expressions() const {
  static const ExpressionRules rules;
  return rules;
}

std::expected<Index, std::string> FileDialect::AdaptIndex(const Index&, const Table&) const {
  return std::unexpected(std::string("files have no keys and no indexes"));
}

std::vector<DdlStep> FileDialect::CreateSteps(const Table& table) const {
  return {{.kind = ObjectKind::kTable,
           .name = table.name.ToString(),
           .table = table.name,
           .statements = {WriteCreate(table)}}};
}

std::string FileDialect::DropTable(const TableName& table) const { return std::string(kDrop) + Quote(table); }

}  // namespace migrateiq::files
