#pragma once

#include <string>
#include <string_view>

#include "pipeline/match/train/dice.hpp"
#include "pipeline/match/train/generator.hpp"

namespace migrateiq::match {

/// A column's values: what they are (kind of tables.txt) with parameters that both systems share.
struct ValueSource {
  std::string kind;
  std::vector<std::string> options;  ///< of an enumeration
  double centre = 0, spread = 1;     ///< of numbers, on a logarithmic scale
  double start = 0;                  ///< first day or number
  std::string letters;               ///< that codes begin with
};
ValueSource MakeSource(std::string_view kind, Dice& dice);

/// The value of a row. The same row and source give the same thing; the habit decides how it is written.
std::string MakeValue(const ValueSource& source, uint64_t row_seed, const ValueHabit& habit);

}  // namespace migrateiq::match
