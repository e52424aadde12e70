#include "modules/validation/unusual.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "pipeline/anomaly/robust.hpp"
#include "pipeline/anomaly/run_history.hpp"

namespace migrateiq::validation {

namespace {

constexpr size_t kLeastHistory = 8;
constexpr double kFar = 6;  ///< robust deviations

bool WasMade(const CheckResultRow& row) { return row.status == "passed" || row.status == "failed"; }

/// Kinds whose `measured` is no count of rows.
bool MeasuresItsOwn(const std::string& kind) {
  return kind == "completeness" || kind == "uniqueness" || kind == "freshness" || kind == "distribution" ||
         kind == "sql";
}

anomaly::RunFacts FactsOf(const CheckResultRow& row) {
  return {.started_at = row.at,
          .rows = static_cast<double>(row.rows_checked),
          .seconds = 0,
          .errors = static_cast<double>(row.rows_broken),
          .bytes = 0};
}

std::optional<std::string> ByRows(const std::vector<CheckResultRow>& history, const CheckResultRow& result) {
  std::vector<anomaly::RunFacts> facts;
  for (const CheckResultRow& row : history) {
    if (WasMade(row)) facts.push_back(FactsOf(row));
  }
  if (facts.size() < kLeastHistory) return std::nullopt;
  for (const anomaly::RunAlert& alert : anomaly::JudgeRun(facts, FactsOf(result))) {
    if (alert.measure == anomaly::RunMeasure::kRows) return alert.reason;
    if (alert.measure == anomaly::RunMeasure::kErrorRate && alert.value > alert.usual) return alert.reason;
  }
  return std::nullopt;
}

std::optional<std::string> ByMeasure(const std::vector<CheckResultRow>& history, const CheckResultRow& result) {
  std::vector<double> values;
  for (const CheckResultRow& row : history) {
    if (WasMade(row) && row.measured) values.push_back(*row.measured);
  }
  if (values.size() < kLeastHistory || !result.measured) return std::nullopt;
  std::ranges::sort(values);
  const double median = anomaly::Median(values);
  // What hardly moves may move by a hundredth.
  const double spread = std::max(anomaly::MadDeviation(values), 0.01 * std::max(std::abs(median), 0.01));
  const double far = std::abs(*result.measured - median) / spread;
  const bool within = *result.measured >= values.front() && *result.measured <= values.back();
  if (far <= kFar || within) return std::nullopt;
  return fmt::format("{:.4g}; usually {:.4g} ± {:.2g} over the last {} times", *result.measured, median, spread,
                     values.size());
}

}  // namespace

std::optional<std::string> WhyUnusual(const std::vector<CheckResultRow>& history, const CheckResultRow& result) {
  if (!WasMade(result)) return std::nullopt;
  return MeasuresItsOwn(result.kind) ? ByMeasure(history, result) : ByRows(history, result);
}

}  // namespace migrateiq::validation
