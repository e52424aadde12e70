#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/batch/column.hpp"

namespace migrateiq {

/// Hashes of single values. Equal values have equal hashes whatever type holds them, so that columns of different
/// tables and systems can be compared: 7, 7.0 and 7.00 are one number, a char is equal without its blanks. Numbers,
/// texts, dates and so on never equal each other.
uint64_t HashInteger(int64_t value);
uint64_t HashUnsigned(uint64_t value);
uint64_t HashDouble(double value);
uint64_t HashDecimal(std::string_view text);
uint64_t HashText(std::string_view text);

/// The hash of row `row`, which must not be NULL.
uint64_t HashValue(const Column& column, int64_t row);

/// Appends the hashes of the rows that are not NULL.
void HashColumn(const Column& column, std::vector<uint64_t>& out);

/// Joins the hash of a row's value to that of the values before it; the order matters.
inline uint64_t JoinHashes(uint64_t before, uint64_t hash) {
  uint64_t mixed = (before ^ (hash + 0x9E3779B97F4A7C15 + (before << 6) + (before >> 2))) * 0xFF51AFD7ED558CCD;
  return mixed ^ (mixed >> 32);
}

}  // namespace migrateiq
