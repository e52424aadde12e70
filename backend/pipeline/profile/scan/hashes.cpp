#include "pipeline/profile/scan/hashes.hpp"

#include <bit>
#include <cmath>

#include "pipeline/batch/any_value.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/profile/scan/decimal.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace migrateiq {

namespace {

/// What sort of value a hash is of.
enum Salt : uint64_t { kNumber = 0, kWide = 0x51ED2701, kText = 0x2545F491, kDate = 0xA0761D64, kTime = 0xE7037ED1 };

uint64_t Mix(uint64_t bits) {
  bits = (bits ^ (bits >> 33)) * 0xFF51AFD7ED558CCD;
  bits = (bits ^ (bits >> 33)) * 0xC4CEB9FE1A85EC53;
  return bits ^ (bits >> 33);
}

uint64_t HashBytes(std::string_view bytes, uint64_t salt) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), salt);
}

std::string_view WithoutPadding(std::string_view text) {
  const size_t last = text.find_last_not_of(' ');
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

std::string_view WithoutTrailingZeros(std::string_view decimal) {
  if (decimal.find('.') == std::string_view::npos) return decimal;
  decimal = decimal.substr(0, decimal.find_last_not_of('0') + 1);
  if (decimal.back() == '.') decimal.remove_suffix(1);
  return decimal;
}

uint64_t HashAny(std::string_view stored) {
  const any::Value value = any::Read(stored);
  if (value.type == any::Class::kInteger) return HashInteger(any::IntegerOf(value));
  if (value.type == any::Class::kReal) return HashDouble(any::RealOf(value));
  return HashText(value.bytes);
}

uint64_t HashVariable(const Column& column, int64_t row) {
  const std::string_view bytes = column.Bytes(row);
  switch (column.type().kind) {
    case TypeKind::kDecimal: return HashDecimal(bytes);
    case TypeKind::kChar: return HashText(WithoutPadding(bytes));
    case TypeKind::kAny: return HashAny(bytes);
    default: return HashText(bytes);
  }
}

template <class T, class Hash>
void HashFixed(const Column& column, std::vector<uint64_t>& out, Hash hash) {
  const int64_t rows = column.length();
  for (int64_t row = 0; row < rows; ++row) {
    if (!column.IsNull(row)) out.push_back(hash(column.Get<T>(row)));
  }
}

}  // namespace

uint64_t HashInteger(int64_t value) { return Mix(static_cast<uint64_t>(value) + 0x632BE59BD9B4E019); }

uint64_t HashUnsigned(uint64_t value) {
  if (value <= INT64_MAX) return HashInteger(static_cast<int64_t>(value));
  return HashDecimal(std::to_string(value));
}

uint64_t HashDouble(double value) {
  if (value >= -9.2e18 && value <= 9.2e18 && value == std::trunc(value))
    return HashInteger(static_cast<int64_t>(value));
  if (std::isnan(value)) return Mix(kWide);
  return Mix(std::bit_cast<uint64_t>(value) ^ kWide);
}

uint64_t HashDecimal(std::string_view text) {
  text = WithoutTrailingZeros(text);
  const SmallDecimal decimal = ReadDecimal(text);
  if (decimal.fits && decimal.scale == 0) return HashInteger(decimal.mantissa);
  if (decimal.fits)
    return Mix(static_cast<uint64_t>(decimal.mantissa) * 64 + static_cast<uint64_t>(decimal.scale) + kWide);
  if (const auto integer = text::ParseInt(text)) return HashInteger(*integer);
  return HashBytes(text, kWide);
}

uint64_t HashText(std::string_view text) { return HashBytes(text, kText); }

uint64_t HashValue(const Column& column, int64_t row) {
  switch (column.type().kind) {
    case TypeKind::kBool:
    case TypeKind::kInt8: return HashInteger(column.Get<int8_t>(row));
    case TypeKind::kInt16: return HashInteger(column.Get<int16_t>(row));
    case TypeKind::kInt32: return HashInteger(column.Get<int32_t>(row));
    case TypeKind::kInt64: return HashInteger(column.Get<int64_t>(row));
    case TypeKind::kUInt64: return HashUnsigned(column.Get<uint64_t>(row));
    case TypeKind::kFloat: return HashDouble(column.Get<float>(row));
    case TypeKind::kDouble: return HashDouble(column.Get<double>(row));
    case TypeKind::kDate: return Mix(static_cast<uint64_t>(column.Get<int32_t>(row)) ^ (uint64_t{kDate} << 32));
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz: return Mix(column.Get<uint64_t>(row) ^ (uint64_t{kTime} << 32));
    case TypeKind::kInterval:
    case TypeKind::kUuid: return HashBytes({reinterpret_cast<const char*>(column.values()) + row * 16, 16}, kTime);
    default: return HashVariable(column, row);
  }
}

void HashColumn(const Column& column, std::vector<uint64_t>& out) {
  switch (column.type().kind) {
    case TypeKind::kInt32: return HashFixed<int32_t>(column, out, [](int32_t value) { return HashInteger(value); });
    case TypeKind::kInt64: return HashFixed<int64_t>(column, out, HashInteger);
    case TypeKind::kDouble: return HashFixed<double>(column, out, HashDouble);
    default: break;
  }
  for (int64_t row = 0; row < column.length(); ++row) {
    if (!column.IsNull(row)) out.push_back(HashValue(column, row));
  }
}

}  // namespace migrateiq
