#pragma once

#include <vector>

#include "pipeline/profile/profile.hpp"
#include "pipeline/profile/shape/dictionary.hpp"
#include "pipeline/schema/catalog.hpp"

namespace migrateiq {

/// The sample of a table as codes, beside the columns of its profile.
struct CodedSample {
  std::vector<Dictionary> columns;
  int64_t rows = 0;
  bool all_rows = false;     ///< it is the whole table
  std::vector<bool> proven;  ///< columns that are known, from all rows, to hold no value twice
};

/// Declared keys with what the values say, and undeclared ones: single columns, then pairs when no single column is
/// one. Columns that nobody would take for a key (long texts, fractions, binary) are not tried.
std::vector<CandidateKey> CandidateKeys(const Table& table, const TableProfile& profile, const CodedSample& sample);

DuplicateRows FindDuplicateRows(const CodedSample& sample);

}  // namespace migrateiq
