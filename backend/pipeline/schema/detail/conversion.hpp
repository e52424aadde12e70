#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "pipeline/schema/convert.hpp"
#include "pipeline/schema/detail/adapt.hpp"
#include "pipeline/schema/detail/name_plan.hpp"

namespace migrateiq::detail {

/// Which column of which table.
using ColumnKey = std::pair<TableName, std::string>;

/// The target type of each kept column.
struct PlannedType {
  TypeChoice choice;
  bool overridden = false;
};
using TypePlan = std::map<ColumnKey, PlannedType>;

/// What all parts of a conversion share. Lives as long as ConvertCatalog runs.
struct Conversion {
  const Catalog& source;
  const Dialect& from;
  const Dialect& to;
  const ConvertOptions& options;
  NamePlan names;
  TypePlan types;

  bool SameDialect() const { return from.name() == to.name(); }
  /// What decides in the target's SQL beyond spelling, told from its rules.
  bool ToPostgres() const { return to.expressions().casts_with_colons; }
  bool ToMySql() const { return !to.expressions().concat_with_pipes; }
  bool FromMySql() const { return !from.expressions().concat_with_pipes; }
  /// Files hold values: they know no expressions, keys, checks, defaults or counters.
  bool ToFiles() const { return to.expressions() == ExpressionRules{}; }
};

/// One table on its way.
struct TableConversion {
  const Conversion& all;
  const Table& source;
  const TableNames& names;
  FactsByColumn facts;
  ConvertedTable& result;

  void Report(std::string kind, std::string name, std::string status, std::string why, std::string source_text = {}) {
    result.objects.push_back(
        {std::move(kind), std::move(name), std::move(status), std::move(why), std::move(source_text)});
  }
  std::string ColumnTitle(const std::string& column) const { return source.name.ToString() + "." + column; }
};

/// How a SQL text of a table came out.
struct Translated {
  std::optional<std::string> text;  ///< empty: see `dropped`, else it must be made by hand
  std::string dropped;              ///< a dropped column that it needs
  Group group = Group::kUnknown;    ///< of the value in the target; only across dialects
  bool ignores_case = false;        ///< compares a column that ignores case in the source
};

/// The first of `columns` among the words of a text, or "".
std::string FindNamed(const std::string& text, const ExpressionRules& rules, const std::set<std::string>& columns);

/// The column that gives out numbers which the expression needs, where the target computes nothing from such a one.
std::string NeedsIdentity(const TableConversion& table, const std::string& expression);

/// An expression of this table in the target's dialect. `fixed`: it must depend on nothing but the row (generated
/// columns, checks, indexes), so clocks and random values do not pass across dialects.
Translated TranslateFor(const TableConversion& table, const std::string& expression, bool predicate, bool fixed);

Result<TypePlan> PlanTypes(const Conversion& conversion);

/// Fills result.target.columns and result.columns. `identity_allowed` and keys come later.
void ConvertColumns(TableConversion& table);
/// Primary key, indexes, checks, comment, partitions. Columns must be converted.
void ConvertKeys(TableConversion& table, NameScopes& scopes);
/// Takes identity away from columns where the target's keys do not allow it. Keys must be converted.
void SettleIdentity(TableConversion& table);
/// All tables' keys must be converted: a parent needs a unique key in the target.
void ConvertForeignKeys(TableConversion& table, const std::vector<ConvertedTable>& tables, NameScopes& scopes);
/// Sequences, unused types and everything that is never migrated.
void ConvertObjects(const Conversion& conversion, ConvertedCatalog& result);

/// The default of `source` for the converted column `target`; reports what is lost.
std::optional<std::string> ConvertDefault(TableConversion& table, const CatalogColumn& source,
                                          const CatalogColumn& target);

/// Where index names of a table must be unique: "i:" + schema, database or table.
std::string IndexScope(const Conversion& conversion, const TableName& target);
/// The same for names of checks and foreign keys.
std::string ConstraintScope(const Conversion& conversion, const TableName& target);

}  // namespace migrateiq::detail
