#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace migrateiq::file {

/// A bit for each of 64 bytes that is `a` or `b`.
inline uint64_t MatchMask(const char* bytes, char a, char b) {
#if defined(__SSE2__)
  const __m128i first = _mm_set1_epi8(a), second = _mm_set1_epi8(b);
  uint64_t mask = 0;
  for (int i = 0; i < 4; ++i) {
    const __m128i chunk = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i * 16));
    const __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(chunk, first), _mm_cmpeq_epi8(chunk, second));
    mask |= static_cast<uint64_t>(static_cast<uint32_t>(_mm_movemask_epi8(hit))) << (i * 16);
  }
  return mask;
#else
  uint64_t mask = 0;
  for (int i = 0; i < 64; ++i) mask |= static_cast<uint64_t>(bytes[i] == a || bytes[i] == b) << i;
  return mask;
#endif
}

/// Walks over the bytes that are `a` or `b`. Up to 63 bytes behind the end are read (and ignored).
class MaskCursor {
 public:
  MaskCursor(const char* begin, const char* end, char a, char b) : end_(end), a_(a), b_(b) { Seek(begin); }

  void Seek(const char* to) {
    base_ = to;
    mask_ = Load();
  }
  /// The next one, null at the end.
  const char* Next() {
    while (mask_ == 0) {
      base_ += 64;
      if (base_ >= end_) return nullptr;
      mask_ = Load();
    }
    const char* found = base_ + std::countr_zero(mask_);
    mask_ &= mask_ - 1;
    return found;
  }

 private:
  uint64_t Load() const {
    const auto left = end_ - base_;
    if (left <= 0) return 0;
    const uint64_t mask = MatchMask(base_, a_, b_);
    return left >= 64 ? mask : mask & ((uint64_t{1} << left) - 1);
  }

  const char* base_ = nullptr;
  const char* end_;
  uint64_t mask_ = 0;
  char a_, b_;
};

}  // namespace migrateiq::file
