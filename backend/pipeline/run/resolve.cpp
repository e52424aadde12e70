#include "pipeline/run/resolve.hpp"

#include <algorithm>
#include <utility>

#include "base/errors/plan.hpp"
#include "base/nearest.hpp"
#include "pipeline/run/parted_keys.hpp"
#include "pipeline/run/resolve_columns.hpp"
#include "pipeline/run/resolve_masks.hpp"
#include "pipeline/run/row_pipeline.hpp"
#include "pipeline/transform/zone.hpp"

namespace migrateiq {

ReadRequest TableTask::ReadBack(const Table& load_table) const {
  ReadRequest request{.table = &load_table, .sql = "", .columns = {}, .where = ""};
  for (const Field& field : transform.target->fields) request.columns.push_back(field.name);
  return request;
}

std::vector<TableName> ResolvedPlan::TablesRead() const {
  std::vector<TableName> names;
  for (const TableTask& task : tables)
    if (task.sql.empty() && std::ranges::find(names, task.source.name) == names.end())
      names.push_back(task.source.name);
  return names;
}

namespace {

/// The name for reports and the ledger: without the schema when it is the default one.
std::string Label(const TableName& name, std::string_view default_schema) {
  return name.schema == default_schema ? name.name : name.ToString();
}

class Resolver {
 public:
  Resolver(const Plan& plan, const Ends& ends, ResolveFor purpose, int64_t run_start)
      : plan_(plan), ends_(ends), purpose_(purpose), run_start_(run_start) {}

  Result<ResolvedPlan> Run() {
    MIQ_ASSIGN(chosen_, ChooseTables(plan_, ends_));
    std::vector<ObjectReport> left_out;
    if (!ends_.target_connector->dialect().allows_no_columns()) left_out = LeaveOutEmptyTables();
    if (chosen_.empty()) {
      return Fail(Error(codes::kSchemaNoTables,
                        "no table that is chosen has columns: " + left_out[0].name + ": " + left_out[0].why));
    }
    for (const ChosenTable& chosen : chosen_) {
      MIQ_ASSIGN(std::vector<WantedColumn> wanted, WantedColumns(chosen));
      wanted_.push_back(std::move(wanted));
    }
    MIQ_ASSIGN(converted_, Convert());
    ResolvedPlan resolved;
    for (const ConvertedTable& table : converted_.tables) {
      MIQ_ASSIGN(TableTask task, MakeTask(table));
      resolved.objects.insert(resolved.objects.end(), table.objects.begin(), table.objects.end());
      if (ends_.target_connector->info().file_based) ListKeys(task, resolved.objects);
      MIQ_TRY(ListUnmasked(task, resolved.objects));
      resolved.tables.push_back(std::move(task));
    }
    if (purpose_ == ResolveFor::kRun) MIQ_TRY(RefuseExisting(resolved.tables));
    resolved.sequences = std::move(converted_.sequences);
    resolved.objects.insert(resolved.objects.end(), converted_.objects.begin(), converted_.objects.end());
    resolved.objects.insert(resolved.objects.end(), left_out.begin(), left_out.end());
    resolved.objects.insert(resolved.objects.end(), parted_.begin(), parted_.end());
    return resolved;
  }

 private:
  /// What files cannot have, of the source's table.
  static void ListKeys(const TableTask& task, std::vector<ObjectReport>& objects) {
    const auto list = [&objects](const char* kind, const std::string& name, std::string source) {
      objects.push_back(
          {.kind = kind, .name = name, .status = "manual", .why = "files have no keys", .source = std::move(source)});
    };
    const auto joined = [](const std::vector<std::string>& names) {
      std::string text;
      for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
      return text;
    };
    if (task.source.primary_key)
      list("primary key", task.target_label, "PRIMARY KEY (" + joined(task.source.KeyColumns()) + ")");
    for (const ForeignKey& key : task.source.foreign_keys) {
      const std::string text = "FOREIGN KEY (" + joined(key.columns) + ") REFERENCES " + key.parent.ToString() + " (" +
                               joined(key.parent_columns) + ")";
      list("foreign key", key.name.empty() ? task.target_label + " (" + joined(key.columns) + ")" : key.name, text);
    }
  }

