#include "pipeline/run/compare.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/errors/run.hpp"
#include "base/parallel.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq {

namespace {

Status VisitSourceSplit(Source& source, std::mutex& mutex, const std::stop_token& stop, const TableTask& task,
                        const OnPolicy& on, const Split& split, int slot, const BatchVisitor& visit, Tally* seen) {
  std::unique_ptr<Reader> reader;
  {
    const std::lock_guard lock(mutex);
    MIQ_ASSIGN(reader, source.OpenReader(task.Request(), split, slot));
  }
  MIQ_ASSIGN(const std::unique_ptr<RowPipeline> pipeline, RowPipeline::Make(task, on, reader->schema()));
  Batch in;
  Tally tally;
  while (true) {
    if (stop.stop_requested()) return Fail(codes::kRunInterrupted, "stopped while comparing");
    MIQ_ASSIGN(const bool more, reader->Next(in));
    if (!more) break;
    MIQ_ASSIGN(const Packet packet, pipeline->Process(in, tally));
    MIQ_TRY(visit(slot, packet.batch));
  }
  if (seen == nullptr) return {};
  const std::lock_guard lock(mutex);
  seen->Add(tally);
  return {};
}

RowDifference::Row Shown(const Batch& row, const std::vector<std::string>& only) {
  RowDifference::Row shown;
  for (size_t c = 0; c < row.columns.size(); ++c) {
    const std::string& name = row.schema->fields[c].name;
    if (!only.empty() && std::ranges::find(only, name) == only.end()) continue;
    shown.emplace_back(name, std::nullopt);
    if (!row.columns[c].IsNull(0)) text::AppendValue(shown.back().second.emplace(), row.columns[c], 0);
  }
  return shown;
}

uint64_t KeyHash(const Batch& batch, int64_t row, const std::vector<int>& key, RowEncoder& encoder) {
  encoder.Reset();
  for (const int column : key) EncodeValue(batch.columns[static_cast<size_t>(column)], row, encoder);
  uint64_t low = 0;
  uint64_t high = 0;
  encoder.Hash(low, high);
  return low;
}

std::vector<int> KeyColumns(const TableTask& task) {
  std::vector<int> columns;
  for (const std::string& name : task.key) columns.push_back(task.transform.target->IndexOf(name));
  return columns;
}

}  // namespace

DiffSide SourceSide(Source& source, int readers, std::mutex& mutex, const std::stop_token& stop, const TableTask& task,
                    const OnPolicy& on, Tally* seen) {
  return {[&source, readers, &mutex, stop, &task, on, seen](const BatchVisitor& visit) -> Status {
            std::vector<Split> splits;
            {
              const std::lock_guard lock(mutex);
              MIQ_ASSIGN(splits, source.PlanSplits(task.Request(), {}));
            }
            return ParallelFor(readers, splits.size(), [&](int slot, size_t index) {
              return VisitSourceSplit(source, mutex, stop, task, on, splits[index], slot, visit, seen);
            });
          },
          readers};
}

DiffSide SourceSide(ActiveRun& run, const TableTask& task) {
  return SourceSide(*run.ends.source, 1, run.open_mutex, run.context.stop, task, run.plan.on);
}

DiffSide TargetSide(Source& source, int readers, std::mutex& mutex, const std::stop_token& stop,
                    const TableTask& task) {
  return {
      [&source, readers, &mutex, stop, &task](const BatchVisitor& visit) {
        const Table definition = task.LoadTable();
        return VisitRows({source, readers, mutex, stop}, task.ReadBack(definition), task.transform.target, {}, visit);
      },
      readers};
}

Result<Digest> DigestSide(const DiffSide& side) {
  std::vector<Digest> digests(static_cast<size_t>(side.slots));
  std::vector<RowEncoder> encoders(static_cast<size_t>(side.slots));
  MIQ_TRY(side.visit_all([&](int slot, const Batch& batch) -> Status {
    AddChecked(batch, encoders[static_cast<size_t>(slot)], digests[static_cast<size_t>(slot)]);
    return {};
  }));
  Digest total;
  for (const Digest& digest : digests) total.Add(digest);
  return total;
}

Result<bool> DiffTable(const DiffSide& source, const DiffSide& target, const TableTask& task, size_t most,
                       std::vector<RowDifference>& differences) {
  MIQ_ASSIGN(const DiffResult diff, DiffRows(source, target, most));
  std::map<RowDifference::Row, size_t> by_key;  // key -> place in `differences`
  for (const Batch& row : diff.missing_rows) {
    RowDifference::Row key = task.key.empty() ? RowDifference::Row{} : Shown(row, task.key);
    if (!key.empty()) by_key.emplace(key, differences.size());
    differences.push_back({.table = task.target_label,
                           .kind = "missing",
                           .key = std::move(key),
                           .source_row = Shown(row, {}),
                           .target_row = {}});
  }
  for (const Batch& row : diff.extra_rows) {
    RowDifference::Row key = task.key.empty() ? RowDifference::Row{} : Shown(row, task.key);
    const auto pair = by_key.find(key);
    if (pair == by_key.end()) {
      differences.push_back({.table = task.target_label,
                             .kind = "extra",
                             .key = std::move(key),
                             .source_row = {},
                             .target_row = Shown(row, {})});
    } else {
      differences[pair->second].kind = "different";
      differences[pair->second].target_row = Shown(row, {});
    }
  }
  const bool all_missing = diff.missing == static_cast<int64_t>(diff.missing_rows.size());
  return all_missing && diff.extra == static_cast<int64_t>(diff.extra_rows.size());
}

Result<Digest> UpsertedDigest(const ReadSide& target, const ReadRequest& request, const TableTask& task,
                              const DiffSide& source) {
  const std::vector<int> key = KeyColumns(task);
  std::unordered_set<uint64_t> keys;
  std::mutex mutex;
  MIQ_TRY(source.visit_all([&](int, const Batch& batch) -> Status {
    const std::lock_guard lock(mutex);
    RowEncoder encoder;
    for (int64_t row = 0; row < batch.rows; ++row) keys.insert(KeyHash(batch, row, key, encoder));
    return {};
  }));
  Digest digest;
  MIQ_TRY(VisitRows(target, request, task.transform.target, {}, [&](int, const Batch& batch) -> Status {
    const std::lock_guard lock(mutex);
    RowEncoder encoder;
    for (int64_t row = 0; row < batch.rows; ++row) {
      if (!keys.contains(KeyHash(batch, row, key, encoder))) continue;
      encoder.Reset();
      EncodeRow(batch, row, encoder);
      encoder.FinishRow(digest);
    }
    return {};
  }));
  return digest;
}

}  // namespace migrateiq
