#include "pipeline/run/shared_load.hpp"

#include <condition_variable>

#include "base/errors/data.hpp"
#include "base/errors/run.hpp"
#include "base/parallel.hpp"

namespace migrateiq {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kUntilAskedAgain{150}, kUntilTriedAgain{500};
constexpr int kMostTries = 120;

}  // namespace

void RestUnlessStopped(const std::stop_token& stop, milliseconds time) {
  std::mutex sleeping;
  std::unique_lock lock(sleeping);
  std::condition_variable_any().wait_for(lock, stop, time, [] { return false; });
}

Status SharedLoad::Run(int64_t rejected_before) {
  shared_.rejected += rejected_before;
  const size_t slots = loaders_.size();
  return ParallelFor(static_cast<int>(slots), slots, [this](int, size_t slot) {
    Status done = RunSlot(slot);
    if (!done) failed_ = true;
    return done;
  });
}

Status SharedLoad::RunSlot(size_t slot) {
  std::vector<ChunkOutcome> done;
  while (!failed_) {
    MIQ_ASSIGN(const Deal deal, AskForMore(done));
    done.clear();
    MIQ_TRY(Take(deal));
    if (deal.over) return {};
    if (deal.chunks.empty()) RestUnlessStopped(shared_.stop, kUntilAskedAgain);
    for (const int64_t number : deal.chunks) {
      if (failed_) return {};
      MIQ_ASSIGN(ChunkOutcome outcome, Load(*loaders_[slot], number));
      done.push_back(std::move(outcome));
    }
  }
  return {};
}

/// A store that is away for a while does not end the load: the task's lease does, when it is away for too long.
Result<Deal> SharedLoad::AskForMore(const std::vector<ChunkOutcome>& done) {
  for (int attempt = 1;; ++attempt) {
    if (shared_.stop.stop_requested()) return Fail(codes::kRunInterrupted, "stopped while loading");
    Result<Deal> deal = share_.Next(done);
    if (deal || deal.error().Is(codes::kRunHeld) || attempt == kMostTries) return deal;
    RestUnlessStopped(shared_.stop, kUntilTriedAgain);
  }
}

Status SharedLoad::Take(const Deal& deal) {
  shared_.limiter.Share(deal.sharers);
  {
    const std::lock_guard lock(mutex_);
    if (deal.rejected_elsewhere > rejected_elsewhere_) {
      shared_.rejected += deal.rejected_elsewhere - rejected_elsewhere_;
      rejected_elsewhere_ = deal.rejected_elsewhere;
    }
    for (const ChunkOutcome& outcome : deal.elsewhere) Note(outcome);
    chunks_elsewhere_ += static_cast<int64_t>(deal.elsewhere.size());
  }
  for (const ChunkOutcome& outcome : deal.elsewhere) {
    const ChunkJob& job = jobs_[static_cast<size_t>(outcome.number)];
    shared_.progress.AddRows(job.table, outcome.rows, outcome.bytes);
    shared_.progress.AddRejected(outcome.rejected);
    shared_.rejected += outcome.rejected;
    finished_(job, std::nullopt);
  }
  if (deal.elsewhere.empty() || shared_.rejected <= shared_.on.max_row_errors) return {};
  return Fail(codes::kDataTooManyErrors,
              "more than " + std::to_string(shared_.on.max_row_errors) + " rows rejected by all workers together");
}

void SharedLoad::Note(const ChunkOutcome& outcome) {
  foreign_keys_bypassed_ |= outcome.foreign_keys_bypassed;
  warnings_.insert(warnings_.end(), outcome.warnings.begin(), outcome.warnings.end());
}

Result<ChunkOutcome> SharedLoad::Load(ChunkLoader& loader, int64_t number) {
  const ChunkJob& job = jobs_[static_cast<size_t>(number)];
  if (shared_.stop.stop_requested()) return Fail(codes::kRunInterrupted, "stopped before loading " + job.key.table);
  shared_.progress.SetTablePhase(job.table, "loading");
  MIQ_TRY(loader.Load(job));
  std::optional<LedgerLine> line = loader.TakeCommitted();
  ChunkOutcome outcome{
      .number = number, .foreign_keys_bypassed = loader.foreign_keys_bypassed(), .warnings = loader.TakeWarnings()};
  if (line) {
    outcome.rows = line->rows_read;
    outcome.bytes = line->bytes;
    outcome.rejected = line->rows_quarantined;
  }
  {
    const std::lock_guard lock(mutex_);
    Note(outcome);
    ++chunks_;
    rows_ += outcome.rows;
  }
  finished_(job, std::move(line));
  return outcome;
}

}  // namespace migrateiq