  /// Tables without a column, which the target could not make: an empty file says nothing about its columns.
  std::vector<ObjectReport> LeaveOutEmptyTables() {
    std::vector<ObjectReport> left_out;
    std::erase_if(chosen_, [&](const ChosenTable& chosen) {
      const bool empty = chosen.table.columns.empty() && chosen.mapping == nullptr;
      if (empty) {
        const std::string why = ends_.source_connector->info().file_based
                                    ? "it holds no row that would tell its columns"
                                    : "it has no columns";
        left_out.push_back({.kind = "table",
                            .name = Label(chosen.table.name, ends_.source->dialect().default_schema()),
                            .status = "manual",
                            .why = why,
                            .source = ""});
      }
      return empty;
    });
    return left_out;
  }

  /// The chosen tables as the converter should see them: a query gets a name of its own, computed columns are added
  /// later.
  Result<ConvertedCatalog> Convert() {
    Catalog catalog = ends_.source_catalog;
    catalog.tables.clear();
    const PartedKeys keys(chosen_, wanted_, ends_.source->dialect());
    ConvertOptions options;
    options.name_case = plan_.name_case;
    options.target_schema = ends_.target_schema;
    options.types = plan_.types;
    options.zero_date_null = plan_.on.zero_date == ZeroDate::kNull;
    for (const ChosenTable& chosen : chosen_) AddTypesOf(chosen, options);
    for (size_t i = 0; i < chosen_.size(); ++i) {
      catalog.tables.push_back(keys.Pointed(i, parted_));
      AddToConversion(i, options);
    }
    return ConvertCatalog(catalog, ends_.source->dialect(), ends_.target_connector->dialect(), options);
  }

  /// What `types:` says of the table holds for each of its parts.
  static void AddTypesOf(const ChosenTable& chosen, ConvertOptions& options) {
    const TableName& name = chosen.table.name;
    if (chosen.part == name) return;
    for (size_t i = 0; i < options.types.size(); ++i) {
      TypeOverride entry = options.types[i];
      const bool fits = MatchesGlob(entry.table, name.name) || MatchesGlob(entry.table, name.ToString());
      if (entry.table.empty() || !fits) continue;
      entry.table = chosen.part.name;
      options.types.insert(options.types.begin() + static_cast<std::ptrdiff_t>(++i), std::move(entry));
    }
  }

  void AddToConversion(size_t index, ConvertOptions& options) const {
    const ChosenTable& chosen = chosen_[index];
    const TableName& name = chosen.part;
    std::set<std::string> kept;
    for (const WantedColumn& column : wanted_[index]) {
      if (column.IsComputed()) continue;
      kept.insert(column.source);
      if (!column.target.empty()) options.column_names[name].emplace(column.source, column.target);
      if (column.mapping != nullptr && !column.mapping->type.empty()) {
        options.types.insert(options.types.begin(), {"", name.name, column.source, column.mapping->type});
      }
    }
    for (const CatalogColumn& column : chosen.table.columns) {
      if (!kept.contains(column.name)) options.dropped_columns[name].insert(column.name);
    }
    if (chosen.mapping != nullptr && !chosen.mapping->target.empty())
      options.table_names[name] = TargetName(chosen.mapping->target);
  }

  TableName TargetName(std::string_view written) const {
    TableName name = SplitName(written);
    if (!ends_.target_connector->dialect().has_schemas()) return {"", std::string(written)};
    if (name.schema.empty()) name.schema = ends_.target_schema;
    return name;
  }

  size_t IndexOf(const TableName& part) const {
    const auto found = std::ranges::find(chosen_, part, &ChosenTable::part);
    return static_cast<size_t>(found - chosen_.begin());
  }

  Result<TableTask> MakeTask(const ConvertedTable& converted) {
    const size_t index = IndexOf(converted.source);
    const ChosenTable& chosen = chosen_[index];
    TableTask task;
    task.source = chosen.table;
    task.target = converted.target;
    task.before = converted.before;
    if (chosen.mapping != nullptr) MIQ_TRY(TakeMapping(chosen, task));
    if (ends_.target_connector->dialect().has_schemas() && task.target.name.schema.empty()) {
      task.target.name.schema = ends_.default_schema;
    }
    task.load_name = task.target.name;
    task.source_label = chosen.IsQuery() ? "(query) " + chosen.table.name.name
                                         : Label(chosen.table.name, ends_.source->dialect().default_schema());
    task.target_label = Label(task.target.name, ends_.default_schema);
    task.transform.run_start_micros = run_start_;
    MIQ_TRY(AddComputed(chosen, wanted_[index], task));
    MIQ_TRY(DecideFate(chosen, task));
    MIQ_TRY(BindColumns(chosen, wanted_[index], converted.columns, ends_, task));
    MIQ_TRY(DecideKey(chosen, task));
    if (chosen.mapping != nullptr) MIQ_TRY(CheckDistinct(*chosen.mapping, task));
    if (chosen.mapping != nullptr) MIQ_TRY(CheckMapping(chosen, task));
    return task;
  }

