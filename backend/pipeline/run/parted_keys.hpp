#pragma once

#include <vector>

#include "pipeline/run/resolve_columns.hpp"
#include "pipeline/run/resolve_tables.hpp"

namespace migrateiq {

/// Foreign keys where a table goes into several: they point at the first part that has all its rows (no `where`) and
/// the columns that they refer to.
class PartedKeys {
 public:
  /// `wanted`: the columns of each chosen table. All three must outlive this.
  PartedKeys(const std::vector<ChosenTable>& chosen, const std::vector<std::vector<WantedColumn>>& wanted,
             const Dialect& from)
      : chosen_(chosen), wanted_(wanted), from_(from) {}

  /// The chosen table under its part's name, as the converter should see it. Keys that no part can answer for are taken
  /// out and listed in `manual`.
  Table Pointed(size_t index, std::vector<ObjectReport>& manual) const;

 private:
  bool IsNamed(const ChosenTable& chosen, const TableName& name) const;
  std::vector<size_t> PartsOf(const TableName& parent) const;
  bool AnswersFor(size_t part, const ForeignKey& key) const;

  const std::vector<ChosenTable>& chosen_;
  const std::vector<std::vector<WantedColumn>>& wanted_;
  const Dialect& from_;
};

}  // namespace migrateiq
