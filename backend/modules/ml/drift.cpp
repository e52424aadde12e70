#include "modules/ml/drift.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace migrateiq::ml {

namespace {

constexpr Micros kWeek = 7 * kDay;
constexpr size_t kBins = 10;
/// Fewer decisions in a week tell nothing.
constexpr int64_t kFewest = 20;

struct Tally {
  int64_t decisions = 0, accepted = 0;
  double confidence = 0;
  std::vector<int64_t> bins = std::vector<int64_t>(kBins, 0);
};

ModelWeek WeekOf(Micros from, const Tally& tally, const std::vector<int64_t>& learned) {
  const auto count = static_cast<double>(tally.decisions);
  ModelWeek week{.from = from,
                 .decisions = tally.decisions,
                 .accepted = static_cast<double>(tally.accepted) / count,
                 .expected = tally.confidence / count};
  if (learned.size() == kBins) week.distance = StabilityIndex(learned, tally.bins);
  const bool moved = week.distance && *week.distance > kDriftedDistance;
  week.drifted = tally.decisions >= kFewest && (moved || std::abs(week.accepted - week.expected) > kDriftedShare);
  return week;
}

}  // namespace

double StabilityIndex(const std::vector<int64_t>& expected, const std::vector<int64_t>& found) {
  // A half in every bin: what was never seen is not impossible.
  const auto share = [](const std::vector<int64_t>& counts, size_t bin) {
    const auto all = static_cast<double>(std::accumulate(counts.begin(), counts.end(), int64_t{0}));
    return (static_cast<double>(counts[bin]) + 0.5) / (all + 0.5 * static_cast<double>(counts.size()));
  };
  double index = 0;
  for (size_t bin = 0; bin < std::min(expected.size(), found.size()); ++bin) {
    const double was = share(expected, bin), is = share(found, bin);
    index += (is - was) * std::log(is / was);
  }
  return index;
}

Result<std::vector<ModelWeek>> WatchModel(store::Store& store, const std::string& tenant_id, const ModelInUse& model,
                                          const std::vector<int64_t>& learned, Micros since) {
  MIQ_ASSIGN(const store::Rows rows,
             store.ReadFor<store::Rows>(store::Scope::Tenant(tenant_id), [&](store::Session& session) {
               return session.Query(
                   "SELECT s.decided_at, s.confidence, s.decision FROM suggestion s JOIN matching m ON m.matching_id = "
                   "s.matching_id WHERE s.tenant_id = $1 AND m.model_id = $2 AND s.decided_at >= $3 AND "
                   "s.source_column <> '' AND s.target_column <> ''",
                   tenant_id, model.model_id, since);
             }));
  std::map<Micros, Tally> weeks;
  for (const store::Row& row : rows) {
    Tally& tally = weeks[row.Integer(0) / kWeek * kWeek];
    const double confidence = row.Real(1);
    ++tally.decisions;
    tally.accepted += row.Text(2) == "accepted" ? 1 : 0;
    tally.confidence += confidence;
    ++tally.bins[std::min(kBins - 1, static_cast<size_t>(std::max(confidence, 0.0) * static_cast<double>(kBins)))];
  }
  std::vector<ModelWeek> found;
  for (const auto& [from, tally] : weeks) found.push_back(WeekOf(from, tally, learned));
  return found;
}

}  // namespace migrateiq::ml
