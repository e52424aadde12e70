#include "pipeline/run/outline.hpp"

#include "pipeline/duck/expression_check.hpp"
#include "pipeline/run/active_run.hpp"
#include "pipeline/run/clock.hpp"

namespace migrateiq {

namespace {

std::vector<OutlinedColumn> ColumnsOf(const Table& table) {
  std::vector<OutlinedColumn> columns;
  for (const CatalogColumn& column : table.columns)
    columns.push_back({column.name, ToString(column.type), column.native, column.nullable});
  return columns;
}

Schema SourceSchema(const TableTask& task) {
  Schema schema;
  for (const CatalogColumn& column : task.source.columns) schema.fields.push_back({column.name, column.type});
  return schema;
}

LineageKind KindOf(const std::string& source, const std::string& target) {
  return source == target ? LineageKind::kCopied : LineageKind::kRenamed;
}

/// The lineage of one table's columns.
class TableLineage {
 public:
  TableLineage(const TableTask& task, ExpressionColumns& columns, std::vector<LineageItem>& items)
      : task_(task), columns_(columns), items_(items), schema_(SourceSchema(task)) {}

  Status Add() {
    for (size_t i = 0; i < task_.transform.outputs.size(); ++i) {
      const TransformOutput& output = task_.transform.outputs[i];
      const std::string& target = task_.transform.target->fields[i].name;
      mask_ = output.mask ? InfoOf(output.mask->kind).id : "";
      if (output.expression >= 0) {
        MIQ_TRY(AddComputed(target, task_.transform.expressions[static_cast<size_t>(output.expression)]));
        continue;
      }
      const std::string& source = task_.read_columns[static_cast<size_t>(output.source)];
      Put(source, target, KindOf(source, target), "");
    }
    return {};
  }

 private:
  Status AddComputed(const std::string& target, const ExpressionSpec& expression) {
    MIQ_ASSIGN(const std::vector<int> used, columns_.Of(expression.sql, schema_));
    if (used.empty()) Put("", target, LineageKind::kConstant, expression.sql);
    for (const int column : used)
      Put(schema_.fields[static_cast<size_t>(column)].name, target, LineageKind::kExpression, expression.sql);
    return {};
  }

  void Put(std::string source, const std::string& target, LineageKind kind, const std::string& expression) {
    items_.push_back({.source_table = task_.source_label,
                      .source_column = std::move(source),
                      .target_table = task_.target_label,
                      .target_column = target,
                      .kind = kind,
                      .expression = expression,
                      .mask = mask_});
  }

  std::string mask_;  ///< of the column that is being told
  const TableTask& task_;
  ExpressionColumns& columns_;
  std::vector<LineageItem>& items_;
  const Schema schema_;
};

}  // namespace

Result<PlanOutline> OutlinePlan(const Plan& plan, EngineContext& context) {
  const DiscoverOptions look{.schemas = {}, .probe_values = false, .others = false};
  MIQ_ASSIGN(const Ends ends, OpenEnds(plan, context, OptionsFor(plan, "", context), look));
  MIQ_ASSIGN(const ResolvedPlan resolved, ResolvePlan(plan, ends, ResolveFor::kPropose, NowMicros()));
  MIQ_ASSIGN(const std::unique_ptr<ExpressionColumns> columns, ExpressionColumns::Open());
  PlanOutline outline;
  for (const TableTask& task : resolved.tables) {
    outline.tables.push_back({.source = task.source_label,
                              .target = task.target_label,
                              .exists = task.exists,
                              .source_columns = ColumnsOf(task.source),
                              .target_columns = ColumnsOf(task.target)});
    MIQ_TRY(TableLineage(task, *columns, outline.lineage).Add());
  }
  return outline;
}

PlanOutline WrittenOutline(const Plan& plan) {
  PlanOutline outline;
  for (const TableMapping& mapping : plan.mappings) {
    const std::string source = mapping.source.empty() ? "(query) " + mapping.target : mapping.source;
    const std::string target = mapping.target.empty() ? mapping.source : mapping.target;
    outline.tables.push_back({.source = source, .target = target});
    for (const ColumnMapping& column : mapping.columns) {
      const bool computed = column.source.empty();
      outline.lineage.push_back({.source_table = source,
                                 .source_column = column.source,
                                 .target_table = target,
                                 .target_column = column.target,
                                 .kind = computed ? LineageKind::kExpression : KindOf(column.source, column.target),
                                 .expression = column.expr,
                                 .mask = column.mask ? std::string(InfoOf(column.mask->kind).id) : ""});
    }
  }
  return outline;
}

}  // namespace migrateiq
