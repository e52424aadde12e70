#include "connectors/postgres/pg_numeric.hpp"

#include <algorithm>

#include "connectors/postgres/big_endian.hpp"

namespace migrateiq::postgres {

namespace {

constexpr uint16_t kNegative = 0x4000, kNaN = 0xC000, kPlusInfinity = 0xD000, kMinusInfinity = 0xF000;
constexpr size_t kHeader = 8;

struct Parts {
  int digits, weight, scale;
  uint16_t sign;
};

Parts HeaderOf(const uint8_t* bytes) {
  return {Load16(bytes), static_cast<int16_t>(Load16(bytes + 2)), Load16(bytes + 6) & 0x3FFF, Load16(bytes + 4)};
}

std::string_view SpecialText(uint16_t sign) {
  switch (sign) {
    case kNaN: return "NaN";
    case kPlusInfinity: return "Infinity";
    case kMinusInfinity: return "-Infinity";
    default: return "";
  }
}

/// Four digits of one base-10000 group.
inline void PutGroup(uint8_t* out, unsigned group) {
  const unsigned high = group / 100, low = group % 100;
  out[0] = static_cast<uint8_t>('0' + high / 10);
  out[1] = static_cast<uint8_t>('0' + high % 10);
  out[2] = static_cast<uint8_t>('0' + low / 10);
  out[3] = static_cast<uint8_t>('0' + low % 10);
}

uint8_t* PutInteger(const uint8_t* groups, const Parts& parts, uint8_t* out) {
  if (parts.weight < 0 || parts.digits == 0) return *out = '0', out + 1;
  uint8_t first[4];
  PutGroup(first, Load16(groups));
  int skip = 0;
  while (skip < 3 && first[skip] == '0') ++skip;
  std::memcpy(out, first + skip, static_cast<size_t>(4 - skip));
  out += 4 - skip;
  for (int i = 1; i <= parts.weight; ++i, out += 4) PutGroup(out, i < parts.digits ? Load16(groups + 2 * i) : 0);
  return out;
}

uint8_t* PutFraction(const uint8_t* groups, const Parts& parts, uint8_t* out) {
  if (parts.scale == 0) return out;
  *out++ = '.';
  uint8_t* const end = out + parts.scale;
  for (int i = parts.digits == 0 ? 0 : parts.weight + 1; out < end; ++i) {
    uint8_t group[4];
    PutGroup(group, i >= 0 && i < parts.digits ? Load16(groups + 2 * i) : 0);
    const auto count = std::min<ptrdiff_t>(4, end - out);
    std::memcpy(out, group, static_cast<size_t>(count));
    out += count;
  }
  return end;
}

bool GroupsAreValid(const uint8_t* groups, int count) {
  for (int i = 0; i < count; ++i) {
    if (Load16(groups + 2 * i) > 9999) return false;
  }
  return true;
}

}  // namespace

size_t NumericTextSize(const uint8_t* bytes, size_t size) {
  if (size < kHeader) return 0;
  const Parts parts = HeaderOf(bytes);
  if (size != kHeader + 2 * static_cast<size_t>(parts.digits)) return 0;
  if (!SpecialText(parts.sign).empty()) return 16;
  if (parts.sign != 0 && parts.sign != kNegative) return 0;
  if (!GroupsAreValid(bytes + kHeader, parts.digits)) return 0;
  return 8 + 4 * static_cast<size_t>(std::max(parts.weight + 1, 0)) + static_cast<size_t>(parts.scale);
}

size_t NumericToText(const uint8_t* bytes, size_t /*size*/, uint8_t* out) {
  const Parts parts = HeaderOf(bytes);
  if (const std::string_view special = SpecialText(parts.sign); !special.empty()) {
    std::memcpy(out, special.data(), special.size());
    return special.size();
  }
  uint8_t* place = out;
  if (parts.sign == kNegative) *place++ = '-';
  place = PutInteger(bytes + kHeader, parts, place);
  place = PutFraction(bytes + kHeader, parts, place);
  return static_cast<size_t>(place - out);
}

namespace {

void AppendHeader(Buffer& out, size_t digits, int weight, uint16_t sign, size_t scale) {
  uint8_t* place = out.Extend(kHeader);
  Store16(place, static_cast<uint16_t>(digits));
  Store16(place + 2, static_cast<uint16_t>(weight));
  Store16(place + 4, sign);
  Store16(place + 6, static_cast<uint16_t>(scale));
}

bool AppendSpecial(std::string_view text, Buffer& out) {
  if (text == "NaN") return AppendHeader(out, 0, 0, kNaN, 0), true;
  if (text == "Infinity") return AppendHeader(out, 0, 0, kPlusInfinity, 0), true;
  if (text == "-Infinity") return AppendHeader(out, 0, 0, kMinusInfinity, 0), true;
  return false;
}

bool AllDigits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The value of up to four digits at `text[from, from+4)`, counting positions outside as zero.
unsigned GroupAt(std::string_view text, ptrdiff_t from) {
  unsigned group = 0;
  for (ptrdiff_t i = from; i < from + 4; ++i) {
    const bool inside = i >= 0 && i < static_cast<ptrdiff_t>(text.size());
    group = group * 10 + (inside ? static_cast<unsigned>(text[static_cast<size_t>(i)] - '0') : 0);
  }
  return group;
}

/// What most decimals look like: at most 12 digits before the point and 4 behind it.
struct ShortDecimal {
  uint64_t whole = 0;
  unsigned fraction = 0;  ///< in ten-thousandths
  uint16_t scale = 0;
  bool negative = false;
};

bool ParseShort(std::string_view text, ShortDecimal& parsed) {
  constexpr uint64_t kMostWhole = 1'000'000'000'000;
  constexpr unsigned kUnit[] = {10000, 1000, 100, 10, 1};
  const char* at = text.data();
  const char* const end = at + text.size();
  parsed.negative = at < end && *at == '-';
  at += parsed.negative ? 1 : 0;
  if (at == end || end - at > 17) return false;
  for (; at < end && *at >= '0' && *at <= '9'; ++at)
    parsed.whole = parsed.whole * 10 + static_cast<uint64_t>(*at - '0');
  if (at == text.data() + (parsed.negative ? 1 : 0) || parsed.whole >= kMostWhole) return false;
  if (at == end) return true;
  if (*at++ != '.' || end - at > 4) return false;
  parsed.scale = static_cast<uint16_t>(end - at);
  for (; at < end && *at >= '0' && *at <= '9'; ++at)
    parsed.fraction = parsed.fraction * 10 + static_cast<unsigned>(*at - '0');
  parsed.fraction *= kUnit[parsed.scale];
  return at == end;
}

void AppendShort(const ShortDecimal& value, Buffer& out) {
  const uint64_t groups[] = {value.whole / 100'000'000, value.whole / 10'000 % 10'000, value.whole % 10'000,
                             value.fraction};
  size_t first = 0, last = 4;
  while (first < 4 && groups[first] == 0) ++first;
  while (last > first && groups[last - 1] == 0) --last;
  const size_t digits = last - first;
  const bool zero = digits == 0;
  AppendHeader(out, digits, zero ? 0 : 2 - static_cast<int>(first), value.negative && !zero ? kNegative : 0,
               value.scale);
  uint8_t* place = out.Extend(2 * digits);
  for (size_t i = first; i < last; ++i, place += 2) Store16(place, static_cast<uint16_t>(groups[i]));
}

}  // namespace

bool AppendNumeric(std::string_view text, Buffer& out) {
  if (ShortDecimal value; ParseShort(text, value)) return AppendShort(value, out), true;
  const bool negative = text.starts_with('-');
  std::string_view whole = negative ? text.substr(1) : text;
  const size_t point = whole.find('.');
  const std::string_view fraction = point == std::string_view::npos ? "" : whole.substr(point + 1);
  whole = whole.substr(0, point);
  if (whole.empty() || !AllDigits(whole) || !AllDigits(fraction)) return AppendSpecial(text, out);
  if (whole.size() > 131072 || fraction.size() > 16383) return false;

  const size_t start = out.size();
  AppendHeader(out, 0, 0, 0, fraction.size());
  const size_t whole_groups = (whole.size() + 3) / 4, all_groups = whole_groups + (fraction.size() + 3) / 4;
  const auto lead = static_cast<ptrdiff_t>(whole.size()) - static_cast<ptrdiff_t>(4 * whole_groups);
  uint8_t* groups = out.Extend(2 * all_groups);
  size_t count = 0, leading_zeros = 0, significant = 0;
  for (size_t i = 0; i < all_groups; ++i) {
    const unsigned group = i < whole_groups ? GroupAt(whole, lead + static_cast<ptrdiff_t>(4 * i))
                                            : GroupAt(fraction, static_cast<ptrdiff_t>(4 * (i - whole_groups)));
    if (group == 0 && count == 0) {
      ++leading_zeros;
      continue;
    }
    Store16(groups + 2 * count++, static_cast<uint16_t>(group));
    if (group != 0) significant = count;
  }
  const int weight = significant == 0 ? 0 : static_cast<int>(whole_groups) - 1 - static_cast<int>(leading_zeros);
  out.Resize(start + kHeader + 2 * significant);
  uint8_t* header = out.data() + start;
  Store16(header, static_cast<uint16_t>(significant));
  Store16(header + 2, static_cast<uint16_t>(weight));
  Store16(header + 4, negative && significant != 0 ? kNegative : 0);
  return true;
}

}  // namespace migrateiq::postgres
