#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/batch/column.hpp"

namespace migrateiq {

/// The different values of a column, numbered in the order in which they first appear.
struct Dictionary {
  static constexpr int32_t kNull = -1;

  std::vector<int32_t> codes;      ///< of each row; kNull for NULL
  std::vector<int64_t> first_row;  ///< of each code
  std::vector<int64_t> counts;     ///< of each code
  std::vector<uint64_t> hashes;    ///< of each code
  int64_t values = 0;              ///< rows that are not NULL

  size_t size() const { return counts.size(); }
};
Dictionary MakeDictionary(const Column& column);

/// The value as people read it: AppendValue's text, but texts of a column of any type without quotes.
std::string ReadableValue(const Column& column, int64_t row);

/// The different values of a text column with their counts. Views into the column.
struct CountedText {
  std::string_view text;
  int64_t count;
};
std::vector<CountedText> CountedTexts(const Column& column, const Dictionary& dictionary);

}  // namespace migrateiq
