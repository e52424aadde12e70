#include "pipeline/run/expected_duration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace migrateiq {

namespace {

constexpr int64_t kLeastBytes = 1 << 20;
constexpr size_t kMostRuns = 10;
constexpr size_t kTellingRuns = 3;

std::string_view Scheme(std::string_view url) { return url.substr(0, url.find(':')); }

std::vector<PastRun> Chosen(const std::vector<PastRun>& past, const std::string& target, bool same_target) {
  std::vector<PastRun> chosen;
  for (const PastRun& run : past) {
    const bool fits = same_target ? run.target == target : Scheme(run.target) == Scheme(target);
    if (fits && run.bytes >= kLeastBytes && run.seconds > 0 && chosen.size() < kMostRuns) chosen.push_back(run);
  }
  return chosen;
}

double SecondsPerByte(const PastRun& run) { return run.seconds / static_cast<double>(run.bytes); }

/// Over all bytes of all runs.
double Rate(const std::vector<PastRun>& runs) {
  double seconds = 0;
  double bytes = 0;
  for (const PastRun& run : runs) {
    seconds += run.seconds;
    bytes += static_cast<double>(run.bytes);
  }
  return seconds / bytes;
}

double Deviation(const std::vector<PastRun>& runs, double rate) {
  double squares = 0;
  for (const PastRun& run : runs) squares += std::pow(SecondsPerByte(run) - rate, 2);
  return runs.size() < 2 ? 0 : std::sqrt(squares / static_cast<double>(runs.size() - 1));
}

std::string Megabytes(double seconds_per_byte) { return fmt::format("{:.1f}", 1e-6 / seconds_per_byte); }

}  // namespace

ExpectedDuration ExpectDuration(const ReadingMeasured& reading, const std::vector<PastRun>& past,
                                const std::string& target) {
  std::vector<PastRun> runs = Chosen(past, target, true);
  const bool same = !runs.empty();
  if (!same) runs = Chosen(past, target, false);
  if (runs.empty()) {
    return {reading.seconds, reading.error,
            "expected duration: at least what reading and transforming took here; writing, indexes and verification "
            "come on top, and no earlier run into such a target is remembered that would tell how long they take"};
  }
  const double rate = Rate(runs);
  const double seconds = std::max(reading.seconds, rate * reading.bytes);
  double error = std::max(reading.error, 2 * Deviation(runs, rate) * reading.bytes);
  if (runs.size() < kTellingRuns) error = std::max(error, seconds / 2);
  const auto [fastest, slowest] = std::ranges::minmax(runs, {}, SecondsPerByte);
  return {seconds, error,
          fmt::format("expected duration: by the rate of {} earlier run{} into {}, {} MB/s ({} to {}), everything "
                      "included; reading and transforming alone, measured here: {:.1f} s",
                      runs.size(), runs.size() == 1 ? "" : "s", same ? "this target" : "targets of this kind",
                      Megabytes(rate), Megabytes(SecondsPerByte(slowest)), Megabytes(SecondsPerByte(fastest)),
                      reading.seconds)};
}

}  // namespace migrateiq
