#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "pipeline/assess/detail/chapters.hpp"
#include "pipeline/assess/detail/code_measure.hpp"
#include "pipeline/assess/detail/sort.hpp"
#include "pipeline/assess/detail/words.hpp"

namespace migrateiq::assess {

namespace {

constexpr double kModerate = 5, kComplex = 12;          ///< points from which an object is no longer simple ...
constexpr double kModerateAll = 60, kComplexAll = 300;  ///< ... and the whole
constexpr std::array<const char*, 3> kLevels = {"simple", "moderate", "complex"};

const char* LevelOf(double points, double moderate, double complex) {
  return kLevels[points >= complex ? 2 : points >= moderate ? 1 : 0];
}

void Add(ObjectComplexity& object, const char* about, double count, double weight) {
  if (count == 0) return;
  object.parts.push_back({about, count, weight, count * weight});
  object.points += count * weight;
}

ObjectComplexity Finish(ObjectComplexity object) {
  object.level = LevelOf(object.points, kModerate, kComplex);
  return object;
}

/// How many reports a run would make about a table, by whether somebody has to do something.
struct Reports {
  int64_t manual = 0, adapted = 0;
};

std::map<TableName, Reports> CountReports(const Context& context) {
  std::map<TableName, Reports> counts;
  if (const ConvertedCatalog* chosen = context.Chosen()) {
    for (const ConvertedTable& table : chosen->tables) {
      for (const ObjectReport& report : table.objects) {
        ++(report.status == "manual" ? counts[table.source].manual : counts[table.source].adapted);
      }
    }
  }
  return counts;
}

double Size(int64_t rows) { return rows <= 100'000 ? 0 : std::log10(static_cast<double>(rows) / 100'000); }

ObjectComplexity OfTable(const Context& context, const Table& table, const Reports& reports) {
  ObjectComplexity object{.kind = "table", .name = table.name.ToString()};
  Add(object, "the table itself", 1, 1);
  Add(object, "columns", static_cast<double>(table.columns.size()), 0.1);
  Add(object, "secondary indexes", static_cast<double>(table.indexes.size()), 0.25);
  Add(object, "foreign keys", static_cast<double>(table.foreign_keys.size()), 0.5);
  Add(object, "checks", static_cast<double>(table.checks.size()), 0.5);
  Add(object, "generated columns",
      static_cast<double>(std::ranges::count_if(table.columns, &CatalogColumn::IsGenerated)), 1);
  Add(object, "no key that tells rows apart", table.KeyColumns().empty() ? 1 : 0, 2);
  Add(object, "partitioned", table.partitioning.empty() ? 0 : 1, 3);
  Add(object, "changes on the way to the target", static_cast<double>(reports.adapted), 0.25);
  Add(object, "parts to make by hand", static_cast<double>(reports.manual), 2);
  Add(object, "size: powers of ten beyond 100,000 rows", Size(context.RowsOf(table)), 1);
  return Finish(std::move(object));
}

ObjectComplexity OfCode(const OtherObject& other) {
  const CodeMeasure code = MeasureCode(other.source);
  ObjectComplexity object{.kind = other.kind, .name = other.name};
  Add(object, "made by hand", 1, 1);
  Add(object, "lines", code.lines, 0.1);
  Add(object, "joins", code.joins, 0.5);
  Add(object, "subqueries", code.subqueries, 1);
  Add(object, "branches and loops", code.branches, 0.5);
  Add(object, "cursors, handlers, dynamic SQL", code.hard, 3);
  return Finish(std::move(object));
}

std::vector<LevelCount> Distribute(const std::vector<ObjectComplexity>& objects) {
  std::vector<LevelCount> levels;
  for (const char* level : kLevels) levels.push_back({.level = level});
  for (const ObjectComplexity& object : objects) {
    LevelCount& level = *std::ranges::find(levels, object.level, &LevelCount::level);
    ++level.count;
    level.points += object.points;
  }
  return levels;
}

std::vector<std::string> Formulas() {
  return {
      "Table = 1 + 0.1 x columns + 0.25 x secondary indexes + 0.5 x foreign keys + 0.5 x checks + 1 x generated "
      "columns + 2 if no key tells rows apart + 3 if partitioned + 0.25 x changes on the way + 2 x parts to make by "
      "hand + log10(rows / 100,000) beyond 100,000 rows",
      "Code (view, trigger, routine ...) = 1 + 0.1 x lines + 0.5 x joins + 1 x subqueries + 0.5 x branches and loops "
      "+ 3 x cursors, handlers and dynamic SQL",
      "An object is simple below " + Decimal(kModerate) + " points, complex from " + Decimal(kComplex) +
          " on. The database is the sum of its objects: simple below " + Decimal(kModerateAll) + ", complex from " +
          Decimal(kComplexAll) + " on."};
}

}  // namespace

Complexity MeasureComplexity(const Context& context) {
  Complexity result{.formulas = Formulas()};
  std::map<TableName, Reports> reports = CountReports(context);
  for (const Table& table : context.catalog.tables) {
    result.objects.push_back(OfTable(context, table, reports[table.name]));
  }
  for (const OtherObject& other : context.catalog.others) result.objects.push_back(OfCode(other));
  for (const ObjectComplexity& object : result.objects) result.points += object.points;
  result.level = LevelOf(result.points, kModerateAll, kComplexAll);
  result.distribution = Distribute(result.objects);
  SortStable(result.objects, std::ranges::greater(), &ObjectComplexity::points);
  return result;
}

}  // namespace migrateiq::assess
