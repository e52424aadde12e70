#include "pipeline/plan/plan_options.hpp"

#include <algorithm>

namespace migrateiq {

namespace {

/// Several conditions of one table hold together, in each of its mappings.
void AddWhere(Plan& plan, const std::string& table, const std::string& condition) {
  if (std::ranges::find(plan.mappings, table, &TableMapping::source) == plan.mappings.end()) {
    TableMapping mapping;
    mapping.source = table;
    plan.mappings.push_back(std::move(mapping));
  }
  for (TableMapping& mapping : plan.mappings) {
    if (mapping.source != table) continue;
    mapping.where = mapping.where.empty() ? condition : "(" + mapping.where + ") AND (" + condition + ")";
  }
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
