#pragma once

#include <compare>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "pipeline/check/spill_file.hpp"

namespace migrateiq {

/// A key of a row: 128 bits of hash over what the target compares, and where its text is.
struct KeyRecord {
  uint64_t high = 0, low = 0;
  uint64_t row = 0;  ///< number of the row in its table; kExistingRow for one that the target has already
  int64_t text = 0;  ///< place in the spill file
  auto operator<=>(const KeyRecord&) const = default;
  bool SameKey(const KeyRecord& other) const { return high == other.high && low == other.low; }
};
inline constexpr uint64_t kExistingRow = UINT64_MAX;

/// The keys of one kind of all rows of a table, sorted by hash in bounded memory: full buffers are sorted and spilled,
/// a cursor merges them. Add may be called from several threads, everything else from one after Finish.
class KeySet {
 public:
  static constexpr size_t kBuffered = size_t{1} << 18;  ///< records: 8 MB

  explicit KeySet(SpillFile& spill, size_t buffered = kBuffered) : spill_(spill), buffered_(buffered) {}

  /// `texts[i]` shows `records[i]`, cut to what a sample needs; `text` of the records is filled in here.
  Status Add(std::vector<KeyRecord> records, const std::vector<std::string>& texts);
  Status Finish();
  Result<std::string> Text(const KeyRecord& record) const;

  /// Visits the records in order.
  class Cursor {
   public:
    /// Null at the end; valid until the next call.
    Result<const KeyRecord*> Next();

   private:
    friend class KeySet;
    struct Run {
      int64_t offset = 0;  ///< of what is not in memory yet
      int64_t left = 0;
      std::vector<KeyRecord> loaded;
      size_t at = 0;
      const KeyRecord& head() const { return loaded[at]; }
    };
    Result<bool> Fill(Run& run) const;
    Status Advance(size_t index);

    const SpillFile* spill_ = nullptr;
    std::vector<Run> runs_;
    std::vector<size_t> heap_;  ///< indexes of runs that are not at their end, the least head first
    bool begun_ = false;
    KeyRecord current_;
  };
  /// The set must outlive the cursor.
  Result<Cursor> Open() const;

 private:
  Status Spill();

  SpillFile& spill_;
  size_t buffered_;
  std::mutex mutex_;
  std::vector<KeyRecord> buffer_;
  struct SortedRun {
    int64_t offset = 0;
    int64_t records = 0;
  };
  std::vector<SortedRun> runs_;
};

}  // namespace migrateiq
