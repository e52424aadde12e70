#include "connectors/parquet/part_file.hpp"

#include <algorithm>
#include <atomic>

#include "base/errors/data.hpp"
#include "base/errors/run.hpp"
#include "connectors/parquet/storage.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::parquet {

namespace {

/// A row group is what stays in memory until it is written; whichever comes first.
constexpr const char* kOptions =
    " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, ROW_GROUP_SIZE_BYTES '16MB', USE_TMP_FILE false)";
constexpr size_t kMostOriginal = 1024;

std::string UniqueFunction() {
  static std::atomic<uint64_t> next{0};
  return "miq_part_" + std::to_string(next++);
}

}  // namespace

PartFile::PartFile(duck::Connection connection, std::filesystem::path path, const std::vector<Field>& fields,
                   std::stop_token stop)
    : connection_(std::move(connection)), path_(std::move(path)), stop_(std::move(stop)) {
  inputs_.reserve(fields.size());
  for (const Field& field : fields) inputs_.emplace_back(field, StoredType(field.type));
}

Result<std::unique_ptr<PartFile>> PartFile::Open(const duck::Database& database, const std::filesystem::path& path,
                                                 const std::vector<Field>& fields, std::stop_token stop) {
  MIQ_ASSIGN(duck::Connection connection, database.Connect());
  if (const auto set = connection.Run("SET preserve_insertion_order = false"); !set) {
    return Fail(codes::kInternal, set.error().message);
  }
  std::unique_ptr<PartFile> file(new PartFile(std::move(connection), path, fields, stop));
  const std::string function = UniqueFunction();
  MIQ_TRY(file->Register(function));
  const std::string sql = "COPY (SELECT * FROM " + function + "()) TO " + duck::Literal(path.string()) + kOptions;
  PartFile* raw = file.get();
  file->thread_ = std::thread([raw, sql] { raw->Copy(sql); });
  file->on_stop_.emplace(std::move(stop), [raw] {
    raw->connection_.Interrupt();
    raw->SetState(State::kAborted);
  });
  return file;
}

PartFile::~PartFile() {
  on_stop_.reset();
  if (!thread_.joinable()) return;
  connection_.Interrupt();
  SetState(State::kAborted);
  thread_.join();
}

Status PartFile::Register(const std::string& name) {
  duckdb_table_function function = duckdb_create_table_function();
  duckdb_table_function_set_name(function, name.c_str());
  duckdb_table_function_set_extra_info(function, this, nullptr);
  duckdb_table_function_set_bind(function, Bind);
  duckdb_table_function_set_init(function, Init);
  duckdb_table_function_set_function(function, Next);
  const duckdb_state state = duckdb_register_table_function(connection_.get(), function);
  duckdb_destroy_table_function(&function);
  return state == DuckDBSuccess ? Status{} : Fail(codes::kInternal, "DuckDB refused the batch stream");
}

/// The COPY thread.
void PartFile::Copy(const std::string& sql) {
  const auto rows = connection_.Run(sql);
  const std::lock_guard guard(mutex_);
  if (!rows) refusal_ = rows.error();
  state_ = State::kDone;
  changed_.notify_all();
}

void PartFile::SetState(State state) {
  const std::lock_guard guard(mutex_);
  if (state_ != State::kDone) state_ = state;
  changed_.notify_all();
}

Status PartFile::Failure() const {
  if (refusal_ && !stop_.stop_requested()) return Fail(FileError(*refusal_, codes::kWriteFailed, path_.string()));
  return Fail(codes::kRunInterrupted, "stopped while writing " + path_.string());
}

Status PartFile::LoadBatch(const Batch& batch) {
  for (size_t i = 0; i < inputs_.size(); ++i) {
    Input& input = inputs_[i];
    const Column& column = batch.columns[i];
    input.source.Load(ToStored(column, input.converted) ? input.converted : column);
    if (input.source.refused().empty()) continue;
    std::string value;
    text::AppendValue(value, column, input.source.refused().front());
    value.resize(std::min(value.size(), kMostOriginal));
    return Fail(
        Error(codes::kDataRefused, "'" + value + "' has no place in a column of type " + ToString(column.type()))
            .Column(input.field.name));
  }
  return {};
}

Status PartFile::Write(const Batch& batch) {
  if (batch.rows == 0) return {};
  MIQ_TRY(LoadBatch(batch));
  std::unique_lock lock(mutex_);
  if (state_ != State::kWaiting) return Failure();
  rows_ = batch.rows;
  taken_ = 0;
  state_ = State::kOffered;
  changed_.notify_all();
  changed_.wait(lock, [this] { return state_ != State::kOffered; });
  return state_ == State::kWaiting ? Status{} : Failure();
}

Status PartFile::Finish() {
  {
    std::unique_lock lock(mutex_);
    if (state_ != State::kWaiting) return Failure();
    state_ = State::kEnd;
    changed_.notify_all();
    changed_.wait(lock, [this] { return state_ == State::kDone; });
  }
  thread_.join();
  return refusal_ ? Failure() : Status{};
}

void PartFile::Bind(duckdb_bind_info info) {
  const auto& file = *static_cast<PartFile*>(duckdb_bind_get_extra_info(info));
  for (const Input& input : file.inputs_) {
    duckdb_bind_add_result_column(info, input.field.name.c_str(), input.source.type());
  }
}

void PartFile::Init(duckdb_init_info info) { duckdb_init_set_max_threads(info, 1); }

void PartFile::Next(duckdb_function_info info, duckdb_data_chunk output) {
  auto& file = *static_cast<PartFile*>(duckdb_function_get_extra_info(info));
  if (file.AwaitRows()) return file.FillChunk(output);
  duckdb_data_chunk_set_size(output, 0);
  const std::lock_guard guard(file.mutex_);
  if (file.state_ == State::kAborted) duckdb_function_set_error(info, "stopped");
}

/// Says that the batch is used up and waits for the next. False at the end.
bool PartFile::AwaitRows() {
  std::unique_lock lock(mutex_);
  if (state_ == State::kOffered && taken_ == rows_) {
    state_ = State::kWaiting;
    changed_.notify_all();
  }
  changed_.wait(lock, [this] { return state_ != State::kWaiting; });
  return state_ == State::kOffered;
}

void PartFile::FillChunk(duckdb_data_chunk output) {
  const int64_t count = std::min(rows_ - taken_, static_cast<int64_t>(duckdb_vector_size()));
  for (size_t i = 0; i < inputs_.size(); ++i) {
    inputs_[i].source.Fill(taken_, count, duckdb_data_chunk_get_vector(output, i));
  }
  duckdb_data_chunk_set_size(output, static_cast<idx_t>(count));
  taken_ += count;
}

}  // namespace migrateiq::parquet
