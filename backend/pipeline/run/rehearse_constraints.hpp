#pragma once

#include <deque>
#include <memory>

#include "pipeline/run/active_run.hpp"
#include "pipeline/run/rehearsed_keys.hpp"

namespace migrateiq {

/// Foresees what the target's keys and foreign keys would refuse: the keys of the rows that would be written are
/// collected while they pass, those of rows that the target has are read from it, and all are compared at the end.
class ConstraintRehearsal {
 public:
  /// Opens the target, for reading only. Files and targets that cannot be read have no keys: nothing is followed.
  static Result<std::unique_ptr<ConstraintRehearsal>> Make(const Plan& plan, const Ends& ends,
                                                           const ResolvedPlan& resolved, EngineContext& context);

  /// One per thread, for rows of the plan's table number `table`.
  Result<std::unique_ptr<KeyProbe>> ProbeFor(size_t table);
  /// Rows that would be written; `probe` is ProbeFor's.
  Status Add(size_t table, KeyProbe& probe, const Batch& batch);
  /// All rows of the table were added: its keys leave the memory.
  Status TableDone(size_t table) { return Finish(tables_[table]); }
  /// Reads what the target holds, compares, and puts the outcome into the report's tables.
  Status Judge(RunReport& report);

 private:
  struct Found {
    int64_t count = 0;
    std::vector<std::string> samples;  ///< different texts
    KeyRecord last = {};
    int alike = 0;  ///< texts of `last`'s key that were looked at
  };

  ConstraintRehearsal(const Plan& plan, const Ends& ends, EngineContext& context)
      : plan_(plan), ends_(ends), context_(context) {}
  bool IsUnread(const RehearsedKey& parent) const;
  static Status Finish(RehearsedTable& table);
  Status ReadTarget();
  void LeaveUnread(RehearsedTable& table, const Error& error);
  Status ReadTable(Source& source, RehearsedTable& table);
  Status FindDuplicates(RehearsedTable& table, const RehearsedKey& key, TableReport& report);
  Status FindOrphans(RehearsedTable& table, const RehearsedKey& key, RunReport& report, TableReport& one);
  Status Count(const RehearsedKey& key, const KeyRecord& record, Found& found) const;
  void ReportDuplicates(RehearsedTable& table, const RehearsedKey& key, Found found, TableReport& report) const;
  static bool Refuse(RehearsedTable& table, uint64_t row, TableReport& report);

  const Plan& plan_;
  const Ends& ends_;
  EngineContext& context_;
  int64_t run_start_ = 0;
  std::unique_ptr<Target> target_;
  std::unique_ptr<EqualityOracle> oracle_;
  std::unique_ptr<SpillFile> spill_;
  std::deque<RehearsedTable> tables_;
  std::vector<std::string> notes_ = {};  ///< for the report as a whole
};

}  // namespace migrateiq
