#include "pipeline/profile/scan/table_scan.hpp"

#include "base/errors/run.hpp"
#include "base/parallel.hpp"

namespace migrateiq {

namespace {

constexpr int kMostAttempts = 3;

}  // namespace

Status TableScan::Run(const std::vector<const Table*>& tables) {
  std::vector<Part> parts;
  for (const Table* table : tables) {
    auto splits = source_.PlanSplits({.table = table}, {.target_bytes = options_.part_bytes});
    const bool planned = splits.has_value();
    if (!planned && options_.stop.stop_requested()) return std::unexpected(std::move(splits).error());
    passes_.push_back(
        std::make_unique<TablePass>(*table, planned ? std::move(*splits) : std::vector<Split>{}, options_.sample));
    if (!planned) passes_.back()->Fail(std::move(splits).error());
    for (size_t split = 0; split < passes_.back()->splits().size(); ++split) {
      parts.push_back({passes_.size() - 1, split});
    }
  }
  for (size_t table = 0; table < passes_.size(); ++table) {
    if (passes_[table]->splits().empty() && !passes_[table]->failed()) MIQ_TRY(events_.on_table(table));
  }
  std::vector<Scratch> scratch(static_cast<size_t>(options_.readers));
  return ParallelFor(options_.readers, parts.size(), [&](int slot, size_t index) {
    return Read(parts[index], slot, scratch[static_cast<size_t>(slot)]);
  });
}

Result<std::unique_ptr<Reader>> TableScan::OpenReader(const TablePass& pass, size_t split, int slot) {
  const std::lock_guard lock(open_mutex_);
  return source_.OpenReader({.table = &pass.table()}, pass.splits()[split], slot);
}

/// A lost connection is worth another attempt; what the attempt before had read is forgotten.
Status TableScan::Read(const Part& part, int slot, Scratch& scratch) {
  TablePass& pass = *passes_[part.table];
  for (int attempt = 1; !pass.failed(); ++attempt) {
    Status read = ReadOnce(part, slot, scratch);
    if (read) break;
    if (options_.stop.stop_requested()) return read;
    if (read.error().retryable && attempt < kMostAttempts) continue;
    pass.Fail(std::move(read).error());
  }
  return {};
}

Status TableScan::ReadOnce(const Part& part, int slot, Scratch& scratch) {
  TablePass& pass = *passes_[part.table];
  MIQ_ASSIGN(const std::unique_ptr<Reader> reader, OpenReader(pass, part.split, slot));
  ScannedRows rows = pass.Begin(reader->schema(), part.split);
  Batch batch;
  while (true) {
    if (options_.stop.stop_requested()) return Fail(codes::kRunInterrupted, "stopped while reading");
    MIQ_ASSIGN(const bool more, reader->Next(batch));
    if (!more) break;
    rows.Add(batch, scratch);
    events_.on_rows(part.table, batch.rows, static_cast<int64_t>(batch.ByteSize()));
  }
  return pass.Finish(part.split, std::move(rows)) ? events_.on_table(part.table) : Status{};
}

}  // namespace migrateiq
