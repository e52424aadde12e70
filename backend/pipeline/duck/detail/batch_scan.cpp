#include "pipeline/duck/detail/batch_scan.hpp"

#include <algorithm>

#include "base/errors/run.hpp"

namespace migrateiq::duck::detail {

namespace {
constexpr size_t kNothing = SIZE_MAX;  ///< a statement that uses no column still gets one, to carry the row count
}

BatchScan::BatchScan(SchemaPtr schema, std::vector<std::string> names, std::vector<int> used)
    : schema_(std::move(schema)), names_(std::move(names)) {
  for (const int column : used) {
    inputs_.push_back({column, VectorSource(schema_->fields[static_cast<size_t>(column)].type)});
  }
}

Status BatchScan::Register(const Connection& connection) {
  duckdb_table_function function = duckdb_create_table_function();
  duckdb_table_function_set_name(function, "miq_rows");
  duckdb_table_function_set_extra_info(function, this, nullptr);
  duckdb_table_function_set_bind(function, Bind);
  duckdb_table_function_set_init(function, Init);
  duckdb_table_function_set_function(function, Next);
  duckdb_table_function_supports_projection_pushdown(function, true);
  const duckdb_state state = duckdb_register_table_function(connection.get(), function);
  duckdb_destroy_table_function(&function);
  return state == DuckDBSuccess ? Status{} : Fail(codes::kInternal, "DuckDB refused the batch scan");
}

void BatchScan::Load(const Batch& batch) {
  for (Input& input : inputs_) input.source.Load(batch.columns[static_cast<size_t>(input.column)]);
  SetRange(0, batch.rows);
}

const std::vector<int64_t>& BatchScan::refused(int column) const {
  static const std::vector<int64_t> kNone;
  const auto found = std::ranges::find(inputs_, column, &Input::column);
  return found == inputs_.end() ? kNone : found->source.refused();
}

void BatchScan::Bind(duckdb_bind_info info) {
  const auto& scan = *static_cast<BatchScan*>(duckdb_bind_get_extra_info(info));
  for (const Input& input : scan.inputs_) {
    duckdb_bind_add_result_column(info, scan.names_[static_cast<size_t>(input.column)].c_str(), input.source.type());
  }
  const Type filler(duckdb_create_logical_type(DUCKDB_TYPE_BOOLEAN));
  if (scan.inputs_.empty()) duckdb_bind_add_result_column(info, "miq_row", filler.get());
}

void BatchScan::Init(duckdb_init_info info) {
  const auto& scan = *static_cast<BatchScan*>(duckdb_init_get_extra_info(info));
  auto* cursor = new Cursor{{}, scan.begin_};
  for (idx_t i = 0; i < duckdb_init_get_column_count(info); ++i) {
    const idx_t index = duckdb_init_get_column_index(info, i);
    cursor->inputs.push_back(index < scan.inputs_.size() ? static_cast<size_t>(index) : kNothing);
  }
  duckdb_init_set_init_data(info, cursor, [](void* data) { delete static_cast<Cursor*>(data); });
  duckdb_init_set_max_threads(info, 1);
}

void BatchScan::Next(duckdb_function_info info, duckdb_data_chunk output) {
  auto& scan = *static_cast<BatchScan*>(duckdb_function_get_extra_info(info));
  if (std::chrono::steady_clock::now() > scan.deadline_) {
    scan.timed_out_ = true;
    duckdb_function_set_error(info, "time limit");
    return;
  }
  scan.FillChunk(*static_cast<Cursor*>(duckdb_function_get_init_data(info)), output);
}

void BatchScan::FillChunk(Cursor& cursor, duckdb_data_chunk output) const {
  const int64_t count = std::min(end_ - cursor.at, static_cast<int64_t>(duckdb_vector_size()));
  for (size_t i = 0; i < cursor.inputs.size(); ++i) {
    if (cursor.inputs[i] == kNothing) continue;
    inputs_[cursor.inputs[i]].source.Fill(cursor.at, count, duckdb_data_chunk_get_vector(output, i));
  }
  duckdb_data_chunk_set_size(output, static_cast<idx_t>(count));
  cursor.at += count;
}

}  // namespace migrateiq::duck::detail
