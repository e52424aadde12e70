#include "base/random.hpp"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>
#include <mutex>

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

namespace {

/// Milliseconds and, within one, a count: ids of a process sort in the order of their making (RFC 9562 section 6.2,
/// method 1).
struct Tick {
  uint64_t milliseconds = 0;
  uint32_t count = 0;  ///< 12 bits
};

Tick NextTick() {
  static std::mutex mutex;
  static Tick last;
  const auto now = static_cast<uint64_t>(SystemClock().Now() / kMillisecond);
  const std::lock_guard lock(mutex);
  if (now > last.milliseconds) {
    last = {.milliseconds = now, .count = 0};
  } else if (++last.count > 0xfff) {
    last = {.milliseconds = last.milliseconds + 1, .count = 0};
  }
  return last;
}

}  // namespace

/// RFC 9562 section 5.7: 48 bits of milliseconds, the version, 12 bits of a count, the variant, 62 random bits.
std::string NewId() {
  std::string bytes = RandomBytes(16);
  const Tick tick = NextTick();
  for (int index = 0; index < 6; ++index)
    bytes[static_cast<size_t>(index)] = static_cast<char>(tick.milliseconds >> (40 - 8 * index));
  bytes[6] = static_cast<char>(tick.count >> 8 | 0x70);
  bytes[7] = static_cast<char>(tick.count & 0xff);
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  std::string text = ToHexText(bytes);
  for (const size_t place : {20, 16, 12, 8}) text.insert(place, 1, '-');
  return text;
}

}  // namespace migrateiq
