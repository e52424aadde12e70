#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/match/table.hpp"

/// CSV exactly as it is written: for matching, how a value is written is evidence, so nothing is made a number or a
/// date.
namespace migrateiq::match {

struct CsvShape {
  char delimiter = 0;       ///< 0: the one of , ; tab | that the first line has most of
  size_t most_rows = 5000;  ///< after these, reading stops
};

/// The rows, the header among them. Quotes are doubled inside quotes; a UTF-8 mark at the beginning is skipped.
std::vector<std::vector<std::string>> ReadCsv(std::string_view text, CsvShape shape = {});

/// The header's columns with the rows' values; empty values are missing ones.
MatchTable TableFromCsv(std::string_view text, const std::string& name, CsvShape shape = {});

}  // namespace migrateiq::match
