#include "base/random.hpp"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

#include "base/encoding.hpp"
#include "base/time.hpp"

namespace migrateiq {

std::string RandomBytes(size_t count) {
  std::string bytes(count, '\0');
  size_t filled = 0;
  while (filled < count) {
    const ssize_t got = getrandom(bytes.data() + filled, count - filled, 0);
    if (got < 0 && errno != EINTR) std::abort();  // no safe way on without random bytes
    if (got > 0) filled += static_cast<size_t>(got);
  }
  return bytes;
}

std::string RandomToken(size_t count) { return ToBase64Url(RandomBytes(count)); }

/// RFC 9562 section 5.7: 48 bits of milliseconds, the version, 12 random bits, the variant, 62 random bits.
std::string NewId() {
  std::string bytes = RandomBytes(16);
  const auto milliseconds = static_cast<uint64_t>(SystemClock().Now() / kMillisecond);
  for (int index = 0; index < 6; ++index)
    bytes[static_cast<size_t>(index)] = static_cast<char>(milliseconds >> (40 - 8 * index));
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x70);
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  std::string text = ToHexText(bytes);
  for (const size_t place : {20, 16, 12, 8}) text.insert(place, 1, '-');
  return text;
}

}  // namespace migrateiq
