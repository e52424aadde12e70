#pragma once

#include <stop_token>
#include <vector>

#include "pipeline/connector/connector.hpp"
#include "pipeline/profile/profile.hpp"
#include "pipeline/profile/sketch/distinct.hpp"

namespace migrateiq {

/// What is kept of a table until all of them are known: sketches over all rows, and sampled rows of the columns that
/// may refer to something.
struct RelatedTable {
  const Table* table = nullptr;
  TableProfile* profile = nullptr;
  std::vector<DistinctCounter> distinct;  ///< beside the columns
  std::vector<Column> sample;             ///< beside the columns; empty where the column refers to nothing
  int64_t sample_rows = 0;
};

/// May the column refer to another table's key? Numbers with fractions, dates, long texts and binary values do not.
bool MayRefer(const ColumnProfile& column);

/// Fills in `inclusion_dependencies` and `quality.integrity` of the profiles. Declared foreign keys are checked; others
/// are found among the keys of one column: the sketches say which may hold, then the parents' keys are read where they
/// are too many to be known already. A parent that cannot be read is left out.
Status FindInclusions(Source& source, std::vector<RelatedTable>& tables, int readers, const std::stop_token& stop);

}  // namespace migrateiq
