#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/anomaly/anomaly.hpp"
#include "pipeline/anomaly/series.hpp"
#include "pipeline/batch/batch.hpp"

/// Made-up tables and series, clean or with anomalies whose places are known: what the detectors are judged by.
namespace migrateiq::anomaly {

/// Shapes of clean number columns.
enum class Shape : uint8_t {
  kNormal,
  kLogNormal,
  kExponential,
  kZipf,
  kUniform,
  kBimodal,
  kSeasonal,
  kStudent,
  kPareto
};
inline constexpr Shape kShapes[] = {Shape::kNormal,   Shape::kLogNormal, Shape::kExponential,
                                    Shape::kZipf,     Shape::kUniform,   Shape::kBimodal,
                                    Shape::kSeasonal, Shape::kStudent,   Shape::kPareto};
std::string_view ToString(Shape shape);

/// So many values of a shape; location and scale are drawn from the seed, too.
std::vector<double> CleanNumbers(Shape shape, size_t count, uint64_t seed);

/// A cell that was made odd, and as what it should be found.
struct Planted {
  AnomalyKind kind = AnomalyKind::kOutlier;
  std::string column;  ///< one of the finding's columns
  int64_t row = 0;
};

struct GeneratedTable {
  SchemaPtr schema;
  Batch batch;
  std::vector<Planted> planted;  ///< empty for a clean table
};

/// The day before which the generated dates lie.
inline constexpr int32_t kGeneratedToday = 20'454;  // 2026-01-01

/// Orders of a shop: number, customer code, country with its currency, status, city, quantity, price, amount that
/// depends on both, weight that depends on quantity, ordered, shipped.
GeneratedTable CleanTable(size_t rows, uint64_t seed);
/// The same with at least one anomaly of each kind.
GeneratedTable PlantedTable(size_t rows, uint64_t seed);

/// Clean series every `step`: a level with noise, daily and weekly seasonality, trend, counts.
enum class SeriesShape : uint8_t { kNoise, kDaily, kWeekly, kTrend, kCounts };
inline constexpr SeriesShape kSeriesShapes[] = {SeriesShape::kNoise, SeriesShape::kDaily, SeriesShape::kWeekly,
                                                SeriesShape::kTrend, SeriesShape::kCounts};
std::vector<SeriesPoint> CleanSeries(SeriesShape shape, size_t count, Micros step, uint64_t seed);

/// What is put into a clean series at an index.
enum class Disturbance : uint8_t { kSpike, kDrop, kLevelShift, kFlat, kNoisier };
inline constexpr Disturbance kDisturbances[] = {Disturbance::kSpike, Disturbance::kDrop, Disturbance::kLevelShift,
                                                Disturbance::kFlat, Disturbance::kNoisier};
void Disturb(std::vector<SeriesPoint>& series, Disturbance disturbance, size_t index, uint64_t seed);

}  // namespace migrateiq::anomaly
