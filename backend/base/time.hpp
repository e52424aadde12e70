#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace migrateiq {

/// Microseconds since 1970-01-01T00:00:00Z: how the store and the API's structs hold moments.
using Micros = int64_t;
inline constexpr Micros kMillisecond = 1000, kSecond = 1'000'000, kMinute = 60 * kSecond, kHour = 60 * kMinute,
                        kDay = 24 * kHour;

/// The wall clock, replaceable in tests. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Micros Now() const = 0;
};
/// The system's clock.
const Clock& SystemClock();

/// "2026-11-22T22:33:05.123456Z" (the fraction only when there is one).
std::string FormatTime(Micros time);
void AppendTime(std::string& out, Micros time);  ///< the same text
/// RFC 3339 with any offset; nothing for anything else.
std::optional<Micros> ParseTime(std::string_view text);

}  // namespace migrateiq