  /// Expressions, filter, zones and rules are understood before anything is written.
  Status CheckMapping(const ChosenTable& chosen, const TableTask& task) const {
    for (const TransformOutput& output : task.transform.outputs) {
      if (!output.zone.empty()) MIQ_TRY(CheckZone(output.zone));
    }
    auto schema = std::make_shared<Schema>();
    for (const std::string& name : task.read_columns) {
      const CatalogColumn* column = chosen.table.Find(name);
      if (column != nullptr) schema->fields.push_back({column->name, column->type, column->nullable});
    }
    Result<std::unique_ptr<RowPipeline>> pipeline = RowPipeline::Make(task, plan_.on, schema);
    if (pipeline) return {};
    Error error = std::move(pipeline).error();
    if (error.place.empty()) error.place = chosen.mapping->place;
    return Fail(std::move(error));
  }

  Status TakeMapping(const ChosenTable& chosen, TableTask& task) const {
    const TableMapping& mapping = *chosen.mapping;
    task.sql = mapping.sql;
    task.rules = mapping.rules;
    if (mapping.where.empty()) return {};
    if (ends_.source_connector->info().speaks_sql && mapping.sql.empty()) {
      task.where = mapping.where;
    } else {
      task.transform.filter = mapping.where;
      task.transform.filter_place = mapping.place;
    }
    return {};
  }

  /// Computed columns, and the mapping's order, in the definition of a table that the run will make.
  Status AddComputed(const ChosenTable& chosen, const std::vector<WantedColumn>& wanted, TableTask& task) const {
    std::vector<ExpressionSpec> specs;
    for (const WantedColumn& column : wanted) {
      if (column.IsComputed()) specs.push_back({column.target, column.mapping->expr, chosen.mapping->place});
    }
    if (specs.empty()) return {};
    MIQ_ASSIGN(const std::vector<LogicalType> types, ExpressionTypes(chosen.table, specs));
    std::vector<CatalogColumn> ordered;
    size_t next = 0;
    for (const WantedColumn& column : wanted) {
      if (column.IsComputed()) {
        MIQ_ASSIGN(CatalogColumn computed, ComputedColumn(column, types[next++], task));
        ordered.push_back(std::move(computed));
      } else if (!column.target.empty() && task.target.Find(column.target) != nullptr) {
        ordered.push_back(*task.target.Find(column.target));
      }
    }
    for (const CatalogColumn& column : task.target.columns) {
      if (std::ranges::find(ordered, column.name, &CatalogColumn::name) == ordered.end()) ordered.push_back(column);
    }
    task.target.columns = std::move(ordered);
    return {};
  }

  Result<std::vector<LogicalType>> ExpressionTypes(const Table& table, const std::vector<ExpressionSpec>& specs) const {
    auto schema = std::make_shared<Schema>();
    for (const CatalogColumn& column : table.columns)
      schema->fields.push_back({column.name, column.type, column.nullable});
    MIQ_ASSIGN(const std::unique_ptr<ExpressionEvaluator> evaluator,
               MakeExpressionEvaluator(schema, specs, run_start_));
    return evaluator->types();
  }

  Result<CatalogColumn> ComputedColumn(const WantedColumn& wanted, const LogicalType& type,
                                       const TableTask& task) const {
    const Dialect& dialect = ends_.target_connector->dialect();
    CatalogColumn column;
    column.name = wanted.target;
    if (!wanted.mapping->type.empty()) {
      column.native = wanted.mapping->type;
      MIQ_ASSIGN(column.type, dialect.ParseType(column.native));
      return column;
    }
    column.type = type;
    column.native = ToString(type);
    TypeChoice choice = dialect.ChooseType(column, {.table = &task.source, .source_dialect = "expression"});
    column.native = std::move(choice.native);
    column.type = std::move(choice.type);
    return column;
  }

  /// An existing table, its columns read as those the run would have made where these have the same declaration: what
  /// a column like TIME holds was seen at the source.
  static Table WithKnownTypes(const Table& existing, const Table& converted) {
    Table table = existing;
    for (CatalogColumn& column : table.columns) {
      const CatalogColumn* same = converted.Find(column.name);
      if (same != nullptr && same->native == column.native) column.type = same->type;
    }
    return table;
  }

