#include "pipeline/profile/shape/anomalies.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "pipeline/anomaly/generator.hpp"

namespace migrateiq {
namespace {

constexpr Micros kToday = anomaly::kGeneratedToday * kDay;

TEST(FindAnomalies, TellsWhatWasPlantedAndNothingOfACleanSample) {
  const auto planted = FindAnomalies(anomaly::PlantedTable(1500, 3).batch, kToday);
  const auto told = [&planted](const char* kind, const char* example) {
    return std::ranges::any_of(planted, [&](const AnomalyProfile& one) {
      return one.kind == kind && !one.how.empty() && !one.why.empty() && one.examples.at(0) == example;
    });
  };
  EXPECT_TRUE(told("outlier", "9500000"));
  EXPECT_TRUE(told("misspelling", "Hambrug"));
  EXPECT_TRUE(told("sentinel_date", "1900-01-01"));
  EXPECT_TRUE(std::ranges::is_sorted(planted, std::greater(), &AnomalyProfile::score));
  EXPECT_TRUE(FindAnomalies(anomaly::CleanTable(1000, 3).batch, kToday).empty());
}

TEST(FindAnomalies, OfALargeSampleEveryNthRowIsLookedAt) {
  const SchemaPtr schema = std::make_shared<Schema>(Schema{{{"x", LogicalType::Of(TypeKind::kInt32)}}});
  Batch sample(schema);
  for (int32_t row = 0; row < 100'000; ++row) sample.columns[0].Append<int32_t>(row % 2 == 0 ? row % 1000 : 99'999'999);
  sample.rows = 100'000;
  EXPECT_TRUE(FindAnomalies(sample, kToday).empty()) << "the odd rows are passed over";
}

}  // namespace
}  // namespace migrateiq
