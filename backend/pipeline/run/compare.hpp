#pragma once

#include "pipeline/run/active_run.hpp"
#include "pipeline/run/row_pipeline.hpp"
#include "pipeline/verify/diff.hpp"

namespace migrateiq {

/// The source's rows as the plan transforms them, rejected and filtered ones left out. Reads the held moment.
/// `seen`: what a visit read, filtered and rejected is added to it.
DiffSide SourceSide(Source& source, int readers, std::mutex& mutex, const std::stop_token& stop, const TableTask& task,
                    const OnPolicy& on, Tally* seen = nullptr);
DiffSide SourceSide(ActiveRun& run, const TableTask& task);
/// The target's rows, read back in the target's types.
DiffSide TargetSide(Source& source, int readers, std::mutex& mutex, const std::stop_token& stop, const TableTask& task);

/// Finds the differing rows and pairs them by the table's key, when it has one: at most `most` missing and `most` extra
/// rows. False when there are more.
Result<bool> DiffTable(const DiffSide& source, const DiffSide& target, const TableTask& task, size_t most,
                       std::vector<RowDifference>& differences);

/// The digest of those target rows whose key a source row has.
Result<Digest> UpsertedDigest(const ReadSide& target, const ReadRequest& request, const TableTask& task,
                              const DiffSide& source);

/// Digest of all rows of a side.
Result<Digest> DigestSide(const DiffSide& side);

}  // namespace migrateiq
