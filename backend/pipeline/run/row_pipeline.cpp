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
  std::vector<bool> secret;
  for (size_t i = 0; i < spec.outputs.size() && spec.IsMasked(); ++i) secret.push_back(spec.IsMasked(i));
  const SchemaPtr checked = spec.Checked();
  MIQ_ASSIGN(pipeline->transform_, TableTransform::Make(std::move(spec)));
  MIQ_ASSIGN(pipeline->policy_,
             Policy::Make(on, task.rules, checked, task.target_label, task.transform.run_start_micros, secret));
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

/// Rules have seen the values; what the target must hold is what the masks make of them.
Status RowPipeline::Mask(Batch& batch, const std::vector<bool>& dropped, Judgement& judgement, Tally& tally) {
  std::vector<int64_t> masked;
  for (const Column& column : batch.columns) masked.push_back(column.length() - column.null_count());
  std::vector<Finding> findings;
  transform_->Mask(batch, findings);
  for (size_t i = 0; i < masked.size(); ++i) {
    if (transform_->spec().IsMasked(i) && masked[i] > 0)
      tally.altered[{batch.schema->fields[i].name, "masked"}].count += masked[i];
  }
  return policy_->JudgeMore(batch, findings, dropped, judgement, tally);
}

Result<Packet> RowPipeline::Process(Batch& in, Tally& tally) {
  Packet packet;
  std::vector<bool> dropped;
  packet.rows_read = in.rows;
  tally.rows_read += in.rows;
  MIQ_TRY(transform_->Apply(in, packet.batch, dropped));
  MIQ_ASSIGN(Judgement judgement, policy_->Judge(packet.batch, dropped, tally));
  if (transform_->spec().IsMasked()) MIQ_TRY(Mask(packet.batch, dropped, judgement, tally));
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
