#include <algorithm>
#include <set>

#include "pipeline/schema/detail/conversion.hpp"
#include "pipeline/schema/detail/token.hpp"

namespace migrateiq::detail {
namespace {

constexpr const char* kNoEqual = "its expression has no safe equal in the target";

std::string Kind(const Index& index) { return index.unique && index.constraint ? "unique" : "index"; }

/// Names the first dropped column of an index, "" when there is none.
std::string DroppedColumn(const TableConversion& table, const Index& index) {
  for (const IndexPart& part : index.parts) {
    if (table.names.dropped.contains(part.column)) return part.column;
  }
  for (const std::string& column : index.include) {
    if (table.names.dropped.contains(column)) return column;
  }
  return {};
}

std::string ByDropping(const std::string& column) { return "it needs the column " + column + ", which is dropped"; }

std::string RenamedColumn(const TableConversion& table, const std::string& column) {
  const auto found = table.names.columns.find(column);
  return found == table.names.columns.end() ? column : found->second;
}

/// Why a text did not come over, as status and reason.
void ReportText(TableConversion& table, const std::string& kind, const std::string& name, const Translated& text,
                const std::string& source) {
  if (text.dropped.empty()) {
    table.Report(kind, name, "manual", kNoEqual, source);
  } else {
    table.Report(kind, name, "skipped", ByDropping(text.dropped), source);
  }
}

std::string SourceText(const Index& index) {
  if (!index.definition.empty()) return index.definition;
  std::string text = index.unique ? "UNIQUE (" : "(";
  for (const IndexPart& part : index.parts) {
    text += (text.back() == '(' ? "" : ", ") + (part.column.empty() ? part.expression : part.column);
  }
  return text + ")" + (index.where.empty() ? "" : " WHERE " + index.where);
}

/// Translates one SQL text of an index in place; empty texts pass.
bool TranslateIn(TableConversion& table, const Index& index, std::string& text, bool predicate) {
  if (text.empty()) return true;
  const Translated translated = TranslateFor(table, text, predicate, true);
  if (!translated.text) {
    ReportText(table, Kind(index), index.name, translated, SourceText(index));
    return false;
  }
  text = *translated.text;
  if (translated.ignores_case) {
    table.Report(Kind(index), index.name, "created", "its condition ignores case in the source, not in the target");
  }
  return true;
}

std::string NameFromColumns(const TableConversion& table, const Index& index) {
  std::string name = table.names.target.name;
  for (const IndexPart& part : index.parts) name += "_" + (part.column.empty() ? "expr" : part.column);
  return name + (index.unique ? "_key" : "_idx");
}

/// The index over the target's columns, still with the source's features; nullopt when it was reported instead.
std::optional<Index> Carry(TableConversion& table, const Index& source) {
  const std::string dropped = DroppedColumn(table, source);
  if (!dropped.empty()) {
    table.Report(Kind(source), source.name, "skipped", ByDropping(dropped), SourceText(source));
    return std::nullopt;
  }
  Index index = source;
  for (IndexPart& part : index.parts) {
    if (!TranslateIn(table, source, part.expression, false)) return std::nullopt;
    if (!part.column.empty()) part.column = RenamedColumn(table, part.column);
    if (!table.all.SameDialect()) part.collation.clear(), part.opclass.clear();
  }
  if (!TranslateIn(table, source, index.where, true)) return std::nullopt;
  for (std::string& column : index.include) column = RenamedColumn(table, column);
  return index;
}

bool AnyDescending(const Index& index) { return std::ranges::any_of(index.parts, &IndexPart::descending); }

/// What an index loses when the target adapts it; empty when nothing.
std::string LostBy(const Index& before, const Index& after) {
  std::string lost;
  const auto add = [&lost](const std::string& what) { lost += (lost.empty() ? "" : "; ") + what; };
  if (before.method != after.method) add("method " + before.method + " becomes " + after.method);
  if (!before.include.empty() && after.include.empty()) add("its INCLUDE columns are left out");
  if (!before.where.empty() && after.where.empty()) add("its WHERE is left out");
  if (before.deferrable && !after.deferrable) add("it is no longer deferrable");
  if (before.nulls_not_distinct && !after.nulls_not_distinct) add("NULLs count as distinct");
  const bool had_prefix = std::ranges::any_of(before.parts, [](const IndexPart& part) { return part.prefix > 0; });
  const bool has_prefix = std::ranges::any_of(after.parts, [](const IndexPart& part) { return part.prefix > 0; });
  if (had_prefix && !has_prefix) add("it covers whole values, no longer prefixes");
  if (!had_prefix && has_prefix) add("it covers prefixes only");
  if (AnyDescending(before) && !AnyDescending(after)) add("it sorts upwards, no longer downwards");
  return lost;
}

std::optional<Index> Adapt(TableConversion& table, const Index& source, Index index) {
  if (table.all.SameDialect()) return index;
  auto adapted = table.all.to.AdaptIndex(index, table.result.target);
  if (!adapted) {
    table.Report(Kind(source), source.name, "manual", adapted.error(), SourceText(source));
    return std::nullopt;
  }
  const std::string lost = LostBy(index, *adapted);
  if (!lost.empty()) table.Report(Kind(index), adapted->name, "created", lost);
  return std::move(*adapted);
}

/// The name an index would have were it alone.
std::string WantedName(const TableConversion& table, const Index& index, const std::string& source_name) {
  std::string wanted =
      source_name.empty() ? NameFromColumns(table, index) : ConvertName(source_name, table.all.options.name_case, 0);
  const bool reserved = Lower(wanted) == "primary" || wanted.starts_with("sqlite_autoindex_");
  return reserved ? NameFromColumns(table, index) : wanted;
}

void ConvertIndex(TableConversion& table, const Index& source, NameScopes& scopes) {
  if (table.all.ToFiles()) {
    table.Report(Kind(source), source.name, "manual", "files have no keys and no indexes", SourceText(source));
    return;
  }
  auto carried = Carry(table, source);
  if (!carried) return;
  carried->name = WantedName(table, *carried, source.name);
  auto adapted = Adapt(table, source, std::move(*carried));
  if (!adapted) return;
  adapted->name = scopes.Take(IndexScope(table.all, table.names.target), adapted->name, table.names.target.name);
  if (!source.name.empty() && adapted->name != source.name && adapted->name != Lower(source.name) &&
      !source.name.starts_with("sqlite_autoindex_") && table.all.options.name_case == NameCase::kKeep) {
    table.Report(Kind(source), source.name, "created", "its name becomes " + adapted->name);
  }
  table.result.target.indexes.push_back(std::move(*adapted));
}

void ConvertPrimaryKey(TableConversion& table, NameScopes& scopes) {
  if (!table.source.primary_key) return;
  auto carried = Carry(table, *table.source.primary_key);
  if (!carried) return;
  Index& key = *carried;
  if (!table.all.SameDialect()) {
    const Index before = key;
    key = Index{.unique = true, .constraint = true, .comment = key.comment};
    for (const IndexPart& part : before.parts) {
      key.parts.push_back({.column = part.column, .descending = part.descending && !table.all.ToPostgres()});
    }
    const std::string lost = LostBy(before, key);
    if (!lost.empty()) table.Report("primary key", table.source.name.ToString(), "created", lost);
  }
  key.name = table.all.SameDialect() && !key.name.empty() && table.all.ToPostgres()
                 ? scopes.Take(IndexScope(table.all, table.names.target), key.name, table.names.target.name)
                 : std::string();
  table.result.target.primary_key = std::move(key);
}

/// `json_valid(c)` says nothing about a column whose type allows nothing else.
bool IsJsonCheck(const TableConversion& table, const std::string& expression) {
  const std::string lower = Lower(expression);
  for (const auto& [source, facts] : table.facts) {
    if (!facts.json) continue;
    for (const std::string& name : {"`" + source + "`", "\"" + source + "\"", source}) {
      if (lower == "json_valid(" + Lower(name) + ")" || lower == "(json_valid(" + Lower(name) + "))") return true;
    }
  }
  return false;
}

std::string CheckTitle(const TableConversion& table, const Check& check) {
  return check.name.empty() ? table.source.name.ToString() : check.name;
}

/// MySQL refuses checks of a column that a foreign key's action changes.
std::string NeedsActedOn(const TableConversion& table, const std::string& expression) {
  if (!table.all.ToMySql() || table.all.SameDialect()) return {};
  std::set<std::string> changed;
  for (const ForeignKey& key : table.source.foreign_keys) {
    const bool acts = key.on_delete == FkAction::kSetNull || key.on_update == FkAction::kSetNull ||
                      key.on_update == FkAction::kCascade;
    if (acts) changed.insert(key.columns.begin(), key.columns.end());
  }
  return FindNamed(expression, table.all.from.expressions(), changed);
}

/// Why the target takes no such check at all; empty when it may.
std::string WhyNotChecked(const TableConversion& table, const Check& check) {
  if (table.all.ToFiles()) return "files have no checks";
  const std::string numbered = NeedsIdentity(table, check.expression);
  if (!numbered.empty()) return "it needs " + numbered + ", which gives out numbers: the target checks no such column";
  const std::string changed = NeedsActedOn(table, check.expression);
  if (!changed.empty())
    return "it needs " + changed + ", which a foreign key sets by itself: the target checks no such column";
  return {};
}

void ConvertCheck(TableConversion& table, const Check& check, NameScopes& scopes) {
  if (!table.all.SameDialect() && IsJsonCheck(table, check.expression)) {
    table.Report("check", CheckTitle(table, check), "skipped", "the target type makes sure of it", check.expression);
    return;
  }
  const std::string why = WhyNotChecked(table, check);
  if (!why.empty()) {
    table.Report("check", CheckTitle(table, check), "manual", why, check.expression);
    return;
  }
  const Translated translated = TranslateFor(table, check.expression, true, true);
  if (!translated.text) {
    ReportText(table, "check", CheckTitle(table, check), translated, check.expression);
    return;
  }
  const std::string wanted = check.name.empty() ? table.names.target.name + "_check" : check.name;
  const std::string name = scopes.Take(ConstraintScope(table.all, table.names.target), wanted, table.names.target.name);
  if (translated.ignores_case) {
    table.Report("check", CheckTitle(table, check), "created", "it ignores case in the source, not in the target",
                 check.expression);
  }
  table.result.target.checks.push_back({.name = name, .expression = *translated.text});
}

/// The checks made for enums get free names too.
void NameLabelChecks(TableConversion& table, NameScopes& scopes) {
  for (Check& check : table.result.target.checks) {
    check.name = scopes.Take(ConstraintScope(table.all, table.names.target), check.name, table.names.target.name);
  }
}

bool IsWholeKey(const Table& table, const std::string& column) {
  return table.primary_key && table.primary_key->parts.size() == 1 && table.primary_key->parts.front().column == column;
}

}  // namespace

void ConvertKeys(TableConversion& table, NameScopes& scopes) {
  NameLabelChecks(table, scopes);
  ConvertPrimaryKey(table, scopes);
  for (const Index& index : table.source.indexes) ConvertIndex(table, index, scopes);
  for (const Check& check : table.source.checks) ConvertCheck(table, check, scopes);
}

/// MySQL numbers one column of a table; SQLite only a primary key of one column.
void SettleIdentity(TableConversion& table) {
  const Conversion& all = table.all;
  if (all.SameDialect() || all.ToPostgres()) return;
  Table& target = table.result.target;
  bool taken = false;
  for (CatalogColumn& column : target.columns) {
    if (column.identity == Identity::kNone) continue;
    const bool possible = !taken && (all.ToMySql() || IsWholeKey(target, column.name));
    taken = taken || possible;
    if (possible) continue;
    column.identity = Identity::kNone;
    table.Report("column", target.name.ToString() + "." + column.name, "manual",
                 all.ToMySql() ? "the target gives out numbers for one column of a table only"
                               : "the target gives out numbers only for a primary key of one column");
  }
}

std::string IndexScope(const Conversion& conversion, const TableName& target) {
  if (conversion.to.has_schemas()) return "i:" + target.schema;
  return conversion.ToMySql() ? "i:" + target.ToString() : "i:";
}

std::string ConstraintScope(const Conversion& conversion, const TableName& target) {
  if (conversion.ToMySql() && !conversion.to.has_schemas()) return "c:";
  return "c:" + target.ToString();
}

}  // namespace migrateiq::detail
