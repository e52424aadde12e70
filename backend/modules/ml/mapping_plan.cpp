#include "modules/ml/mapping_plan.hpp"

namespace migrateiq::ml {

namespace {

ColumnMapping ColumnOf(const Suggestion& decided) {
  ColumnMapping column{.target = decided.decided_target};
  if (decided.decided_expr.empty())
    column.source = decided.source_column;
  else
    column.expr = decided.decided_expr;
  return column;
}

bool Counts(const Suggestion& one) {
  const bool agreed = one.decision == Decision::accepted || one.decision == Decision::changed;
  return agreed && !one.decided_target.empty();
}

/// The plan's mapping that one takes the place of: that of its tables, else the only one of its source.
TableMapping* Replaced(Plan& plan, const TableMapping& mapping) {
  TableMapping* found = nullptr;
  size_t count = 0;
  for (TableMapping& own : plan.mappings) {
    if (own.source != mapping.source) continue;
    if (own.target == mapping.target) return &own;
    found = &own;
    ++count;
  }
  return count == 1 ? found : nullptr;
}

}  // namespace

std::vector<TableMapping> MappingsOf(const std::vector<MatchedTable>& tables, const std::vector<Suggestion>& decided) {
  std::vector<TableMapping> mappings;
  for (const MatchedTable& table : tables) {
    TableMapping mapping{.source = table.source_table, .target = table.target_table, .mode = LoadMode::kAppend};
    mapping.rest = Rest::kDrop;
    for (const Suggestion& one : decided) {
      if (one.table_number == table.number && Counts(one)) mapping.columns.push_back(ColumnOf(one));
    }
    if (!mapping.columns.empty()) mappings.push_back(std::move(mapping));
  }
  return mappings;
}

Plan WithMappings(Plan plan, std::vector<TableMapping> mappings) {
  for (TableMapping& mapping : mappings) {
    TableMapping* same = Replaced(plan, mapping);
    if (same == nullptr) {
      plan.mappings.push_back(std::move(mapping));
      continue;
    }
    same->target = mapping.target;
    same->columns = std::move(mapping.columns);
    same->rest = mapping.rest;
  }
  return plan;
}

Plan NewPlanOf(const MatchingRow& matching, std::vector<TableMapping> mappings) {
  Plan plan;
  plan.source.connection = matching.source_connection;
  plan.target.connection = matching.target_connection;
  plan.include.clear();
  for (const TableMapping& mapping : mappings) plan.include.push_back(mapping.source);
  plan.mappings = std::move(mappings);
  plan.run.schema = SchemaMode::kReuse;
  return plan;
}

}  // namespace migrateiq::ml
