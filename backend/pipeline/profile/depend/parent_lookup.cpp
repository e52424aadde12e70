#include "pipeline/profile/depend/parent_lookup.hpp"

#include <atomic>
#include <mutex>

#include "base/errors/run.hpp"
#include "base/parallel.hpp"
#include "pipeline/profile/scan/hashes.hpp"

namespace migrateiq {

MarkedHashes::MarkedHashes(const std::vector<uint64_t>& hashes) {
  size_t slots = 64;
  while (slots < hashes.size() * 2) slots *= 2;
  slots_.assign(slots, 0);
  marks_.assign(slots, 0);
  for (const uint64_t hash : hashes) slots_[SlotOf(hash)] = hash;
}

/// Of the hash, or the free one where it would stand.
size_t MarkedHashes::SlotOf(uint64_t hash) const {
  const size_t mask = slots_.size() - 1;
  size_t at = hash & mask;
  while (slots_[at] != 0 && slots_[at] != hash) at = (at + 1) & mask;
  return at;
}

void MarkedHashes::Mark(uint64_t hash) {
  const size_t slot = SlotOf(hash);
  if (slots_[slot] == hash) std::atomic_ref(marks_[slot]).store(1, std::memory_order_relaxed);
}

bool MarkedHashes::IsMarked(uint64_t hash) const {
  const size_t slot = SlotOf(hash);
  return slots_[slot] == hash && marks_[slot] != 0;
}

uint64_t HashOfRow(const std::vector<const Column*>& columns, int64_t row) {
  uint64_t joined = 0;
  for (const Column* column : columns) {
    if (column->IsNull(row)) return 0;
    const uint64_t hash = HashValue(*column, row);
    joined = columns.size() == 1 ? hash : JoinHashes(joined, hash);
  }
  return joined == 0 ? 1 : joined;
}

Status MarkRows(Source& source, const Table& table, const std::vector<std::string>& columns, int readers,
                const std::stop_token& stop, MarkedHashes& hashes) {
  const ReadRequest request{.table = &table, .columns = columns};
  MIQ_ASSIGN(const std::vector<Split> splits, source.PlanSplits(request, {}));
  std::mutex open_mutex;
  const auto open = [&](size_t split, int slot) {
    const std::lock_guard lock(open_mutex);
    return source.OpenReader(request, splits[split], slot);
  };
  return ParallelFor(readers, splits.size(), [&](int slot, size_t split) -> Status {
    MIQ_ASSIGN(const std::unique_ptr<Reader> reader, open(split, slot));
    Batch batch;
    while (true) {
      if (stop.stop_requested()) return Fail(codes::kRunInterrupted, "stopped while looking for parents");
      MIQ_ASSIGN(const bool more, reader->Next(batch));
      if (!more) return {};
      std::vector<const Column*> values;
      for (const Column& column : batch.columns) values.push_back(&column);
      for (int64_t row = 0; row < batch.rows; ++row) hashes.Mark(HashOfRow(values, row));
    }
  });
}

}  // namespace migrateiq
