#pragma once

#include <vector>

#include "pipeline/run/chunk_loader.hpp"

namespace migrateiq {

/// The chunks of one table of the run, as its splits tell.
std::vector<ChunkJob> ChunkJobs(const std::string& run_id, size_t table, const std::string& label,
                                const std::vector<Split>& splits);

/// Equal for two processes when both would load the same rows of the same chunks into the same columns.
std::string LoadFingerprint(const std::vector<TableTask>& tables, const std::vector<ChunkJob>& jobs);

}  // namespace migrateiq
