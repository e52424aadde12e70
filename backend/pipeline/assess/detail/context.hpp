#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "pipeline/assess/assess.hpp"

namespace migrateiq::assess {

/// What a run would make of the catalog at one target.
struct Conversion {
  AssessTarget target;
  Result<ConvertedCatalog> result;
};

/// Which values may be shown as they are.
class Masking {
 public:
  Masking(const Profile* profile, bool show_values);
  bool Hides(const std::string& table, const std::string& column) const;
  /// The value, or its shape where it is hidden: letters as x and X, digits as 0, everything else as it is.
  std::string Show(const std::string& table, const std::string& column, const std::string& value) const;
  std::vector<std::string> Show(const std::string& table, const std::string& column,
                                const std::vector<std::string>& values) const;

 private:
  std::set<std::pair<std::string, std::string>> hidden_;
};

/// The shape of a text, as Masking shows it.
std::string ShapeOf(std::string_view value);

/// What all chapters are made from.
struct Context {
  Context(const AssessInput& input, const AssessOptions& assess_options);

  const TableProfile* ProfileOf(const Table& table) const;
  const Table* TableNamed(const std::string& name) const;  ///< by TableName::ToString
  /// Rows: counted, else estimated, else -1.
  int64_t RowsOf(const Table& table) const;
  int64_t BytesOf(const Table& table) const;  ///< told by the system, else from the columns' widths, else -1
  /// The conversion of the chosen target, when it succeeded.
  const ConvertedCatalog* Chosen() const;
  /// What a source column is called and declared as there; null when it is not carried over.
  const CatalogColumn* TargetOf(const Table& table, const CatalogColumn& column) const;
  bool From(std::string_view dialect) const { return from.name() == dialect; }
  /// The chosen target's dialect is this one, or none was chosen.
  bool MayGoTo(std::string_view dialect) const { return to == nullptr || to->name() == dialect; }
  bool SameDialect() const { return to != nullptr && to->name() == from.name(); }

  const Catalog& catalog;
  const Dialect& from;
  const Dialect* to = nullptr;  ///< the chosen target's; null when none was chosen
  const Profile* profile = nullptr;
  const AssessOptions& options;
  Masking masking;
  std::vector<Conversion> conversions;

 private:
  std::map<std::string, const TableProfile*> profiles_;
  std::map<std::string, const Table*> tables_;
  std::map<TableName, const ConvertedTable*> converted_;
};

/// Calls with every column; the profile is null where there is none.
void ForEachColumn(const Context& context,
                   const std::function<void(const Table&, const CatalogColumn&, const ColumnProfile*)>& look);

/// The references from a table that are declared, or that its values make likely. Of two tables that hold the same
/// values, one refers to the other: not back where that is declared, and only once where it is not.
std::vector<const InclusionDependency*> ReferencesFrom(const Profile& profile, const TableProfile& child);

/// Values that were looked at: not NULL.
inline int64_t ValuesOf(const ColumnProfile& column) { return column.count - column.nulls; }

}  // namespace migrateiq::assess
