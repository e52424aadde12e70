#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace migrateiq {

/// Counted, with a few examples.
struct Counted {
  int64_t count = 0;
  std::vector<std::string> samples;  ///< at most five, each cut to 200 bytes

  void Add(const std::string& sample);
  void Add(const Counted& other);
};

/// What happened to the rows of a chunk or table. Adds up; not thread-safe.
struct Tally {
  int64_t rows_read = 0, rows_written = 0, rows_quarantined = 0, rows_filtered = 0, bytes = 0;
  std::map<std::pair<std::string, std::string>, Counted> altered;   ///< (column, rule)
  std::map<std::pair<std::string, std::string>, Counted> rejected;  ///< (column, "MIQ-DATA-003 too_long")
  std::map<std::pair<std::string, std::string>, Counted> warned;    ///< (column, rule name)

  void Add(const Tally& other);
};

/// The three maps as JSON text (for the ledger line's details), and back.
std::string TallyDetails(const Tally& tally);
Status AddTallyDetails(std::string_view json, Tally& tally);

}  // namespace migrateiq
