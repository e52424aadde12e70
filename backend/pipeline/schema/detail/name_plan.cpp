#include "pipeline/schema/detail/name_plan.hpp"

#include "base/errors/plan.hpp"
#include "pipeline/schema/detail/token.hpp"

namespace migrateiq::detail {
namespace {

std::string TargetSchema(const TableName& source, const Dialect& from, const Dialect& to,
                         const ConvertOptions& options) {
  if (!to.has_schemas()) return "";
  if (!options.target_schema.empty()) return options.target_schema;
  if (source.schema.empty() || source.schema == from.default_schema()) return std::string(to.default_schema());
  return ConvertName(source.schema, options.name_case, to);
}

/// A mapping's name; one without schema goes where the others go.
TableName MappedName(const TableName& mapped, const Dialect& to, const ConvertOptions& options) {
  TableName name = mapped;
  if (!to.has_schemas() || !name.schema.empty()) return name;
  name.schema = options.target_schema.empty() ? std::string(to.default_schema()) : options.target_schema;
  return name;
}

std::string ColumnName(const std::string& column, const std::map<std::string, std::string>* mapped, const Dialect& to,
                       const ConvertOptions& options) {
  if (mapped != nullptr) {
    const auto found = mapped->find(column);
    if (found != mapped->end()) return found->second;
  }
  return to.PossibleColumn(ConvertName(column, options.name_case, to));
}

template <class Map>
const typename Map::mapped_type* FindIn(const Map& map, const typename Map::key_type& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

Status NameColumns(const Table& table, const Dialect& to, const ConvertOptions& options, TableNames& names) {
  const auto* mapped = FindIn(options.column_names, table.name);
  std::map<std::string, std::string> seen;  // folded target -> source
  for (const CatalogColumn& column : table.columns) {
    if (names.dropped.contains(column.name)) continue;
    const std::string target = ColumnName(column.name, mapped, to, options);
    const auto [other, fresh] = seen.emplace(Folded(target, to), column.name);
    if (!fresh) {
      return Fail(Error(codes::kSchemaCollision,
                        "columns `" + other->second + "` and `" + column.name + "` both become `" + target + "`")
                      .Table(table.name.ToString())
                      .Column(column.name));
    }
    names.columns[column.name] = target;
  }
  return {};
}

}  // namespace

std::string Folded(std::string_view name, const Dialect& to) {
  return to.folds_case() ? Lower(name) : std::string(name);
}

TableName RuleName(const TableName& source, const Dialect& from, const Dialect& to, const ConvertOptions& options) {
  const bool foreign = !source.schema.empty() && source.schema != from.default_schema();
  const std::string name = foreign && !to.has_schemas() ? source.schema + "_" + source.name : source.name;
  return {.schema = TargetSchema(source, from, to, options),
          .name = to.PossibleTable(ConvertName(name, options.name_case, to))};
}

Result<NamePlan> PlanNames(const Catalog& source, const Dialect& from, const Dialect& to,
                           const ConvertOptions& options) {
  NamePlan plan;
  std::map<std::string, const Table*> seen;
  for (const Table& table : source.tables) {
    TableNames names;
    const TableName* mapped = FindIn(options.table_names, table.name);
    names.target = mapped != nullptr ? MappedName(*mapped, to, options) : RuleName(table.name, from, to, options);
    const std::string key = Folded(names.target.schema, to) + '\n' + Folded(names.target.name, to);
    const auto [other, fresh] = seen.emplace(key, &table);
    if (!fresh) {
      return Fail(Error(codes::kSchemaCollision, "tables `" + other->second->name.ToString() + "` and `" +
                                                     table.name.ToString() + "` both become `" +
                                                     names.target.ToString() + "`")
                      .Table(table.name.ToString()));
    }
    if (const auto* dropped = FindIn(options.dropped_columns, table.name)) names.dropped = *dropped;
    MIQ_TRY(NameColumns(table, to, options, names));
    plan[table.name] = std::move(names);
  }
  return plan;
}

void NameScopes::Reserve(const std::string& scope, const std::string& name) { Try(scope, name); }

bool NameScopes::Try(const std::string& scope, const std::string& name) {
  return used_[scope].insert(Folded(name, to_)).second;
}

std::string NameScopes::Take(const std::string& scope, const std::string& wanted, const std::string& table) {
  std::string name = ConvertName(wanted, NameCase::kKeep, to_);
  if (Try(scope, name)) return name;
  const std::string longer = table + "_" + wanted;
  name = ConvertName(longer, NameCase::kKeep, to_);
  for (int number = 2; !Try(scope, name); ++number) {
    name = ConvertName(longer + "_" + std::to_string(number), NameCase::kKeep, to_);
  }
  return name;
}

}  // namespace migrateiq::detail
