#pragma once

#include <vector>

#include "pipeline/profile/profiler.hpp"
#include "pipeline/profile/scan/table_pass.hpp"

namespace migrateiq {

/// A table's rows after the scan: its profile, and what is needed to relate it to the others. Of the sample at most
/// `kept_rows` rows of the columns that may refer to something are kept.
struct ProfiledTable {
  TableProfile profile;
  std::vector<DistinctCounter> distinct;  ///< beside the columns
  std::vector<Column> sample;             ///< beside the columns; empty where it is not needed
  int64_t sample_rows = 0;
};
ProfiledTable ProfileTable(const Table& table, ScannedRows& rows, const ProfileOptions& options, int64_t kept_rows,
                           int64_t now);

}  // namespace migrateiq
