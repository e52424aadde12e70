#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace migrateiq::match {

/// Random numbers that are the same everywhere for the same seed (splitmix64).
class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed) {}
  uint64_t Next() {
    uint64_t z = state_ += 0x9E3779B97F4A7C15ULL;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ z >> 27) * 0x94D049BB133111EBULL;
    return z ^ z >> 31;
  }
  double Share() { return static_cast<double>(Next() >> 11) / 9007199254740992.0; }
  bool Chance(double share) { return Share() < share; }
  int64_t Between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(Next() % static_cast<uint64_t>(high - low + 1));
  }
  template <class Items>
  const auto& Pick(const Items& items) {
    return items[static_cast<size_t>(Next() % items.size())];
  }
  template <class Item>
  void Shuffle(std::vector<Item>& items) {
    for (size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[static_cast<size_t>(Next() % i)]);
  }

 private:
  uint64_t state_;
};

}  // namespace migrateiq::match
