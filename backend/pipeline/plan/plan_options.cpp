#include "pipeline/plan/plan_options.hpp"

#include <algorithm>

namespace migrateiq {

namespace {

TableMapping& MappingOf(Plan& plan, const std::string& table) {
  const auto found = std::ranges::find(plan.mappings, table, &TableMapping::source);
  if (found != plan.mappings.end()) return *found;
  TableMapping mapping;
  mapping.source = table;
  return plan.mappings.emplace_back(std::move(mapping));
}

/// Several conditions of one table hold together.
void AddWhere(Plan& plan, const std::string& table, const std::string& condition) {
  std::string& where = MappingOf(plan, table).where;
  where = where.empty() ? condition : "(" + where + ") AND (" + condition + ")";
}

}  // namespace

void ApplyOptions(const PlanOptions& options, Plan& plan) {
  if (!options.tables.empty()) plan.include = options.tables;
  if (!options.exclude.empty()) plan.exclude = options.exclude;
  for (const auto& [table, condition] : options.where) AddWhere(plan, table, condition);
  if (options.schema) plan.run.schema = *options.schema;
  if (options.verify) plan.run.verify = *options.verify;
  if (options.row_error) plan.on.row_error = *options.row_error;
  if (options.naming) plan.name_case = *options.naming;
  if (options.workers) plan.run.workers = static_cast<int>(*options.workers);
  if (options.parts) plan.run.parts = static_cast<int>(*options.parts);
  if (options.create_database) plan.run.create_database = *options.create_database;
}

}  // namespace migrateiq
