#include "pipeline/run/row_pipeline.hpp"

#include <algorithm>

#include "base/json_text.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq {

Result<std::unique_ptr<RowPipeline>> RowPipeline::Make(const TableTask& task, const OnPolicy& on,
                                                       const SchemaPtr& source) {
  auto pipeline = std::make_unique<RowPipeline>();
  pipeline->task_ = &task;
  TransformSpec spec = task.transform;
  spec.source = source;
  MIQ_ASSIGN(pipeline->transform_, TableTransform::Make(std::move(spec)));
  MIQ_ASSIGN(pipeline->policy_,
             Policy::Make(on, task.rules, task.transform.target, task.target_label, task.transform.run_start_micros));
  return pipeline;
}

std::string RowJson(const Batch& batch, int64_t row) {
  std::string json = "{";
  for (size_t i = 0; i < batch.columns.size(); ++i) {
    if (i > 0) json += ',';
    json += JsonQuoted(batch.schema->fields[i].name);
    json += ':';
    std::string text;
    if (!batch.columns[i].IsNull(row)) text::AppendValue(text, batch.columns[i], row);
    if (batch.columns[i].IsNull(row))
      json += "null";
    else
      json += JsonQuoted(text);
  }
  return json + "}";
}

Result<Packet> RowPipeline::Process(Batch& in, Tally& tally) {
  Packet packet;
  std::vector<bool> dropped;
  packet.rows_read = in.rows;
  tally.rows_read += in.rows;
  MIQ_TRY(transform_->Apply(in, packet.batch, dropped));
  MIQ_ASSIGN(const Judgement judgement, policy_->Judge(packet.batch, dropped, tally));
  for (const Rejection& rejection : judgement.rejections) {
    QuarantinedRow row{.table = task_->target_label,
                       .code = std::string(rejection.code->code),
                       .column = rejection.column,
                       .reason = rejection.reason};
    row.original = transform_->OriginalRow(in, packet.batch, rejection.row);
    packet.rejected.push_back(std::move(row));
  }
  tally.rows_quarantined += static_cast<int64_t>(judgement.rejections.size());
  tally.rows_filtered += std::ranges::count(dropped, true);
  if (!dropped.empty() || !judgement.rejections.empty()) {
    std::vector<bool> keep(static_cast<size_t>(packet.batch.rows), true);
    for (size_t row = 0; row < dropped.size(); ++row) keep[row] = !dropped[row];
    for (const Rejection& rejection : judgement.rejections) keep[static_cast<size_t>(rejection.row)] = false;
    packet.batch = packet.batch.Filter(keep);
    for (size_t row = 0; row < keep.size(); ++row) {
      if (keep[row]) packet.source_rows.push_back(static_cast<int64_t>(row));
    }
  }
  packet.batch.findings.clear();
  return packet;
}

}  // namespace migrateiq
