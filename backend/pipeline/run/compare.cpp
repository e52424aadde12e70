#include "pipeline/run/compare.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/parallel.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq {

namespace {

constexpr size_t kMostRows = 100;

Status VisitSourceSplit(Source& source, std::mutex& mutex, const std::stop_token& stop, const TableTask& task, const OnPolicy& on,
                        const Split& split, int slot, const BatchVisitor& visit) {
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
    if (!more) return {};
    MIQ_ASSIGN(const Packet packet, pipeline->Process(in, tally));
    MIQ_TRY(visit(slot, packet.batch));
  }
}

std::vector<std::pair<std::string, std::string>> Shown(const Batch& row, const std::vector<std::string>& only) {
  std::vector<std::pair<std::string, std::string>> shown;
  for (size_t c = 0; c < row.columns.size(); ++c) {
    const std::string& name = row.schema->fields[c].name;
    if (!only.empty() && std::ranges::find(only, name) == only.end()) continue;
    std::string text;
    if (row.columns[c].IsNull(0)) text = "NULL";
    else text::AppendValue(text, row.columns[c], 0);
    shown.emplace_back(name, text);
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
                    const OnPolicy& on) {
  return {[&source, readers, &mutex, stop, &task, on](const BatchVisitor& visit) -> Status {
            std::vector<Split> splits;
            {
              const std::lock_guard lock(mutex);
              MIQ_ASSIGN(splits, source.PlanSplits(task.Request(), {}));
            }
            return ParallelFor(readers, splits.size(), [&](int slot, size_t index) {
              return VisitSourceSplit(source, mutex, stop, task, on, splits[index], slot, visit);
            });
          },
          readers};
}

DiffSide SourceSide(ActiveRun& run, const TableTask& task) {
  return SourceSide(*run.ends.source, 1, run.open_mutex, run.context.stop, task, run.plan.on);
}

DiffSide TargetSide(Source& source, int readers, std::mutex& mutex, const std::stop_token& stop, const TableTask& task) {
  return {[&source, readers, &mutex, stop, &task](const BatchVisitor& visit) {
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

Status DiffTable(const DiffSide& source, const DiffSide& target, const TableTask& task, std::vector<RowDifference>& differences) {
  MIQ_ASSIGN(DiffResult diff, DiffRows(source, target, kMostRows));
  std::vector<RowDifference> found;
  const auto key_of = [&](const Batch& row) { return task.key.empty() ? decltype(RowDifference::key){} : Shown(row, task.key); };
  for (const Batch& row : diff.missing_rows) {
    found.push_back({.table = task.target_label, .kind = "missing", .key = key_of(row), .source_row = Shown(row, {}), .target_row = {}});
  }
  for (const Batch& row : diff.extra_rows) {
    const auto key = key_of(row);
    const auto pair = std::ranges::find_if(found, [&](const RowDifference& other) { return !key.empty() && other.kind == "missing" && other.key == key; });
    if (pair == found.end()) {
      found.push_back({.table = task.target_label, .kind = "extra", .key = key, .source_row = {}, .target_row = Shown(row, {})});
    } else {
      pair->kind = "different";
      pair->target_row = Shown(row, {});
    }
  }
  differences.insert(differences.end(), found.begin(), found.end());
  return {};
}

Result<Digest> UpsertedDigest(const ReadSide& target, const ReadRequest& request, const TableTask& task, const DiffSide& source) {
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
