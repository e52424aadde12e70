#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/analyzer/analyses.hpp"
#include "pipeline/suite/suite.hpp"
#include "platform/describe/described.hpp"

namespace migrateiq::analyzer {

/// The body with which an analysis is started; with a member `connection_id` beside the others, what a schedule of
/// analyses is about.
struct StartAnalysis {
  std::optional<Text<1, 64>> project_id;  ///< absent: the tenant's
  std::optional<Text<1, 200>> name;
  std::vector<Text<1, 300>> tables, exclude;         ///< patterns, as in plans; tables absent: all
  std::optional<bool> full;                          ///< everything from all rows, not only what costs little
  std::optional<Number<1, 1000000000>> sample_rows;  ///< of each table, for what is not taken from all rows
  std::optional<Text<1, 32>> target;                 ///< the system to which it would go: "postgresql", "mysql", ...
  /// A suite of checks (YAML or JSON) attached to a source: what came of each stands with its table. SQL of its own
  /// needs suites.sql, and is not for schedules.
  std::optional<Text<1, 1 << 16>> rules;
  std::optional<Moment> not_before;
};
BOOST_DESCRIBE_STRUCT(StartAnalysis, (),
                      (project_id, name, tables, exclude, full, sample_rows, target, rules, not_before))

/// The rules of an analysis, none for an empty text. Errors: kApiField at /rules.
Result<Suite> RulesOf(const std::string& text);

NewAnalysis WantedBy(const StartAnalysis& body, const std::string& connection_id);

/// Errors: kApiField with a place below /subject.
Result<NewAnalysis> WantedBySubject(const std::string& subject);

}  // namespace migrateiq::analyzer
