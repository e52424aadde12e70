#include "pipeline/batch/digest.hpp"

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "pipeline/batch/json_canonical.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq {

void Digest::Add(uint64_t hash_low, uint64_t hash_high) {
  low += hash_low;
  high += hash_high + (low < hash_low ? 1 : 0);
  ++rows;
}

void Digest::Add(const Digest& other) {
  low += other.low;
  high += other.high + (low < other.low ? 1 : 0);
  rows += other.rows;
}

void Digest::Subtract(const Digest& other) {
  high -= other.high + (low < other.low ? 1 : 0);
  low -= other.low;
  rows -= other.rows;
}

std::string Digest::ToHex() const {
  std::string hex;
  for (const uint64_t part : {high, low}) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      const auto byte = static_cast<char>(part >> shift);
      text::AppendHex(hex, {&byte, 1});
    }
  }
  return hex;
}

Digest DigestFromHex(std::string_view hex, uint64_t rows) {
  Digest digest;
  if (hex.size() != 32) return digest;
  std::from_chars(hex.data(), hex.data() + 16, digest.high, 16);
  std::from_chars(hex.data() + 16, hex.data() + 32, digest.low, 16);
  digest.rows = rows;
  return digest;
}

namespace {

enum Tag : uint8_t { kNullTag = 0, kValueTag = 1, kBigUnsignedTag = 2 };

std::string_view WithoutTrailingZeros(std::string_view decimal) {
  if (decimal.empty() || (decimal.back() != '0' && decimal.back() != '.')) return decimal;
  if (decimal.find('.') == std::string_view::npos) return decimal;
  decimal.remove_suffix(decimal.size() - decimal.find_last_not_of('0') - 1);
  if (decimal.back() == '.') decimal.remove_suffix(1);
  return decimal;
}

template <class T>
void Put(uint8_t* place, T value) {
  std::memcpy(place, &value, sizeof value);
}

}  // namespace

void RowEncoder::Bool(bool value) {
  uint8_t* place = Extend(2);
  place[0] = kValueTag;
  place[1] = value ? 1 : 0;
}

void RowEncoder::Int(int64_t value) {
  uint8_t* place = Extend(9);
  place[0] = kValueTag;
  Put(place + 1, value);
}

void RowEncoder::UInt(uint64_t value) {
  if (value <= static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) return Int(static_cast<int64_t>(value));
  uint8_t* place = Extend(9);
  place[0] = kBigUnsignedTag;
  Put(place + 1, value);
}

void RowEncoder::Double(double value) {
  if (std::isnan(value)) value = std::numeric_limits<double>::quiet_NaN();
  if (value == 0) value = 0;
  uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  Int(static_cast<int64_t>(std::isnan(value) ? 0x7FF8000000000000ULL : bits));
}

void RowEncoder::Decimal(std::string_view text) { Text(WithoutTrailingZeros(text)); }

void RowEncoder::Text(std::string_view bytes) {
  uint8_t* place = Extend(5 + bytes.size());
  place[0] = kValueTag;
  Put(place + 1, static_cast<uint32_t>(bytes.size()));
  if (!bytes.empty()) std::memcpy(place + 5, bytes.data(), bytes.size());
}

void RowEncoder::Char(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  Text(text);
}

void RowEncoder::IntervalParts(const Interval& value) {
  uint8_t* place = Extend(17);
  place[0] = kValueTag;
  Put(place + 1, value.months);
  Put(place + 5, value.days);
  Put(place + 9, value.micros);
}

void RowEncoder::Uuid(const uint8_t* bytes) {
  uint8_t* place = Extend(17);
  place[0] = kValueTag;
  std::memcpy(place + 1, bytes, 16);
}

void RowEncoder::ParsedJson(std::string_view text) {
  std::string canonical;
  Text(CanonicalizeJson(text, canonical) ? std::string_view(canonical) : text);
}

void RowEncoder::Hash(uint64_t& low, uint64_t& high) const {
  const XXH128_hash_t hash = XXH3_128bits(bytes_.data(), size_);
  low = hash.low64;
  high = hash.high64;
}

void RowEncoder::FinishRow(Digest& digest) {
  uint64_t low = 0;
  uint64_t high = 0;
  Hash(low, high);
  digest.Add(low, high);
  Reset();
}

void EncodeValue(const Column& column, int64_t row, RowEncoder& encoder) {
  if (column.IsNull(row)) return encoder.Null();
  switch (column.type().kind) {
    case TypeKind::kBool: return encoder.Bool(column.Get<uint8_t>(row) != 0);
    case TypeKind::kInt8: return encoder.Int(column.Get<int8_t>(row));
    case TypeKind::kInt16: return encoder.Int(column.Get<int16_t>(row));
    case TypeKind::kInt32:
    case TypeKind::kDate: return encoder.Int(column.Get<int32_t>(row));
    case TypeKind::kInt64:
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz: return encoder.Int(column.Get<int64_t>(row));
    case TypeKind::kUInt64: return encoder.UInt(column.Get<uint64_t>(row));
    case TypeKind::kFloat: return encoder.Double(column.Get<float>(row));
    case TypeKind::kDouble: return encoder.Double(column.Get<double>(row));
    case TypeKind::kDecimal: return encoder.Decimal(column.Bytes(row));
    case TypeKind::kChar: return encoder.Char(column.Bytes(row));
    case TypeKind::kInterval: return encoder.IntervalParts(column.Get<Interval>(row));
    case TypeKind::kUuid: return encoder.Uuid(column.values() + row * 16);
    case TypeKind::kJson:
      return column.type().parsed ? encoder.ParsedJson(column.Bytes(row)) : encoder.Text(column.Bytes(row));
    default: return encoder.Text(column.Bytes(row));
  }
}

void EncodeRow(const Batch& batch, int64_t row, RowEncoder& encoder) {
  for (const Column& column : batch.columns) EncodeValue(column, row, encoder);
}

void AddToDigest(const Batch& batch, RowEncoder& encoder, Digest& digest) {
  encoder.Reset();
  for (int64_t row = 0; row < batch.rows; ++row) {
    EncodeRow(batch, row, encoder);
    encoder.FinishRow(digest);
  }
}

}  // namespace migrateiq
