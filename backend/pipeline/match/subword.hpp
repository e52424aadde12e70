#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

/// Word vectors from character n-grams, so that words no lexicon has still have neighbours.
namespace migrateiq::match {

inline constexpr int kSubwordDimensions = 48;
inline constexpr int kSubwordBuckets = 8192;
using SubwordVector = std::array<float, kSubwordDimensions>;

/// A table of n-gram vectors, one byte a number. Read-only after loading.
class SubwordTable {
 public:
  SubwordTable() = default;
  explicit SubwordTable(std::vector<int8_t> numbers) : numbers_(std::move(numbers)) {}
  bool empty() const { return numbers_.empty(); }
  const std::vector<int8_t>& numbers() const { return numbers_; }
  /// The mean of the word's n-grams, of length 1; zeros when the table is empty.
  SubwordVector Of(std::string_view word) const;

 private:
  std::vector<int8_t> numbers_;
};

/// The buckets of a word's n-grams of 3 to 5 letters, borders included, and of the whole word.
std::vector<uint32_t> SubwordBuckets(std::string_view word);

double Cosine(const SubwordVector& a, const SubwordVector& b);

}  // namespace migrateiq::match