  Status DecideFate(const ChosenTable& chosen, TableTask& task) const {
    const Table* existing = ends_.target_catalog.Find(task.target.name);
    if (existing == nullptr && !ends_.target_connector->dialect().has_schemas()) {
      existing = FindTable(ends_.target_catalog, task.target.name.name, "");
    }
    const LoadMode mode = chosen.mapping != nullptr ? chosen.mapping->mode : LoadMode::kDefault;
    task.exists = existing != nullptr;
    if (mode == LoadMode::kUpsert) task.fate = TableFate::kUpsert;
    if (existing == nullptr) {
      if (purpose_ != ResolveFor::kCompare) return {};
      return Fail(
          Error(codes::kSchemaMissing, "the target has no table '" + task.target_label + "'").Table(task.target_label));
    }
    if (mode == LoadMode::kAppend)
      task.fate = TableFate::kAppend;
    else if (mode == LoadMode::kTruncate)
      task.fate = TableFate::kTruncate;
    else if (mode == LoadMode::kDefault && plan_.run.schema == SchemaMode::kReuse)
      task.fate = TableFate::kAppend;
    else if (mode == LoadMode::kDefault && plan_.run.schema == SchemaMode::kReplace)
      task.fate = TableFate::kReplace;
    const bool uses_existing =
        task.fate != TableFate::kReplace && (task.fate != TableFate::kCreate || purpose_ != ResolveFor::kRun);
    if (uses_existing) TakeExisting(*existing, task);
    return {};
  }

  /// Where types are guessed from values, only the names and their order are taken: what was planned is not narrower.
  void TakeExisting(const Table& existing, TableTask& task) const {
    const Table planned = std::exchange(task.target, WithKnownTypes(existing, task.target));
    task.load_name = existing.name;
    if (!ends_.target_connector->info().guesses_types) return;
    if (existing.columns.empty()) task.target.columns = planned.columns;
    for (CatalogColumn& column : task.target.columns) {
      if (const CatalogColumn* same = planned.Find(column.name)) column = *same;
    }
  }

  Status DecideKey(const ChosenTable& chosen, TableTask& task) const {
    task.key =
        chosen.mapping != nullptr && !chosen.mapping->key.empty() ? chosen.mapping->key : task.target.KeyColumns();
    for (const std::string& name : task.key) {
      if (task.transform.target->IndexOf(name) >= 0) continue;
      if (chosen.mapping == nullptr || chosen.mapping->key.empty()) {
        task.key.clear();
        return {};
      }
      return Fail(Error(codes::kPlanColumn, "key column '" + name + "' is not written")
                      .Table(task.target_label)
                      .Column(name)
                      .At(chosen.mapping->place));
    }
    if (task.fate == TableFate::kUpsert && !task.exists) MakeKey(task);
    if (task.fate != TableFate::kUpsert || !task.key.empty()) return {};
    return Fail(Error(codes::kPlanMissing, "`mode: upsert` needs a key: the target table has no primary key")
                    .Table(task.target_label)
                    .At(chosen.mapping->place)
                    .Fix("Add `key: [column, ...]` to the mapping."));
  }

  /// Rows are merged by the key, so a table that the run makes must have it.
  static void MakeKey(TableTask& task) {
    if (task.target.primary_key || task.key.empty()) return;
    Index key{.name = "", .unique = true, .parts = {}};
    for (const std::string& name : task.key) {
      key.parts.push_back({.column = name, .expression = "", .collation = ""});
      for (CatalogColumn& column : task.target.columns) column.nullable &= column.name != name;
    }
    task.target.primary_key = std::move(key);
  }

  Status RefuseExisting(const std::vector<TableTask>& tasks) const {
    std::string names;
    for (const TableTask& task : tasks) {
      if (task.exists && task.fate == TableFate::kCreate) names += (names.empty() ? "" : ", ") + task.target_label;
    }
    if (names.empty()) return {};
    return Fail(codes::kSchemaExists, "already in the target: " + names + "; nothing was written");
  }

  const Plan& plan_;
  const Ends& ends_;
  ResolveFor purpose_;
  int64_t run_start_;
  std::vector<ChosenTable> chosen_;
  std::vector<std::vector<WantedColumn>> wanted_;
  ConvertedCatalog converted_;
  std::vector<ObjectReport> parted_;  ///< foreign keys to tables that go into several, none of which holds all rows
};

}  // namespace

Result<ResolvedPlan> ResolvePlan(const Plan& plan, const Ends& ends, ResolveFor purpose, int64_t run_start_micros) {
  return Resolver(plan, ends, purpose, run_start_micros).Run();
}

}  // namespace migrateiq
