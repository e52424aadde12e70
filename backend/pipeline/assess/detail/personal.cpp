#include <algorithm>

#include "pipeline/assess/detail/chapters.hpp"
#include "pipeline/assess/detail/sort.hpp"

namespace migrateiq::assess {

namespace {

/// What is known of a kind of value beyond that it is personal.
struct Meaning {
  std::string category = "personal";
  RiskSeverity severity = RiskSeverity::medium;
};

Meaning MeaningOf(const std::string& /*kind*/) { return {}; }

}  // namespace

PersonalData MapPersonalData(const Context& context) {
  PersonalData data{.examined = context.profile != nullptr};
  if (context.profile == nullptr) return data;
  for (const TableProfile& table : context.profile->tables) {
    for (const ColumnProfile& column : table.columns) {
      if (!column.semantic.is_pii) continue;
      const Meaning meaning = MeaningOf(column.semantic.kind);
      data.columns.push_back({table.name, column.name, column.semantic.kind, meaning.category, meaning.severity,
                              column.semantic.confidence, ValuesOf(column), column.semantic.evidence});
    }
  }
  SortStable(data.columns, [](const PersonalColumn& a, const PersonalColumn& b) {
    return a.sensitivity != b.sensitivity ? a.sensitivity > b.sensitivity : a.rows > b.rows;
  });
  return data;
}

}  // namespace migrateiq::assess
