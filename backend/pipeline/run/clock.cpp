#include "pipeline/run/clock.hpp"

#include <chrono>

#include "pipeline/batch/text.hpp"

namespace migrateiq {

int64_t NowMicros() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string Rfc3339(int64_t micros) {
  std::string text;
  text::AppendTimestamp(text, micros - micros % 1'000'000);
  text[10] = 'T';
  return text + "Z";
}

}  // namespace migrateiq
