#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace migrateiq {

struct TableProgress {
  std::string table;
  std::string phase;  ///< waiting | loading | loaded | verifying | done
  int64_t rows_done = 0;
  int64_t rows_total = -1;  ///< estimate, -1 = unknown
  int64_t bytes_done = 0;
  int chunks_done = 0, chunks_total = 0;
};

/// A snapshot of a run under way. Rates and ETA are derived by whoever shows it.
struct Progress {
  std::string run_id;
  std::string
      phase;  ///< discovering | rehearsing | creating | loading | indexing | constraining | verifying | finishing
  double seconds = 0;
  int64_t rows_done = 0, rows_total = -1, bytes_done = 0;
  int64_t rows_rejected = 0;
  std::vector<TableProgress> tables;
};

/// Watches a run. Called from the engine's threads, one call at a time; must return quickly.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  virtual void OnProgress(const Progress& progress) = 0;  ///< a few times a second
  /// One line of the run's history: "table orders: loaded 120000 rows in 1.2 s". Level: info | warning | error.
  virtual void OnEvent(const std::string& level, const std::string& text) = 0;
};

}  // namespace migrateiq
