#pragma once

#include "pipeline/run/task.hpp"

/// Rows whose columns hold values of any type, as expressions and keys can look at them.
namespace migrateiq {

/// The plan with the declared types in the place of kAny.
ResolvedPlan TypedPlan(const ResolvedPlan& resolved);

/// The rows with `schema`'s types; a value that does not fit is NULL.
Batch TypedBatch(Batch batch, const SchemaPtr& schema);

}  // namespace migrateiq
