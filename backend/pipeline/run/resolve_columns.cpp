#include "pipeline/run/resolve_columns.hpp"

#include <algorithm>

#include "base/errors/plan.hpp"
#include "base/nearest.hpp"
#include "pipeline/run/resolve_masks.hpp"

namespace migrateiq {

namespace {

std::vector<std::string> ColumnNames(const Table& table) {
  std::vector<std::string> names;
  for (const CatalogColumn& column : table.columns) names.push_back(column.name);
  return names;
}

const CatalogColumn* FindColumn(const Table& table, std::string_view name) {
  if (const CatalogColumn* exact = table.Find(name)) return exact;
  const auto same = [name](const CatalogColumn& column) {
    return MatchesGlob(column.name, name) && column.name.size() == name.size();
  };
  const auto found = std::ranges::find_if(table.columns, same);
  return found == table.columns.end() ? nullptr : &*found;
}

Error UnknownColumn(const ChosenTable& chosen, const std::string& name) {
  return Error(codes::kPlanColumn,
               "the source table has no column '" + name + "'" + DidYouMean(name, ColumnNames(chosen.table)))
      .Table(chosen.table.name.ToString())
      .Column(name)
      .At(chosen.mapping->place);
}

Result<WantedColumn> Wanted(const ChosenTable& chosen, const ColumnMapping& mapping) {
  if (mapping.source.empty()) return WantedColumn{mapping.target, "", &mapping};
  const CatalogColumn* column = FindColumn(chosen.table, mapping.source);
  if (column == nullptr) return Fail(UnknownColumn(chosen, mapping.source));
  return WantedColumn{mapping.target, column->name, &mapping};
}

/// The target column of a wanted one: by its own name, by the converter's naming, or by equal name in an existing
/// table.
const CatalogColumn* TargetOf(const WantedColumn& wanted, const std::vector<ConvertedColumn>& converted,
                              const Table& target) {
  if (!wanted.target.empty()) return FindColumn(target, wanted.target);
  const auto found = std::ranges::find(converted, wanted.source, &ConvertedColumn::source);
  return FindColumn(target, found == converted.end() ? wanted.source : found->target);
}

int AddReadColumn(TableTask& task, const std::string& name) {
  const auto found = std::ranges::find(task.read_columns, name);
  if (found != task.read_columns.end()) return static_cast<int>(found - task.read_columns.begin());
  task.read_columns.push_back(name);
  return static_cast<int>(task.read_columns.size()) - 1;
}

int AddExpression(TableTask& task, const WantedColumn& wanted, const std::string& place) {
  task.transform.expressions.push_back({wanted.target, wanted.mapping->expr, place});
  return static_cast<int>(task.transform.expressions.size()) - 1;
}

/// Two values for one column: which of both arrived would be the target's choice, and one of them may be masked.
Error FedTwice(const TableTask& task, const std::string& name, const std::string& place) {
  return Error(codes::kSchemaCollision, "two columns of the mapping lead to '" + name + "'")
      .Table(task.target_label)
      .Column(name)
      .At(place)
      .Fix("Give one of them another target, or leave the source's column of that name out with `rest: drop`.");
}

/// Columns that the target fills itself, or may leave empty.
bool CanBeLeftOut(const CatalogColumn& column) {
  return column.nullable || column.default_sql || column.IsGenerated() || column.identity != Identity::kNone;
}

Status CheckUnfed(const TableTask& task, const std::vector<bool>& fed) {
  std::string missing;
  for (size_t i = 0; i < task.target.columns.size(); ++i) {
    if (fed[i] || CanBeLeftOut(task.target.columns[i])) continue;
    missing += (missing.empty() ? "" : ", ") + task.target.columns[i].name;
  }
  if (missing.empty()) return {};
  return Fail(
      Error(codes::kSchemaIncompatible, "nothing feeds the NOT NULL column(s) " + missing).Table(task.target_label));
}

/// Expressions and filters may use any column of the source row.
void ReadEverything(const ChosenTable& chosen, TableTask& task) {
  for (const CatalogColumn& column : chosen.table.columns) AddReadColumn(task, column.name);
}

bool MovesOnly(const TableTask& task) {
  if (!task.transform.expressions.empty() || !task.transform.filter.empty() || !task.rules.empty()) return false;
  for (size_t i = 0; i < task.transform.outputs.size(); ++i) {
    const TransformOutput& output = task.transform.outputs[i];
    const Field& field = task.transform.target->fields[i];
    if (output.source != static_cast<int>(i) || !output.zone.empty() || output.mask) return false;
    const CatalogColumn* from = task.source.Find(task.read_columns[i]);
    const CatalogColumn* to = task.target.Find(field.name);
    if (from == nullptr || to == nullptr || from->native != to->native || !(from->type == to->type)) return false;
    if (from->nullable && !to->nullable) return false;
  }
  return task.transform.outputs.size() == task.read_columns.size();
}

bool IsCounted(const CatalogColumn& column) { return column.identity != Identity::kNone; }

/// Columns that only move between two databases of a system whose columns hold anything are read as they are, whatever
/// they are declared as. What an expression, filter or rule looks at needs a type.
void KeepAnyValues(TableTask& task) {
  if (!task.transform.expressions.empty() || !task.transform.filter.empty() || !task.rules.empty() || !task.sql.empty())
    return;
  auto schema = std::make_shared<Schema>(*task.transform.target);
  for (const Field& field : schema->fields) task.declared.push_back(field.type);
  for (size_t i = 0; i < task.transform.outputs.size(); ++i) {
    const TransformOutput& output = task.transform.outputs[i];
    const std::string& name = task.read_columns[static_cast<size_t>(output.source)];
    const auto from = std::ranges::find(task.source.columns, name, &CatalogColumn::name);
    const auto to = std::ranges::find(task.target.columns, schema->fields[i].name, &CatalogColumn::name);
    if (!output.zone.empty() || output.mask || from->native != to->native || (IsCounted(*from) && IsCounted(*to)))
      continue;
    from->type = to->type = schema->fields[i].type = LogicalType::Of(TypeKind::kAny);
  }
  task.transform.target = std::move(schema);
}

}  // namespace

Result<std::vector<WantedColumn>> WantedColumns(const ChosenTable& chosen) {
  std::vector<WantedColumn> wanted;
  std::vector<std::string> named;
  if (chosen.mapping != nullptr) {
    for (const ColumnMapping& mapping : chosen.mapping->columns) {
      MIQ_ASSIGN(WantedColumn column, Wanted(chosen, mapping));
      named.push_back(column.source);
      wanted.push_back(std::move(column));
    }
  }
  const Rest rest = chosen.mapping != nullptr ? chosen.mapping->rest : Rest::kMap;
  for (const CatalogColumn& column : chosen.table.columns) {
    if (std::ranges::find(named, column.name) != named.end() || rest == Rest::kDrop) continue;
    if (rest == Rest::kFail) {
      return Fail(
          Error(codes::kPlanColumn, "`rest: fail`: the mapping does not name source column '" + column.name + "'")
              .Table(chosen.table.name.ToString())
              .Column(column.name)
              .At(chosen.mapping->place));
    }
    wanted.push_back({"", column.name, nullptr});
  }
  return wanted;
}

Status BindColumns(const ChosenTable& chosen, const std::vector<WantedColumn>& wanted,
                   const std::vector<ConvertedColumn>& converted, const Ends& ends, TableTask& task) {
  const std::string place = chosen.mapping != nullptr ? chosen.mapping->place : "";
  auto schema = std::make_shared<Schema>();
  std::vector<bool> fed(task.target.columns.size(), false);
  for (const WantedColumn& column : wanted) {
    const CatalogColumn* target = TargetOf(column, converted, task.target);
    if (target == nullptr) {
      const std::string name = column.target.empty() ? column.source : column.target;
      return Fail(Error(codes::kSchemaIncompatible,
                        "the target table has no column '" + name + "'" + DidYouMean(name, ColumnNames(task.target)))
                      .Table(task.target_label)
                      .Column(name)
                      .At(place)
                      .Fix("Map the column to an existing one, leave it out with `rest: drop`, or replace the table "
                           "(`run.schema: replace`)."));
    }
    if (target->IsGenerated()) continue;
    const auto place_in_target = static_cast<size_t>(target - task.target.columns.data());
    if (fed[place_in_target]) return Fail(FedTwice(task, target->name, place));
    TransformOutput output;
    if (column.IsComputed())
      output.expression = AddExpression(task, column, place);
    else
      output.source = AddReadColumn(task, column.source);
    if (column.mapping != nullptr) output.zone = column.mapping->assume_zone;
    if (column.mapping != nullptr && column.mapping->mask) {
      MIQ_ASSIGN(output.mask, MaskFor(*column.mapping->mask, *target, task, ends.mask_keys));
    }
    schema->fields.push_back({target->name, target->type, target->nullable});
    task.transform.outputs.push_back(std::move(output));
    fed[place_in_target] = true;
  }
  if (task.exists) MIQ_TRY(CheckUnfed(task, fed));
  if (!task.transform.expressions.empty() || !task.transform.filter.empty()) ReadEverything(chosen, task);
  task.transform.target = std::move(schema);
  task.transform.limits = ends.target_connector->dialect().limits();
  const bool same_system = ends.source->dialect().name() == ends.target_connector->dialect().name();
  if (same_system && ends.source->dialect().keeps_any_value()) KeepAnyValues(task);
  task.moves_only = same_system && MovesOnly(task);
  return {};
}

}  // namespace migrateiq
