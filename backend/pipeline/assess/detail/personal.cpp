#include <algorithm>

#include "pipeline/assess/detail/chapters.hpp"
#include "pipeline/assess/detail/sort.hpp"
#include "pipeline/semantic/semantic.hpp"

namespace migrateiq::assess {

namespace {

/// What is said of a kind of value beyond that it is personal.
struct Meaning {
  std::string title, category = "personal";
  RiskSeverity severity = RiskSeverity::medium;
};

RiskSeverity SeverityOf(Sensitivity sensitivity) {
  const bool grave = sensitivity == Sensitivity::kSpecialCategory || sensitivity == Sensitivity::kCredential ||
                     sensitivity == Sensitivity::kFinancial;
  return grave ? RiskSeverity::high : RiskSeverity::medium;
}

/// Kinds that are not known (of an older or newer profile) are plainly personal.
Meaning MeaningOf(const std::string& kind) {
  const SemanticKind* known = FindSemanticKind(kind);
  if (known == nullptr) return {.title = kind};
  return {std::string(known->title), std::string(known->group), SeverityOf(known->sensitivity)};
}

}  // namespace

PersonalData MapPersonalData(const Context& context) {
  PersonalData data{.examined = context.profile != nullptr};
  if (context.profile == nullptr) return data;
  for (const TableProfile& table : context.profile->tables) {
    for (const ColumnProfile& column : table.columns) {
      if (!column.semantic.is_pii || ValuesOf(column) == 0) continue;
      const Meaning meaning = MeaningOf(column.semantic.kind);
      data.columns.push_back({table.name, column.name, column.semantic.kind, meaning.title, meaning.category,
                              meaning.severity, column.semantic.confidence, ValuesOf(column),
                              column.semantic.evidence});
    }
  }
  SortStable(data.columns, [](const PersonalColumn& a, const PersonalColumn& b) {
    return a.sensitivity != b.sensitivity ? a.sensitivity > b.sensitivity : a.rows > b.rows;
  });
  return data;
}

}  // namespace migrateiq::assess
