#include "modules/orchestrator/run_id.hpp"

#include <algorithm>
#include <ctime>
#include <random>

namespace migrateiq {

namespace {

// Without vowels and look-alikes: no words, no 0 for o.
constexpr std::string_view kAlphabet = "23456789bcdfghjkmnpqrstvwxz";
constexpr std::string_view kShape = "dddddddd-dddddd-aaaa";

std::string Formatted(const char* format) {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  char text[32];
  return std::string(text, std::strftime(text, sizeof text, format, &utc));
}

bool Fits(char shape, char c) {
  if (shape == 'd') return c >= '0' && c <= '9';
  return shape == 'a' ? kAlphabet.contains(c) : c == shape;
}

}  // namespace

std::string NewRunId() {
  std::random_device random;
  std::uniform_int_distribution<size_t> pick(0, kAlphabet.size() - 1);
  std::string id = Formatted("%Y%m%d-%H%M%S-");
  for (int i = 0; i < 4; ++i) id += kAlphabet[pick(random)];
  return id;
}

bool IsRunId(std::string_view text) { return std::ranges::equal(kShape, text, Fits); }

std::string UtcNow() { return Formatted("%Y-%m-%dT%H:%M:%SZ"); }

}  // namespace migrateiq
