#pragma once

#include <cstdint>
#include <string_view>

#include "connectors/file/rows.hpp"
#include "pipeline/batch/type.hpp"

namespace migrateiq::file {

/// How numbers and words are told apart: in CSV everything is text, in JSON strings and numbers are different things.
enum class GuessRules : uint8_t { kCsv, kJson };

/// What the values of one column have in common. Guesses of parts of a file are merged; the order does not matter, and
/// the type is never narrower than any value.
///
/// int64: up to 18 digits without leading zeros or '+'. decimal(p,s): exact. double: only where exponents (or NaN,
/// Infinity) occur and every value survives the way through binary64. bool: true and false only. date, timestamp,
/// timestamptz, uuid: ISO forms, all values alike. In CSV anything else, a mixture and "" make the column text; quotes
/// mean nothing else. In JSON a mixture of strings with other things, and objects or arrays, make the column json.
class Guess {
 public:
  /// Adds the values of a column of the block.
  void Look(const RowBlock& block, size_t column, GuessRules rules);
  void Add(const Span& span, GuessRules rules);
  void AddNull() { nulls_ = true; }
  void Merge(const Guess& other);

  LogicalType Type(GuessRules rules) const;
  bool nullable() const { return nulls_; }
  int64_t max_chars() const { return static_cast<int64_t>(max_chars_); }

 private:
  void AddText(std::string_view text);
  void AddNumber(std::string_view text);
  bool IsText() const;
  bool LooksTheSame(const Span& span, GuessRules rules) const;
  LogicalType NumberType(const LogicalType& otherwise) const;

  uint32_t seen_ = 0;  ///< bits of detail::ValueClass
  bool nulls_ = false;
  bool exact_ = true;  ///< numbers without exponent survive binary64
  int integer_digits_ = 0;
  int fraction_digits_ = 0;
  uint64_t max_chars_ = 0;
};

}  // namespace migrateiq::file
