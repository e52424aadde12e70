#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/batch/batch.hpp"
#include "pipeline/duck/detail/inspect.hpp"

namespace migrateiq::duck::detail {

/// DuckDB folds case in names, a schema does not: columns whose names differ in case only (or hold what DuckDB cannot
/// take) get names of their own, the others keep theirs.
std::vector<std::string> DistinctNames(const Schema& schema);

/// A name that stands otherwise in the text WithNames made.
struct Renamed {
  size_t offset = 0;             ///< in the expression as it was written
  size_t before = 0, after = 0;  ///< bytes
};

/// The expression with the columns it uses under their distinct names. `renamed`: gets what was replaced, from the
/// end.
Result<std::string> WithNames(std::string sql, std::vector<ColumnUse> uses, const Schema& schema,
                              const std::vector<std::string>& names, std::vector<Renamed>* renamed = nullptr);

}  // namespace migrateiq::duck::detail
