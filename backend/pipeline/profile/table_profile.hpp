#pragma once

#include <vector>

#include "pipeline/profile/depend/keys.hpp"
#include "pipeline/profile/profiler.hpp"
#include "pipeline/profile/scan/table_pass.hpp"

namespace migrateiq {

/// A table's rows after the scan as a profile; what relates it to other tables comes later.
struct ProfiledTable {
  TableProfile profile;
  CodedSample sample;
  std::vector<DistinctCounter> distinct;  ///< beside the columns
};
ProfiledTable ProfileTable(const Table& table, ScannedRows& rows, const ProfileOptions& options, int64_t now);

}  // namespace migrateiq
