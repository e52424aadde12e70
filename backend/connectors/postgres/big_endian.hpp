#pragma once

#include <cstdint>
#include <cstring>

/// Network byte order at unaligned places.
namespace migrateiq::postgres {

inline uint16_t Load16(const uint8_t* place) {
  uint16_t value;
  std::memcpy(&value, place, 2);
  return __builtin_bswap16(value);
}
inline uint32_t Load32(const uint8_t* place) {
  uint32_t value;
  std::memcpy(&value, place, 4);
  return __builtin_bswap32(value);
}
inline uint64_t Load64(const uint8_t* place) {
  uint64_t value;
  std::memcpy(&value, place, 8);
  return __builtin_bswap64(value);
}
inline void Store16(uint8_t* place, uint16_t value) {
  value = __builtin_bswap16(value);
  std::memcpy(place, &value, 2);
}
inline void Store32(uint8_t* place, uint32_t value) {
  value = __builtin_bswap32(value);
  std::memcpy(place, &value, 4);
}
inline void Store64(uint8_t* place, uint64_t value) {
  value = __builtin_bswap64(value);
  std::memcpy(place, &value, 8);
}

}  // namespace migrateiq::postgres
