#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/batch/batch.hpp"
#include "pipeline/connector/connector.hpp"
#include "pipeline/profile/profile.hpp"

namespace migrateiq {

struct ProfileOptions {
  static constexpr int64_t kSampleRows = 50'000;

  int64_t sample_rows = kSampleRows;       ///< of each table
  bool full = false;                       ///< what comes from a sample else is taken from all rows
  int workers = 0;                         ///< 0 = as many as there are cores
  int64_t part_bytes = int64_t{32} << 20;  ///< about so much of a table is one reader's work at a time
  std::stop_token stop;
  /// Called for each table when its columns are known, from the thread that read the last of its rows (several tables
  /// at a time): the place to look at values beyond what the profile keeps.
  std::function<void(const Table&, const Batch& sample, TableProfile&)> on_sample;
};

/// Watches a profiling. Called from its threads, several at once; must return quickly.
class ProfileObserver {
 public:
  virtual ~ProfileObserver() = default;
  virtual void OnPhase(const std::string& /*phase*/) {}  ///< discovering | profiling | relating
  /// Before the first row; rows expected are estimates, -1 = unknown.
  virtual void OnTables(const std::vector<std::string>& /*names*/, const std::vector<int64_t>& /*rows_expected*/) {}
  virtual void OnRows(size_t /*table*/, int64_t /*rows*/, int64_t /*bytes*/) {}
  virtual void OnTableDone(size_t /*table*/) {}
};

/// Reads all rows of the tables once and says what they look like. A table that cannot be read is listed in
/// `failures`. Errors: kRunInterrupted, those of holding a moment, and that of the first table when none can be read.
Result<Profile> MakeProfile(Source& source, const std::vector<const Table*>& tables, const ProfileOptions& options,
                            ProfileObserver& observer);

/// The tables of the catalog that match `include` (shell patterns; none = all) and none of `exclude`. Errors:
/// kSchemaMissing (a name that is not there, with the nearest one), kSchemaNoTables.
Result<std::vector<const Table*>> SelectTables(const Catalog& catalog, const std::vector<std::string>& include,
                                               const std::vector<std::string>& exclude);

}  // namespace migrateiq
