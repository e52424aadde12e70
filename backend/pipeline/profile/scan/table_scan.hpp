#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

#include "pipeline/profile/scan/table_pass.hpp"

namespace migrateiq {

/// Called from several threads at once.
struct ScanEvents {
  std::function<void(size_t table, int64_t rows, int64_t bytes)> on_rows;
  /// All rows of the table are in its pass. Runs in the thread that read the last of them.
  std::function<Status(size_t table)> on_table;
};

struct ScanOptions {
  SampleSize sample;
  int readers = 1;  ///< as many as the source's moment allows
  int64_t part_bytes = int64_t{32} << 20;
  std::stop_token stop;
};

/// Reads all rows of the tables once, several parts at a time. A table that cannot be read is marked as failed and the
/// others go on; the scan fails only when it is stopped.
class TableScan {
 public:
  TableScan(Source& source, ScanOptions options, ScanEvents events)
      : source_(source), options_(std::move(options)), events_(std::move(events)) {}

  Status Run(const std::vector<const Table*>& tables);
  TablePass& pass(size_t table) { return *passes_[table]; }

 private:
  struct Part {
    size_t table, split;
  };
  Result<std::unique_ptr<Reader>> OpenReader(const TablePass& pass, size_t split, int slot);
  Status Read(const Part& part, int slot, Scratch& scratch);
  Status ReadOnce(const Part& part, int slot, Scratch& scratch);

  Source& source_;
  ScanOptions options_;
  ScanEvents events_;
  std::mutex open_mutex_;  ///< a source opens one reader at a time
  std::vector<std::unique_ptr<TablePass>> passes_;
};

}  // namespace migrateiq
