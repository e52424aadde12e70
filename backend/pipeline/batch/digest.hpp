#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/batch/batch.hpp"

namespace migrateiq {

/// Order-independent fingerprint of a multiset of rows: the sum modulo 2^128 of each row's 128-bit XXH3 hash over its
/// canonical encoding, with the count. Digests of disjoint parts add up. Defends against accidents, not forgery.
struct Digest {
  uint64_t low = 0;
  uint64_t high = 0;
  uint64_t rows = 0;

  void Add(uint64_t hash_low, uint64_t hash_high);  ///< one row
  void Add(const Digest& other);
  void Subtract(const Digest& other);  ///< "after minus before"
  bool operator==(const Digest&) const = default;
  std::string ToHex() const;  ///< 32 hex digits, high first (the count apart)
};
/// The inverse of ToHex, with the count given apart. Ill-formed text gives a zero digest.
Digest DigestFromHex(std::string_view hex, uint64_t rows);

/// Builds the canonical encoding of one row, field by field, in the order of the schema; used by the batch digest and
/// by relays that digest foreign bytes without building a batch. Encodings (fixed by digest_test.cpp): NULL: tag 0.
/// Otherwise tag 1, then: bool 1 byte; integers int64 little endian (uint64 above 2^63 as decimal text with tag 2);
/// float widened to double, -0 as 0, one NaN; decimal as text without '+', leading and trailing zeros; texts and bytes
/// with a 32-bit length; char(n) without trailing blanks; date int32; times int64 microseconds; uuid 16 bytes; parsed
/// json with sorted keys and exact numbers, else its text; interval as its three parts.
class RowEncoder {
 public:
  void Reset() { size_ = 0; }
  void Null() { *Extend(1) = 0; }
  void Bool(bool value);
  void Int(int64_t value);
  void UInt(uint64_t value);
  void Double(double value);
  void Decimal(std::string_view text);
  void Text(std::string_view bytes);  ///< string, bytes, enum, array, bit, geometry, unparsed json
  void Char(std::string_view text);   ///< blank-insensitive at the end
  void Date(int32_t days) { Int(days); }
  void IntervalParts(const Interval& value);
  void Uuid(const uint8_t* bytes);
  void ParsedJson(std::string_view text);  ///< ill-formed text is encoded as Text
  /// Adds the row to `digest` and resets.
  void FinishRow(Digest& digest);
  /// The row's hash without adding it anywhere (for diffs). Does not reset.
  void Hash(uint64_t& low, uint64_t& high) const;

 private:
  uint8_t* Extend(size_t count) {
    if (size_ + count > bytes_.size()) bytes_.resize((size_ + count) * 2);
    uint8_t* place = bytes_.data() + size_;
    size_ += count;
    return place;
  }
  std::vector<uint8_t> bytes_ = std::vector<uint8_t>(1024);
  size_t size_ = 0;
};

/// Adds every row of the batch.
void AddToDigest(const Batch& batch, RowEncoder& encoder, Digest& digest);
/// Encodes one row of the batch (encoder must be reset).
void EncodeRow(const Batch& batch, int64_t row, RowEncoder& encoder);
/// Encodes one value by its column's type.
void EncodeValue(const Column& column, int64_t row, RowEncoder& encoder);

}  // namespace migrateiq
