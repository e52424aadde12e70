#include "modules/ml/analysed_side.hpp"

#include <algorithm>
#include <cmath>

#include "pipeline/profile/profiler.hpp"

namespace migrateiq::ml {

namespace {

using match::TypeClass;

constexpr int64_t kValues = 300;    ///< of a column
constexpr int64_t kLookedAt = 200;  ///< analyses of a connection, from the newest on
constexpr const char* kFinished = "succeeded";

/// By the type that the reader yields: "decimal(12,2)", "string(40)".
TypeClass ClassOf(const ColumnProfile& column) {
  if (column.declared_type.empty()) return TypeClass::kUnknown;
  static constexpr std::pair<std::string_view, TypeClass> kClasses[] = {
      {"bool", TypeClass::kBool},      {"int", TypeClass::kInteger},     {"uint", TypeClass::kInteger},
      {"interval", TypeClass::kTime},  {"decimal", TypeClass::kDecimal}, {"float", TypeClass::kDecimal},
      {"double", TypeClass::kDecimal}, {"date", TypeClass::kDate},       {"timestamp", TypeClass::kTimestamp},
      {"time", TypeClass::kTime},      {"bytes", TypeClass::kBinary},    {"geometry", TypeClass::kBinary},
      {"uuid", TypeClass::kUuid},      {"json", TypeClass::kJson},       {"array", TypeClass::kJson},
      {"any", TypeClass::kUnknown}};
  TypeClass found = TypeClass::kText;
  size_t longest = 0;  // "interval" is no "int", nor is "timestamp" a "time"
  for (const auto& [word, type] : kClasses) {
    if (!column.batch_type.starts_with(word) || word.size() <= longest) continue;
    found = type;
    longest = word.size();
  }
  return found;
}

/// What stands for the values that are not among the frequent ones.
std::vector<std::string> OthersOf(const ColumnProfile& column) {
  std::vector<std::string> others;
  for (const Quantile& quantile : column.quantiles) others.push_back(quantile.value);
  for (const PatternCount& pattern : column.patterns) others.push_back(pattern.example);
  for (const ValueCount& top : column.top_values) others.push_back(top.value);
  for (const auto& end : {column.minimum, column.maximum})
    if (end) others.push_back(*end);
  std::erase(others, "");
  return others;
}

std::vector<std::optional<std::string>> ValuesOf(const ColumnProfile& column) {
  std::vector<std::optional<std::string>> values;
  if (column.count == 0) return values;
  const int64_t most = std::min(kValues, column.count);
  const auto nulls = static_cast<size_t>(
      std::lround(static_cast<double>(most) * static_cast<double>(column.nulls) / static_cast<double>(column.count)));
  values.assign(nulls, std::nullopt);
  const size_t all = static_cast<size_t>(most), present = all - nulls;
  for (const ValueCount& top : column.top_values) {
    const auto wanted = std::max<int64_t>(1, std::lround(top.share * static_cast<double>(present)));
    for (int64_t k = 0; k < wanted && values.size() < all; ++k) values.emplace_back(top.value);
  }
  const std::vector<std::string> others = OthersOf(column);
  for (size_t k = 0; !others.empty() && values.size() < all; ++k) values.emplace_back(others[k % others.size()]);
  return values;
}

bool IsForeign(const TableProfile& table, const std::string& column) {
  return std::ranges::any_of(table.inclusion_dependencies, [&](const InclusionDependency& one) {
    return one.declared && std::ranges::find(one.columns, column) != one.columns.end();
  });
}

bool IsDeclaredKey(const TableProfile& table, const std::string& column) {
  return std::ranges::any_of(table.candidate_keys, [&](const CandidateKey& key) {
    return key.declared && key.columns == std::vector{column};
  });
}

/// Those of all tables; of one in the making, or of a few tables, not.
bool IsWhole(const analyzer::AnalysisDetail& one, const std::string& project_id) {
  const bool ours = one.row.project_id.empty() || one.row.project_id == project_id;
  return ours && one.row.finished_at && one.state() == kFinished && one.row.options.tables.empty() &&
         one.row.options.exclude.empty();
}

Result<std::optional<analyzer::AnalysisRow>> Newest(analyzer::Analyses& analyses, const std::string& tenant_id,
                                                    const std::string& project_id, const std::string& connection_id) {
  MIQ_ASSIGN(const auto known, analyses.List(tenant_id, {.project_id = {}, .connection_id = connection_id},
                                             {.limit = kLookedAt, .cursor = {}}));
  for (const analyzer::AnalysisDetail& one : known)
    if (IsWhole(one, project_id)) return std::optional(one.row);
  return std::optional<analyzer::AnalysisRow>();
}

TableName NameOf(const TableProfile& table) {
  if (table.schema.empty() || !table.name.starts_with(table.schema + ".")) return {.schema = {}, .name = table.name};
  return {.schema = table.schema, .name = table.name.substr(table.schema.size() + 1)};
}

}  // namespace

match::MatchTable AnalysedTable(const TableProfile& table) {
  match::MatchTable result{.name = NameOf(table).name, .columns = {}};
  for (const ColumnProfile& column : table.columns) {
    match::MatchColumn& added = result.columns.emplace_back();
    added.name = column.name;
    added.comment = column.comment;
    added.type = ClassOf(column);
    added.key = table.primary_key == std::vector{column.name};
    added.unique = added.key || IsDeclaredKey(table, column.name);
    added.foreign = IsForeign(table, column.name);
    added.values = ValuesOf(column);
  }
  return result;
}

Result<std::optional<AnalysedSide>> ReadAnalysedSide(analyzer::Analyses& analyses, const std::string& tenant_id,
                                                     const std::string& project_id, const std::string& connection_id,
                                                     const std::vector<std::string>& patterns, int64_t hours,
                                                     Micros now) {
  MIQ_ASSIGN(const auto found, Newest(analyses, tenant_id, project_id, connection_id));
  if (!found || *found->finished_at < now - hours * kHour) return std::optional<AnalysedSide>();
  MIQ_ASSIGN(const Profile profile, analyses.Whole(tenant_id, found->analysis_id));
  Catalog catalog;
  for (const TableProfile& table : profile.tables) {
    catalog.tables.emplace_back();
    catalog.tables.back().name = NameOf(table);
  }
  MIQ_ASSIGN(const std::vector<const Table*> chosen, SelectTables(catalog, patterns, {}));
  AnalysedSide side{.analysis = found->name, .tables = {}, .names = {}};
  for (const Table* table : chosen) {
    const auto place = static_cast<size_t>(table - catalog.tables.data());
    side.tables.push_back(AnalysedTable(profile.tables[place]));
    side.names.push_back(table->name.ToString());
  }
  return std::optional(std::move(side));
}

}  // namespace migrateiq::ml
