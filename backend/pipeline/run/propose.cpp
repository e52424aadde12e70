#include "pipeline/run/active_run.hpp"
#include "pipeline/run/clock.hpp"

namespace migrateiq {

namespace {

TableMapping Written(const TableTask& task, const Plan& skeleton) {
  TableMapping mapping;
  mapping.source = task.source.name.ToString();
  mapping.target = task.target.name.ToString();
  for (const TableMapping& given : skeleton.mappings) {
    if (given.source != task.source.name.name && given.source != mapping.source) continue;
    mapping.where = given.where;
    mapping.mode = given.mode;
    mapping.key = given.key;
    mapping.rules = given.rules;
  }
  for (size_t i = 0; i < task.transform.outputs.size(); ++i) {
    const TransformOutput& output = task.transform.outputs[i];
    const Field& field = task.transform.target->fields[i];
    const CatalogColumn* target = task.target.Find(field.name);
    ColumnMapping column{.target = field.name, .type = task.exists || target == nullptr ? "" : target->native};
    if (output.source >= 0)
      column.source = task.read_columns[static_cast<size_t>(output.source)];
    else
      column.expr = task.transform.expressions[static_cast<size_t>(output.expression)].sql;
    column.assume_zone = output.zone;
    mapping.columns.push_back(std::move(column));
  }
  return mapping;
}

}  // namespace

Result<Plan> ProposePlan(const Plan& skeleton, EngineContext& context) {
  MIQ_ASSIGN(const Ends ends, OpenEnds(skeleton, context, OptionsFor(skeleton, "", context)));
  MIQ_ASSIGN(const ResolvedPlan resolved, ResolvePlan(skeleton, ends, ResolveFor::kPropose, NowMicros()));
  Plan plan = skeleton;
  plan.mappings.clear();
  plan.include.clear();
  for (const TableTask& task : resolved.tables) {
    plan.mappings.push_back(Written(task, skeleton));
    plan.include.push_back(task.source.name.ToString());
  }
  return plan;
}

}  // namespace migrateiq
