#include <algorithm>
#include <map>

#include "pipeline/assess/detail/chapters.hpp"
#include "pipeline/assess/detail/sort.hpp"
#include "pipeline/assess/detail/words.hpp"

namespace migrateiq::assess {

namespace {

/// What a catalog holds of each kind that conversion knows, in the order they are shown.
class Totals {
 public:
  explicit Totals(const Catalog& catalog) {
    Put("table", static_cast<int64_t>(catalog.tables.size()));
    for (const Table& table : catalog.tables) AddTable(table);
    Put("sequence", static_cast<int64_t>(catalog.sequences.size()));
    for (const OtherObject& other : catalog.others) Put(other.kind, 1);
  }
  const std::vector<std::pair<std::string, int64_t>>& lines() const { return lines_; }

 private:
  void Put(const std::string& kind, int64_t count) {
    if (count == 0) return;
    const auto found = std::ranges::find(lines_, kind, &std::pair<std::string, int64_t>::first);
    if (found == lines_.end())
      lines_.emplace_back(kind, count);
    else
      found->second += count;
  }

  void AddTable(const Table& table) {
    for (const CatalogColumn& column : table.columns) {
      Put("column", 1);
      Put("default", column.default_sql ? 1 : 0);
      Put("generated column", column.IsGenerated() ? 1 : 0);
    }
    Put("primary key", table.primary_key ? 1 : 0);
    for (const Index& index : table.indexes) Put(index.unique && index.constraint ? "unique" : "index", 1);
    Put("foreign key", static_cast<int64_t>(table.foreign_keys.size()));
    Put("check", static_cast<int64_t>(table.checks.size()));
    Put("partitioning", table.partitioning.empty() ? 0 : 1);
  }

  std::vector<std::pair<std::string, int64_t>> lines_;
};

std::vector<const ObjectReport*> ReportsOf(const ConvertedCatalog& converted) {
  std::vector<const ObjectReport*> reports;
  for (const ConvertedTable& table : converted.tables) {
    for (const ObjectReport& report : table.objects) reports.push_back(&report);
  }
  for (const ObjectReport& report : converted.objects) reports.push_back(&report);
  return reports;
}

bool IsManual(const ObjectReport& report) { return report.status == "manual"; }

/// Different objects a kind; an object that is manual in one respect counts as manual only.
struct Reported {
  std::map<std::string, std::set<std::string>> manual, adapted;
  std::map<std::string, int64_t> doubles;  ///< manual objects without a name of their own, beyond the first
};

Reported Sort(const std::vector<const ObjectReport*>& reports) {
  Reported sorted;
  for (const ObjectReport* report : reports) {
    if (!IsManual(*report)) continue;
    if (!sorted.manual[report->kind].insert(report->name).second) ++sorted.doubles[report->kind];
  }
  for (const ObjectReport* report : reports) {
    if (IsManual(*report) || sorted.manual[report->kind].contains(report->name)) continue;
    sorted.adapted[report->kind].insert(report->name);
  }
  return sorted;
}

ConversionLine LineOf(const std::string& kind, int64_t total, Reported& reported) {
  ConversionLine line{.kind = kind};
  line.manual = std::min<int64_t>(total, static_cast<int64_t>(reported.manual[kind].size()) + reported.doubles[kind]);
  line.adapted = std::min<int64_t>(total - line.manual, static_cast<int64_t>(reported.adapted[kind].size()));
  line.automatic = total - line.manual - line.adapted;
  return line;
}

void CountLines(const Context& context, const ConvertedCatalog& converted, TargetConversion& result) {
  Reported reported = Sort(ReportsOf(converted));
  std::vector<std::pair<std::string, int64_t>> totals = Totals(context.catalog).lines();
  for (const auto& [kind, names] : reported.manual) {  // kinds that are no objects of the catalog: an unused type
    const bool known = std::ranges::find(totals, kind, &std::pair<std::string, int64_t>::first) != totals.end();
    if (!known && !names.empty()) totals.emplace_back(kind, static_cast<int64_t>(names.size()));
  }
  for (const auto& [kind, total] : totals) {
    result.lines.push_back(LineOf(kind, total, reported));
    result.automatic += result.lines.back().automatic;
    result.adapted += result.lines.back().adapted;
    result.manual += result.lines.back().manual;
  }
}

std::vector<ConversionItem> ItemsOf(const ConvertedCatalog& converted) {
  std::vector<ConversionItem> items;
  for (const ObjectReport* report : ReportsOf(converted)) {
    items.push_back(
        {report->kind, report->name, IsManual(*report) ? "manual" : "adapted", report->why, report->source});
  }
  SortStable(items, {}, [](const ConversionItem& item) { return item.status == "manual" ? 0 : 1; });
  return items;
}

std::vector<TypeMapping> TypesOf(const Context& context) {
  std::map<std::pair<std::string, std::string>, TypeMapping> mappings;
  ForEachColumn(context, [&](const Table& table, const CatalogColumn& column, const ColumnProfile*) {
    const CatalogColumn* target = context.TargetOf(table, column);
    if (target == nullptr) return;
    TypeMapping& mapping = mappings[{column.native, target->native}];
    mapping.from = column.native.empty() ? "(none)" : column.native;
    mapping.to = target->native;
    ++mapping.columns;
    mapping.changes = mapping.changes || ToString(column.type) != ToString(target->type);
  });
  std::vector<TypeMapping> sorted;
  for (auto& [types, mapping] : mappings) sorted.push_back(std::move(mapping));
  SortStable(sorted, std::ranges::greater(), &TypeMapping::columns);
  return sorted;
}

}  // namespace

std::vector<TargetConversion> CompareConversions(const Context& context) {
  std::vector<TargetConversion> results;
  for (const Conversion& conversion : context.conversions) {
    TargetConversion result{.dialect = std::string(conversion.target.dialect->name()),
                            .label = conversion.target.label,
                            .chosen = context.to != nullptr && results.empty()};
    if (conversion.result)
      CountLines(context, *conversion.result, result);
    else
      result.refused = conversion.result.error().ToString();
    if (conversion.result && result.chosen) {
      result.items = ItemsOf(*conversion.result);
      result.types = TypesOf(context);
    }
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace migrateiq::assess
