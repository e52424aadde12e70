#include "pipeline/run/progress_tracker.hpp"

#include <condition_variable>

namespace migrateiq {

ProgressTracker::ProgressTracker(RunObserver& observer, std::string run_id)
    : observer_(observer), begin_(std::chrono::steady_clock::now()) {
  progress_.run_id = std::move(run_id);
  ticker_ = std::jthread([this](const std::stop_token& stop) { Tick(stop); });
}

ProgressTracker::~ProgressTracker() {
  ticker_.request_stop();
  ticker_.join();
  Show();
}

void ProgressTracker::Tick(const std::stop_token& stop) {
  std::mutex sleeping;
  std::condition_variable_any wake;
  while (!stop.stop_requested()) {
    std::unique_lock lock(sleeping);
    wake.wait_for(lock, stop, std::chrono::milliseconds(200), [] { return false; });
    Show();
  }
}

void ProgressTracker::Show() {
  Progress copy;
  {
    const std::lock_guard lock(mutex_);
    progress_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    copy = progress_;
  }
  const std::lock_guard lock(observer_mutex_);
  observer_.OnProgress(copy);
}

void ProgressTracker::Event(const std::string& level, const std::string& text) {
  const std::lock_guard lock(observer_mutex_);
  observer_.OnEvent(level, text);
}

void ProgressTracker::SetTables(std::vector<TableProgress> tables) {
  const std::lock_guard lock(mutex_);
  progress_.tables = std::move(tables);
}

void ProgressTracker::SetPhase(std::string phase) {
  const std::lock_guard lock(mutex_);
  progress_.phase = std::move(phase);
}

void ProgressTracker::SetTablePhase(size_t table, std::string phase) {
  const std::lock_guard lock(mutex_);
  progress_.tables[table].phase = std::move(phase);
}

void ProgressTracker::SetTableTotal(size_t table, int64_t rows_total, int chunks_total) {
  const std::lock_guard lock(mutex_);
  progress_.tables[table].rows_total = rows_total;
  progress_.tables[table].chunks_total = chunks_total;
  int64_t total = 0;
  for (const TableProgress& one : progress_.tables) {
    if (one.rows_total < 0) {
      total = -1;
      break;
    }
    total += one.rows_total;
  }
  progress_.rows_total = total;
}

void ProgressTracker::AddRows(size_t table, int64_t rows, int64_t bytes) {
  const std::lock_guard lock(mutex_);
  progress_.tables[table].rows_done += rows;
  progress_.tables[table].bytes_done += bytes;
  progress_.rows_done += rows;
  progress_.bytes_done += bytes;
}

void ProgressTracker::AddRejected(int64_t rows) {
  const std::lock_guard lock(mutex_);
  progress_.rows_rejected += rows;
}

void ProgressTracker::ChunkDone(size_t table) {
  const std::lock_guard lock(mutex_);
  ++progress_.tables[table].chunks_done;
}

}  // namespace migrateiq
