#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "pipeline/run/progress.hpp"

namespace migrateiq {

/// Counts what the workers do and tells the observer a few times a second, from a thread of its own. Thread-safe.
class ProgressTracker {
 public:
  ProgressTracker(RunObserver& observer, std::string run_id);
  ~ProgressTracker();

  void SetTables(std::vector<TableProgress> tables);
  void SetPhase(std::string phase);
  void SetTablePhase(size_t table, std::string phase);
  void SetTableTotal(size_t table, int64_t rows_total, int chunks_total);
  void AddRows(size_t table, int64_t rows, int64_t bytes);
  void TakeBackRows(size_t table, int64_t rows, int64_t bytes) { AddRows(table, -rows, -bytes); }
  void AddRejected(int64_t rows);
  void ChunkDone(size_t table);
  void Event(const std::string& level, const std::string& text);

 private:
  void Tick(const std::stop_token& stop);
  void Show();

  RunObserver& observer_;
  std::mutex mutex_;
  Progress progress_;
  std::chrono::steady_clock::time_point begin_;
  std::mutex observer_mutex_;  ///< the observer is called by one thread at a time
  std::jthread ticker_;
};

}  // namespace migrateiq
