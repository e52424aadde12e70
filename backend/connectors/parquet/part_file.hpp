#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/error.hpp"
#include "pipeline/batch/batch.hpp"
#include "pipeline/duck/database.hpp"
#include "pipeline/duck/vectors.hpp"

namespace migrateiq::parquet {

/// One Parquet file being written. A COPY statement runs on a thread of its own and takes the batches one by one:
/// nothing is copied or queued, so memory is what DuckDB keeps for a row group.
class PartFile {
 public:
  /// `path` is replaced. The database must outlive the file; its folders must hold `path`.
  static Result<std::unique_ptr<PartFile>> Open(const duck::Database& database, const std::filesystem::path& path,
                                                const std::vector<Field>& fields, std::stop_token stop);
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  /// Blocks until the rows are taken. kDataRefused, with nothing taken, when a value has no place in its column.
  Status Write(const Batch& batch);
  /// Ends the file; after it only destruction. The file is complete, but not yet synced.
  Status Finish();

 private:
  enum class State : uint8_t { kWaiting, kOffered, kEnd, kAborted, kDone };
  struct Input {
    Input(Field of, const LogicalType& stored) : field(std::move(of)), source(stored), converted(stored) {}
    Field field;
    duck::VectorSource source;
    Column converted;  ///< the values, where they are stored as another type
  };

  PartFile(duck::Connection connection, std::filesystem::path path, const std::vector<Field>& fields,
           std::stop_token stop);
  Status Register(const std::string& function);
  void Copy(const std::string& sql);
  Status LoadBatch(const Batch& batch);
  void SetState(State state);
  Status Failure() const;

  static void Bind(duckdb_bind_info info);
  static void Init(duckdb_init_info info);
  static void Next(duckdb_function_info info, duckdb_data_chunk output);
  bool AwaitRows();
  void FillChunk(duckdb_data_chunk output);

  duck::Connection connection_;
  std::filesystem::path path_;
  std::stop_token stop_;
  std::vector<Input> inputs_;
  std::mutex mutex_;
  std::condition_variable changed_;
  State state_ = State::kWaiting;
  int64_t rows_ = 0, taken_ = 0;  ///< of the batch on offer
  std::optional<duck::Refusal> refusal_;
  std::thread thread_;
  std::optional<std::stop_callback<std::function<void()>>> on_stop_;
};

}  // namespace migrateiq::parquet
