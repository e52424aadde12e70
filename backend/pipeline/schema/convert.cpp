#include "pipeline/schema/convert.hpp"

#include "pipeline/schema/detail/conversion.hpp"
#include "pipeline/schema/detail/rename.hpp"
#include "pipeline/schema/detail/token.hpp"
#include "pipeline/schema/order.hpp"

namespace migrateiq {
namespace {

using detail::Conversion;
using detail::NameScopes;
using detail::TableConversion;

/// A number that its system keeps as text compares as text.
detail::Group GroupAs(const LogicalType& type, const std::string& native) {
  const bool as_text = type.kind == TypeKind::kDecimal && detail::Lower(native).find("text") != std::string::npos;
  return as_text ? detail::Group::kOther : detail::GroupOf(type.kind);
}

detail::FactsByColumn FactsOf(const Conversion& all, const Table& table) {
  detail::FactsByColumn facts;
  const detail::TableNames& names = all.names.at(table.name);
  for (const CatalogColumn& column : table.columns) {
    const auto name = names.columns.find(column.name);
    if (name == names.columns.end()) continue;
    const TypeChoice& choice = all.types.at({table.name, column.name}).choice;
    const LogicalType& to = choice.type;
    facts[column.name] = {.target = name->second,
                          .from = GroupAs(column.type, column.native),
                          .to = GroupAs(to, choice.native),
                          .enumerated = column.type.kind == TypeKind::kEnum,
                          .floating = column.type.kind == TypeKind::kFloat || column.type.kind == TypeKind::kDouble,
                          .date = column.type.kind == TypeKind::kDate && to.kind == TypeKind::kDate,
                          .zoned = column.type.kind == TypeKind::kTimestampTz || to.kind == TypeKind::kTimestampTz,
                          .json = to.kind == TypeKind::kJson};
  }
  return facts;
}

/// What a table carries besides columns and keys.
void ConvertTableFacts(TableConversion& table) {
  Table& target = table.result.target;
  const Table& source = table.source;
  target.name = table.names.target;
  target.comment = source.comment;
  target.row_estimate = source.row_estimate;
  target.byte_estimate = source.byte_estimate;
  target.transactional = source.transactional;
  const bool same = table.all.SameDialect();
  if (same) target.collation = source.collation;
  target.without_rowid = same && source.without_rowid;
  target.strict = same && source.strict;
}

void ConvertPartitions(TableConversion& table) {
  const Table& source = table.source;
  if (source.partitioning.empty()) return;
  const auto text = detail::RenameColumns(source.partitioning, table.all.from.expressions(), &table.names.columns);
  if (table.all.SameDialect() && text) {
    table.result.target.partitioning = *text;
    table.result.target.partitions = source.partitions;
    return;
  }
  table.Report("partitioning", source.name.ToString(), "manual", "one table without partitions was made",
               source.partitioning);
}

/// Index names share their scope with tables in systems that have one for all relations. A primary key without a name
/// of its own will get one from its table.
void ReserveTableNames(const Conversion& all, NameScopes& scopes) {
  if (all.ToMySql()) return;
  for (const Table& table : all.source.tables) {
    const TableName& target = all.names.at(table.name).target;
    const std::string scope = detail::IndexScope(all, target);
    scopes.Reserve(scope, target.name);
    const bool named = all.SameDialect() && table.primary_key && !table.primary_key->name.empty();
    if (!named) scopes.Reserve(scope, target.name + "_pkey");
  }
}

std::vector<ConvertedTable> InLoadOrder(std::vector<ConvertedTable> tables) {
  std::vector<const Table*> targets;
  for (const ConvertedTable& table : tables) targets.push_back(&table.target);
  std::vector<ConvertedTable> ordered;
  for (const size_t place : LoadOrder(targets)) ordered.push_back(std::move(tables[place]));
  return ordered;
}

std::vector<ConvertedTable> ConvertTables(const Conversion& all) {
  std::vector<ConvertedTable> tables(all.source.tables.size());
  std::vector<TableConversion> under_way;
  NameScopes scopes(all.to);
  ReserveTableNames(all, scopes);
  for (size_t i = 0; i < tables.size(); ++i) {
    const Table& source = all.source.tables[i];
    tables[i].source = source.name;
    under_way.push_back({all, source, all.names.at(source.name), FactsOf(all, source), tables[i]});
    ConvertTableFacts(under_way[i]);
    detail::ConvertColumns(under_way[i]);
    detail::ConvertKeys(under_way[i], scopes);
    detail::SettleIdentity(under_way[i]);
    ConvertPartitions(under_way[i]);
  }
  for (TableConversion& table : under_way) detail::ConvertForeignKeys(table, tables, scopes);
  return tables;
}

}  // namespace

Result<ConvertedCatalog> ConvertCatalog(const Catalog& source, const Dialect& from, const Dialect& to,
                                        const ConvertOptions& options) {
  Conversion all{.source = source, .from = from, .to = to, .options = options, .names = {}, .types = {}};
  MIQ_ASSIGN(all.names, detail::PlanNames(source, from, to, options));
  MIQ_ASSIGN(all.types, detail::PlanTypes(all));
  ConvertedCatalog result;
  result.tables = InLoadOrder(ConvertTables(all));
  detail::ConvertObjects(all, result);
  return result;
}

}  // namespace migrateiq
