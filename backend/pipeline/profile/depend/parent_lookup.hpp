#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq {

/// Hashes that are looked for, each with a mark. Looking up may be done by several threads at once.
class MarkedHashes {
 public:
  explicit MarkedHashes(const std::vector<uint64_t>& hashes);
  void Mark(uint64_t hash);
  bool IsMarked(uint64_t hash) const;

 private:
  size_t SlotOf(uint64_t hash) const;
  std::vector<uint64_t> slots_;  ///< 0 = free
  std::vector<uint8_t> marks_;
};

/// The hash of a row's values in these columns together; 0 when one of them is NULL.
uint64_t HashOfRow(const std::vector<const Column*>& columns, int64_t row);

/// Reads these columns of the table and marks the hashes that its rows have. `readers` slots of the source are used.
Status MarkRows(Source& source, const Table& table, const std::vector<std::string>& columns, int readers,
                const std::stop_token& stop, MarkedHashes& hashes);

}  // namespace migrateiq
