#pragma once

#include <string>
#include <vector>

#include "pipeline/assess/assessment.hpp"
#include "pipeline/profile/profile.hpp"
#include "pipeline/schema/convert.hpp"

namespace migrateiq {

/// Hours of a person for one object that is converted by hand.
struct ManualHours {
  std::string kind;  ///< as OtherObject::kind; "" = every other
  double simple = 0, moderate = 0, complex = 0;
};

/// What work costs: edit it to what your own people need.
struct EffortRates {
  double set_up = 8;          ///< access, first plan, environments
  double rehearsal = 4;       ///< each of `rehearsals`
  int rehearsals = 2;         ///< full dry runs with reading of the report
  double cutover = 8;         ///< the day itself
  double table_review = 0.1;  ///< looking at a table's mapping
  double decision = 0.5;      ///< a risk of medium severity that asks for one
  double hard_decision = 2;   ///< of high or critical severity
  double test_share = 0.25;   ///< of everything above, for testing what was made by hand
  double reserve_share = 0.2;
  std::vector<ManualHours> manual = {
      {"view", 0.5, 1.5, 4}, {"materialized view", 0.5, 2, 5}, {"trigger", 1, 3, 8},   {"routine", 1, 4, 12},
      {"event", 0.5, 1, 2},  {"grant", 0.1, 0.1, 0.1},         {"index", 0.3, 0.5, 1}, {"", 0.5, 1, 2}};
};

/// How fast a whole run goes: reading, converting, writing and verification together.
struct Speed {
  double bytes_per_second = 20e6;
  double rows_per_second = 100e3;
  double table_seconds = 0.1;       ///< making a table, its indexes and statistics, whatever its size
  double index_row_seconds = 1e-6;  ///< a row of an index that is built afterwards
  double factor = 2.5;              ///< it may as well be so many times slower or faster
  bool measured = false;            ///< by a rehearsal or by earlier runs, not assumed
  std::string basis = "assumed for a server of the same class as the source, two workers, on a local network";
};

/// A target to convert to.
struct AssessTarget {
  const Dialect* dialect = nullptr;
  std::string label;  ///< "PostgreSQL"
};

struct AssessOptions {
  std::string name;          ///< of the database; empty = from the source's URL
  std::string source;        ///< URL without secrets; empty = the profile's
  std::string system;        ///< of the source, as shown; empty = by its dialect
  std::string made_at;       ///< RFC 3339, UTC
  std::string tool;          ///< name and version
  bool show_values = false;  ///< personal and free-text values are masked otherwise
  ConvertOptions convert;    ///< as the plan would have them
  int64_t max_row_errors = 1000;
  EffortRates effort;
  Speed speed;
};

/// Everything an assessment is made from. What is pointed to must outlive the call only.
struct AssessInput {
  const Catalog* catalog = nullptr;
  const Dialect* dialect = nullptr;   ///< of the catalog
  const Profile* profile = nullptr;   ///< null: schema only, and the assessment says so
  std::vector<AssessTarget> targets;  ///< for comparison; the first one is the chosen one when `target_chosen`
  bool target_chosen = false;
};

/// Pure: no connection, no clock. Never fails; what could not be examined is said in the result.
Assessment Assess(const AssessInput& input, const AssessOptions& options);

/// One JSON object: members as the structs name them.
std::string AssessmentJson(const Assessment& assessment);

}  // namespace migrateiq
