#include <algorithm>

#include "pipeline/run/active_run.hpp"
#include "pipeline/run/clock.hpp"
#include "pipeline/run/propose_masks.hpp"
#include "pipeline/run/suggest.hpp"

namespace migrateiq {

namespace {

/// What was remarked about the mapping that a column comes from.
std::string RemarkOf(const TableMapping* given, const std::string& target) {
  if (given == nullptr) return "";
  const auto found = std::ranges::find(given->columns, target, &ColumnMapping::target);
  return found == given->columns.end() ? "" : found->remark;
}

/// The mapping that a task comes from; of several for its table that of its target.
const TableMapping* GivenFor(const TableTask& task, const Plan& skeleton) {
  const auto is_for = [](const std::string& written, const TableName& name) {
    return written == name.name || written == name.ToString();
  };
  const TableMapping* found = nullptr;
  for (const TableMapping& given : skeleton.mappings) {
    if (!is_for(given.source, task.source.name)) continue;
    if (is_for(given.target, task.target.name)) return &given;
    if (found == nullptr || given.target.empty()) found = &given;
  }
  return found;
}

TableMapping Written(const TableTask& task, const Plan& skeleton) {
  TableMapping mapping;
  const TableMapping* source = GivenFor(task, skeleton);
  mapping.source = task.source.name.ToString();
  mapping.target = task.target.name.ToString();
  if (source != nullptr) {
    mapping.where = source->where;
    mapping.mode = source->mode;
    mapping.key = source->key;
    mapping.rules = source->rules;
    mapping.rest = source->rest;
    mapping.remarks = source->remarks;
    mapping.questions = source->questions;
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
    column.remark = RemarkOf(source, field.name);
    mapping.columns.push_back(std::move(column));
  }
  return mapping;
}

/// Tables that cannot be mapped without a decision are left out.
Plan WithSuggestion(Plan plan, Suggestion suggestion) {
  plan.remarks = std::move(suggestion.remarks);
  for (TableMapping& mapping : suggestion.mappings) {
    if (mapping.columns.empty())
      plan.exclude.push_back(mapping.source);
    else
      plan.mappings.push_back(std::move(mapping));
  }
  return plan;
}

}  // namespace

Result<Plan> ProposePlan(const Plan& given, EngineContext& context) {
  const OpenOptions options = OptionsFor(given, "", context);
  MIQ_ASSIGN(const Ends ends, OpenEnds(given, context, options));
  MIQ_ASSIGN(Suggestion suggestion, SuggestMappings(given, ends, options));
  const Plan skeleton = WithSuggestion(given, std::move(suggestion));
  MIQ_ASSIGN(const ResolvedPlan resolved, ResolvePlan(skeleton, ends, ResolveFor::kPropose, NowMicros()));
  Plan plan = skeleton;
  plan.mappings.clear();
  plan.include.clear();
  for (const TableTask& task : resolved.tables) {
    plan.mappings.push_back(Written(task, skeleton));
    plan.include.push_back(task.source.name.ToString());
  }
  MIQ_TRY(ProposeMasks(resolved.tables, ends, options, plan));
  return plan;
}

}  // namespace migrateiq
