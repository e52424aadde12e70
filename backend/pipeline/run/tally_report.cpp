#include "pipeline/run/tally_report.hpp"

namespace migrateiq {

void AddTallyTo(const Tally& tally, TableReport& report) {
  for (const auto& [key, counted] : tally.altered)
    report.altered.push_back({key.first, key.second, counted.count, counted.samples});
  for (const auto& [key, counted] : tally.rejected)
    report.rejected.push_back({key.first, key.second, counted.count, false, counted.samples});
  for (const auto& [key, counted] : tally.warned)
    report.rejected.push_back({key.first, key.second, counted.count, true, counted.samples});
}

}  // namespace migrateiq
