#include "pipeline/profile/scan/table_pass.hpp"

#include <algorithm>

namespace migrateiq {

namespace {

void Count(std::vector<FindingCount>& counts, const std::string& kind, int64_t count, const std::string& example) {
  const auto known = std::ranges::find(counts, kind, &FindingCount::kind);
  if (known != counts.end())
    known->count += count;
  else
    counts.push_back({kind, count, Shown(example)});
}

}  // namespace

void ScannedRows::Add(const Batch& batch, Scratch& scratch) {
  std::vector<bool> readable;
  for (const Finding& finding : batch.findings) {
    if (finding.column >= 0) {
      const auto column = static_cast<size_t>(finding.column);
      Count(findings[column], ToString(finding.kind), 1, finding.original);
      nulled[column] += batch.columns[column].IsNull(finding.row) ? 1 : 0;
      continue;
    }
    if (readable.empty()) readable.assign(static_cast<size_t>(batch.rows), true);
    readable[static_cast<size_t>(finding.row)] = false;
    if (unreadable++ == 0) unreadable_example = Shown(finding.original);
  }
  const Batch filtered = readable.empty() ? Batch() : batch.Filter(readable);
  const Batch& kept = readable.empty() ? batch : filtered;
  for (size_t i = 0; i < columns.size(); ++i) columns[i]->Add(kept.columns[i], scratch);
  sample->Add(kept);
  rows += kept.rows;
  bytes += static_cast<int64_t>(kept.ByteSize());
}

void ScannedRows::Merge(ScannedRows&& next) {
  for (size_t i = 0; i < columns.size(); ++i) {
    columns[i]->Merge(*next.columns[i]);
    nulled[i] += next.nulled[i];
    for (const FindingCount& one : next.findings[i]) Count(findings[i], one.kind, one.count, one.example);
  }
  sample->Merge(*next.sample);
  if (unreadable == 0) unreadable_example = std::move(next.unreadable_example);
  unreadable += next.unreadable;
  rows += next.rows;
  bytes += next.bytes;
}

ScannedRows TablePass::Begin(const SchemaPtr& schema, size_t split) const {
  ScannedRows rows;
  for (const Field& field : schema->fields) rows.columns.push_back(ColumnAccumulator::Make(field.type));
  rows.findings.resize(schema->fields.size());
  rows.nulled.resize(schema->fields.size());
  rows.sample.emplace(schema, sample_, split);
  rows.sample->SetBound(bound_);
  return rows;
}

bool TablePass::Finish(size_t split, ScannedRows part) {
  const std::lock_guard lock(mutex_);
  waiting_.emplace(split, std::move(part));
  for (auto next = waiting_.find(merged_); next != waiting_.end(); next = waiting_.find(merged_)) {
    if (merged_++ == 0)
      result_ = std::move(next->second);
    else
      result_.Merge(std::move(next->second));
    bound_ = result_.sample->bound();
    waiting_.erase(next);
  }
  return merged_ == splits_.size();
}

void TablePass::Fail(Error error) {
  const std::lock_guard lock(mutex_);
  if (!failed_.exchange(true)) error_ = std::move(error);
  waiting_.clear();
}

}  // namespace migrateiq
