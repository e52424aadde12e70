#include "pipeline/run/resolve_tables.hpp"

#include <algorithm>
#include <set>

#include "base/errors/plan.hpp"
#include "base/nearest.hpp"

namespace migrateiq {

namespace {

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

bool IsNamed(const Table& table, std::string_view written, std::string_view default_schema) {
  if (table.name.ToString() == written) return true;
  return table.name.name == written && (table.name.schema.empty() || table.name.schema == default_schema);
}

bool MatchesAny(const std::vector<std::string>& patterns, const Table& table) {
  return std::ranges::any_of(patterns, [&table](const std::string& pattern) {
    return MatchesGlob(pattern, table.name.name) || MatchesGlob(pattern, table.name.ToString());
  });
}

std::vector<std::string> Names(const Catalog& catalog) {
  std::vector<std::string> names;
  for (const Table& table : catalog.tables) names.push_back(table.name.ToString());
  for (const Table& table : catalog.tables) names.push_back(table.name.name);
  return names;
}

Result<ChosenTable> DescribeMapping(const TableMapping& mapping, const Ends& ends) {
  auto described = ends.source->DescribeQuery(mapping.sql);
  if (!described) {
    if (described.error().place.empty()) described.error().place = mapping.place;
    return std::unexpected(std::move(described).error());
  }
  described->name = SplitName(mapping.target.empty() ? "query" : mapping.target);
  return ChosenTable{.table = std::move(*described), .mapping = &mapping, .part = {}};
}

Result<ChosenTable> FindMapped(const TableMapping& mapping, const Ends& ends) {
  if (!mapping.sql.empty()) return DescribeMapping(mapping, ends);
  const Table* table = FindTable(ends.source_catalog, mapping.source, ends.source->dialect().default_schema());
  if (table != nullptr) return ChosenTable{.table = *table, .mapping = &mapping, .part = {}};
  return Fail(Error(codes::kSchemaMissing, "the source has no table '" + mapping.source + "'" +
                                               DidYouMean(mapping.source, Names(ends.source_catalog)))
                  .Table(mapping.source)
                  .At(mapping.place));
}

/// A pattern without wildcards that matches nothing is a typo, not an empty selection.
Status CheckPatterns(const Plan& plan, const Ends& ends) {
  for (const std::string& pattern : plan.include) {
    if (pattern.find_first_of("*?") != std::string::npos) continue;
    const auto matches = [&](const Table& table) { return MatchesAny({pattern}, table); };
    if (std::ranges::any_of(ends.source_catalog.tables, matches)) continue;
    return Fail(Error(codes::kSchemaMissing,
                      "the source has no table '" + pattern + "'" + DidYouMean(pattern, Names(ends.source_catalog)))
                    .Table(pattern));
  }
  return {};
}

/// The table's name, or one that also says where it goes when that is taken: `customer (to address)`.
Status NamePart(ChosenTable& one, std::set<TableName>& taken) {
  one.part = one.table.name;
  if (taken.insert(one.part).second) return {};
  if (one.mapping->target.empty())
    return Fail(Error(codes::kPlanMissing, "another mapping of '" + one.table.name.ToString() + "' needs a `target`")
                    .Table(one.table.name.ToString())
                    .At(one.mapping->place));
  one.part.name += " (to " + one.mapping->target + ")";
  while (!taken.insert(one.part).second) one.part.name += "'";
  return {};
}

/// Tables before queries, which are named after their target.
Status NameParts(std::vector<ChosenTable>& chosen) {
  std::set<TableName> taken;
  for (const bool queries : {false, true})
    for (ChosenTable& one : chosen)
      if (one.IsQuery() == queries) MIQ_TRY(NamePart(one, taken));
  return {};
}

std::string NothingChosen(const Catalog& catalog) {
  if (!catalog.tables.empty())
    return "none of the source's " + std::to_string(catalog.tables.size()) + " tables is chosen";
  std::string text = "the source has no tables";
  if (!catalog.others.empty())
    text += "; what is there is not read: " + catalog.others[0].name + " (" + catalog.others[0].kind +
            (catalog.others[0].why.empty() ? "" : ", " + catalog.others[0].why) + ")";
  return text;
}

}  // namespace

TableName SplitName(std::string_view written) {
  const size_t dot = written.find('.');
  if (dot == std::string_view::npos) return {"", std::string(written)};
  return {std::string(written.substr(0, dot)), std::string(written.substr(dot + 1))};
}

const Table* FindTable(const Catalog& catalog, std::string_view written, std::string_view default_schema) {
  for (const Table& table : catalog.tables) {
    if (IsNamed(table, written, default_schema)) return &table;
  }
  const Table* found = nullptr;
  for (const Table& table : catalog.tables) {
    const bool same = Lower(table.name.ToString()) == Lower(written) || Lower(table.name.name) == Lower(written);
    if (same && found != nullptr) return nullptr;
    if (same) found = &table;
  }
  return found;
}

Result<std::vector<ChosenTable>> ChooseTables(const Plan& plan, const Ends& ends) {
  std::vector<ChosenTable> chosen;
  MIQ_TRY(CheckPatterns(plan, ends));
  for (const TableMapping& mapping : plan.mappings) {
    MIQ_ASSIGN(ChosenTable mapped, FindMapped(mapping, ends));
    chosen.push_back(std::move(mapped));
  }
  for (const Table& table : ends.source_catalog.tables) {
    const auto is_mapped = [&](const ChosenTable& other) { return !other.IsQuery() && other.table.name == table.name; };
    const auto end = chosen.begin() + static_cast<std::ptrdiff_t>(plan.mappings.size());
    if (std::any_of(chosen.begin(), end, is_mapped)) continue;
    if (MatchesAny(plan.include, table) && !MatchesAny(plan.exclude, table))
      chosen.push_back({.table = table, .mapping = nullptr, .part = {}});
  }
  if (chosen.empty()) return Fail(codes::kSchemaNoTables, NothingChosen(ends.source_catalog));
  MIQ_TRY(NameParts(chosen));
  return chosen;
}

}  // namespace migrateiq
