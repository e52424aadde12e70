#include <algorithm>

#include "base/errors/plan.hpp"
#include "base/nearest.hpp"
#include "pipeline/profile/profiler.hpp"
#include "pipeline/schema/convert.hpp"

namespace migrateiq {

namespace {

bool Matches(const std::string& pattern, const Table& table) {
  return MatchesGlob(pattern, table.name.name) || MatchesGlob(pattern, table.name.ToString());
}

bool MatchesAny(const std::vector<std::string>& patterns, const Table& table) {
  return std::ranges::any_of(patterns, [&table](const std::string& pattern) { return Matches(pattern, table); });
}

/// A pattern without wildcards that matches nothing is a typo, not an empty selection.
Status CheckPattern(const Catalog& catalog, const std::string& pattern) {
  if (pattern.find_first_of("*?") != std::string::npos) return {};
  if (std::ranges::any_of(catalog.tables, [&](const Table& table) { return Matches(pattern, table); })) return {};
  std::vector<std::string> names;
  for (const Table& table : catalog.tables) names.push_back(table.name.ToString());
  for (const Table& table : catalog.tables) names.push_back(table.name.name);
  return Fail(
      Error(codes::kSchemaMissing, "there is no table '" + pattern + "'" + DidYouMean(pattern, names)).Table(pattern));
}

}  // namespace

Result<std::vector<const Table*>> SelectTables(const Catalog& catalog, const std::vector<std::string>& include,
                                               const std::vector<std::string>& exclude) {
  for (const std::string& pattern : include) MIQ_TRY(CheckPattern(catalog, pattern));
  std::vector<const Table*> chosen;
  for (const Table& table : catalog.tables) {
    if ((include.empty() || MatchesAny(include, table)) && !MatchesAny(exclude, table)) chosen.push_back(&table);
  }
  if (!chosen.empty()) return chosen;
  if (catalog.tables.empty()) return Fail(codes::kSchemaNoTables, "there are no tables");
  return Fail(codes::kSchemaNoTables, "none of the " + std::to_string(catalog.tables.size()) + " tables is chosen");
}

}  // namespace migrateiq
