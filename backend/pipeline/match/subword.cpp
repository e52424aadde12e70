#include "pipeline/match/subword.hpp"

#include <cmath>
#include <string>

#include "pipeline/match/words.hpp"

namespace migrateiq::match {

std::vector<uint32_t> SubwordBuckets(std::string_view word) {
  std::string padded = "<";
  padded += word;
  padded += ">";
  std::vector<uint32_t> buckets{static_cast<uint32_t>(StableHash(padded) % kSubwordBuckets)};
  for (size_t length = 3; length <= 5; ++length)
    for (size_t at = 0; at + length <= padded.size() && padded.size() > length; ++at)
      buckets.push_back(
          static_cast<uint32_t>(StableHash(std::string_view(padded).substr(at, length)) % kSubwordBuckets));
  return buckets;
}

SubwordVector SubwordTable::Of(std::string_view word) const {
  SubwordVector sum{};
  if (empty() || word.empty()) return sum;
  for (const uint32_t bucket : SubwordBuckets(word)) {
    const int8_t* row = numbers_.data() + static_cast<size_t>(bucket) * kSubwordDimensions;
    for (int i = 0; i < kSubwordDimensions; ++i) sum[static_cast<size_t>(i)] += static_cast<float>(row[i]);
  }
  double length = 0;
  for (const float x : sum) length += static_cast<double>(x) * static_cast<double>(x);
  if (length > 0)
    for (float& x : sum) x = static_cast<float>(static_cast<double>(x) / std::sqrt(length));
  return sum;
}

double Cosine(const SubwordVector& a, const SubwordVector& b) {
  double dot = 0;
  for (size_t i = 0; i < a.size(); ++i) dot += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return dot;
}

}  // namespace migrateiq::match
