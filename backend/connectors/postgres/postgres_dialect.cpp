#include "connectors/postgres/postgres_dialect.hpp"

#include <algorithm>
#include <array>

#include "base/errors/plan.hpp"
#include "connectors/postgres/postgres_session.hpp"
#include "connectors/postgres/postgres_types.hpp"

namespace migrateiq::postgres {

const PostgresDialect& PostgresDialect::Instance() {
  static const PostgresDialect dialect;
  return dialect;
}

std::string PostgresDialect::PossibleColumn(std::string_view name) const {
  constexpr std::array<std::string_view, 6> kSystem = {"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"};
  const bool taken = name.empty() || std::ranges::find(kSystem, name) != kSystem.end();
  return std::string(name) + (taken ? "_" : "");
}

std::string PostgresDialect::Quote(std::string_view identifier) const { return QuoteIdentifier(identifier); }
std::string PostgresDialect::QuoteLiteral(std::string_view text) const { return QuoteText(text); }

Result<LogicalType> PostgresDialect::ParseType(std::string_view native) const {
  if (const auto known = ParsePgType(native)) return known->type;
  return Fail(codes::kSchemaType, "PostgreSQL has no type '" + std::string(native) + "'");
}

std::string PostgresDialect::DropTable(const TableName& table) const {
  return "DROP TABLE IF EXISTS " + Dialect::Quote(table);
}

namespace {

constexpr std::array<std::string_view, 6> kMethods = {"btree", "hash", "gin", "gist", "spgist", "brin"};

const CatalogColumn* ColumnOf(const Table& table, const IndexPart& part) {
  return part.column.empty() ? nullptr : table.Find(part.column);
}

/// A column inside an index expression that takes text.
std::string AsText(const Table& table, const IndexPart& part) {
  const std::string name = part.column.empty() ? "(" + part.expression + ")" : QuoteIdentifier(part.column);
  const CatalogColumn* column = ColumnOf(table, part);
  const bool text = column == nullptr || column->type.kind == TypeKind::kString;
  return text ? name : name + "::text";
}

Index AdaptFulltext(Index index, const Table& table) {
  std::string words;
  for (const IndexPart& part : index.parts) {
    words += (words.empty() ? "" : " || ' ' || ") + std::string("COALESCE(") + AsText(table, part) + ", '')";
  }
  index.method = "gin";
  index.unique = false;
  index.constraint = false;
  index.parts = {IndexPart{.expression = "to_tsvector('simple'::regconfig, " + words + ")"}};
  return index;
}

/// A prefix part keeps its meaning as an expression.
void AdaptPrefix(IndexPart& part, const Table& table) {
  if (part.prefix == 0) return;
  const CatalogColumn* column = ColumnOf(table, part);
  const std::string length = std::to_string(part.prefix);
  const bool short_enough = column != nullptr && column->type.length > 0 && column->type.length <= part.prefix;
  const bool bytes = column != nullptr && column->type.kind == TypeKind::kBytes;
  if (!short_enough) {
    part.expression = bytes ? "substring(" + QuoteIdentifier(part.column) + " FROM 1 FOR " + length + ")"
                            : "\"left\"(" + AsText(table, part) + ", " + length + ")";
    part.column.clear();
  }
  part.prefix = 0;
}

/// Why a B-tree cannot hold the part; empty when it can.
std::string Unsortable(const IndexPart& part, const Table& table) {
  const CatalogColumn* column = ColumnOf(table, part);
  if (column == nullptr) return "";
  const auto type = ParsePgType(column->native);
  static constexpr std::array<std::string_view, 8> kUnordered = {"json", "xml",  "point",   "line",
                                                                 "box",  "path", "polygon", "xid"};
  const bool bad = type && std::ranges::find(kUnordered, type->name) != kUnordered.end();
  return bad ? "column " + part.column + " of type " + column->native + " has no order to index by" : "";
}

}  // namespace

std::expected<Index, std::string> PostgresDialect::AdaptIndex(const Index& index, const Table& table) const {
  if (index.method == "fulltext") return AdaptFulltext(index, table);
  if (index.method == "spatial")
    return std::unexpected("a spatial index needs PostGIS, and the column is kept as WKB bytes");
  Index adapted = index;
  if (adapted.method.empty() || (adapted.method == "hash" && adapted.unique)) adapted.method = "btree";
  if (std::ranges::find(kMethods, adapted.method) == kMethods.end()) {
    return std::unexpected("index method " + adapted.method + " needs an extension");
  }
  for (IndexPart& part : adapted.parts) {
    if (part.opclass.find('.') != std::string::npos)
      return std::unexpected("operator class " + part.opclass + " belongs to an extension");
    AdaptPrefix(part, table);
    const std::string why = adapted.method == "btree" || adapted.method == "hash" ? Unsortable(part, table) : "";
    if (!why.empty()) return std::unexpected(why);
    if (adapted.method == "hash") part.descending = false;
  }
  if (adapted.method == "hash" && adapted.parts.size() > 1) adapted.method = "btree";
  const auto plain = [](const IndexPart& part) {
    return !part.column.empty() && !part.descending && !part.nulls_first && part.collation.empty() &&
           part.opclass.empty();
  };
  if (!std::ranges::all_of(adapted.parts, plain) || !adapted.where.empty()) adapted.constraint = false;
  if (!adapted.constraint) adapted.deferrable = adapted.initially_deferred = false;
  return adapted;
}

}  // namespace migrateiq::postgres
