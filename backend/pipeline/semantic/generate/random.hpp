#pragma once

#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace migrateiq::generate {

/// The same numbers from the same seed with every standard library.
class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed) {}

  uint64_t Below(uint64_t limit) { return limit == 0 ? 0 : engine_() % limit; }
  int Between(int from, int to) { return from + static_cast<int>(Below(static_cast<uint64_t>(to - from) + 1)); }
  bool Chance(double probability) { return static_cast<double>(engine_() >> 11U) * 0x1.0p-53 < probability; }
  template <typename Range>
  const auto& Of(const Range& range) {
    return std::begin(range)[Below(std::size(range))];
  }
  char Of(std::string_view text) { return text[Below(text.size())]; }

  /// 9 digit, A capital, a small letter, X capital or digit, x small letter or digit, h hexadecimal digit, \ the next
  /// as it is; {ymd}, {dmy}, {yyyymmdd} a day; everything else stands for itself.
  std::string Like(std::string_view form);

 private:
  std::string Day(std::string_view order);

  std::mt19937_64 engine_;
};

}  // namespace migrateiq::generate
