#pragma once

#include "pipeline/run/task.hpp"

namespace migrateiq {

/// Why the plan is being resolved: a comparison needs existing target tables and never objects to them.
enum class ResolveFor : uint8_t { kRun, kCompare, kPropose };

/// Both ends of a plan, opened and discovered.
struct Ends {
  Url source_url, target_url;
  const Connector* source_connector = nullptr;
  const Connector* target_connector = nullptr;
  std::unique_ptr<Source> source;
  Catalog source_catalog;
  Catalog target_catalog;                        ///< empty when the target cannot be read
  std::string target_schema;                     ///< the plan's, or empty for the connector's own
  std::string default_schema;                    ///< of the target
  std::map<std::string, std::string> mask_keys;  ///< bytes by name
};

/// Matches the plan's tables and columns with both catalogs. Errors name the plan's place: kSchemaNoTables,
/// kSchemaMissing, kPlanColumn, kSchemaExists (all tables at once, before anything is written), kSchemaIncompatible,
/// kSchemaCollision.
Result<ResolvedPlan> ResolvePlan(const Plan& plan, const Ends& ends, ResolveFor purpose, int64_t run_start_micros);

}  // namespace migrateiq
