#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/batch/batch.hpp"
#include "pipeline/duck/database.hpp"
#include "pipeline/duck/vectors.hpp"

namespace migrateiq::duck::detail {

/// The table function `miq_rows()`: the rows of the current batch, or a range of them. Only the columns that a
/// statement uses are handed over. Must outlive the database it is registered with; not thread-safe.
class BatchScan {
 public:
  /// Columns that are not in `used` are not offered. `names` are what DuckDB calls them.
  BatchScan(SchemaPtr schema, std::vector<std::string> names, std::vector<int> used);
  BatchScan(const BatchScan&) = delete;
  BatchScan& operator=(const BatchScan&) = delete;
  Status Register(const Connection& connection);

  /// Scans read this batch until the next Load.
  void Load(const Batch& batch);
  void SetRange(int64_t begin, int64_t end) {
    begin_ = begin;
    end_ = end;
  }
  /// Scans end with an error once it has passed.
  void SetDeadline(std::chrono::steady_clock::time_point deadline) {
    deadline_ = deadline;
    timed_out_ = false;
  }
  bool timed_out() const { return timed_out_; }
  /// Rows whose value DuckDB cannot hold, by the column's index in the schema.
  const std::vector<int64_t>& refused(int column) const;

 private:
  struct Input {
    int column;
    VectorSource source;
  };
  struct Cursor {  ///< of one running scan
    std::vector<size_t> inputs;
    int64_t at;
  };
  static void Bind(duckdb_bind_info info);
  static void Init(duckdb_init_info info);
  static void Next(duckdb_function_info info, duckdb_data_chunk output);
  void FillChunk(Cursor& cursor, duckdb_data_chunk output) const;

  SchemaPtr schema_;  // shared with the batches
  std::vector<std::string> names_;
  std::vector<Input> inputs_;
  int64_t begin_ = 0, end_ = 0;
  std::chrono::steady_clock::time_point deadline_;
  bool timed_out_ = false;
};

}  // namespace migrateiq::duck::detail
