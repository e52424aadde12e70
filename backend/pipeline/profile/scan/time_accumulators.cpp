#include <cmath>
#include <limits>
#include <string>

#include "pipeline/batch/text.hpp"
#include "pipeline/profile/scan/accumulators.hpp"
#include "pipeline/profile/scan/time_values.hpp"
#include "pipeline/profile/scan/whole_numbers.hpp"
#include "pipeline/profile/sketch/quantiles.hpp"

namespace migrateiq::detail {

namespace {

constexpr double kMicros = 1e6;

class BoolAccumulator : public ColumnAccumulator {
 protected:
  void AddValues(const Column& column, Scratch&) override {
    for (int64_t row = 0; row < column.length(); ++row) {
      if (!column.IsNull(row)) ++seen_[column.Get<uint8_t>(row) != 0 ? 1 : 0];
    }
  }
  void MergeValues(const ColumnAccumulator& next) override {
    const auto& other = static_cast<const BoolAccumulator&>(next);
    for (size_t i = 0; i < 2; ++i) seen_[i] += other.seen_[i];
  }
  void FillValues(ColumnProfile& profile) const override {
    if (seen_[0] + seen_[1] == 0) return;
    profile.minimum = seen_[0] > 0 ? "false" : "true";
    profile.maximum = seen_[1] > 0 ? "true" : "false";
    profile.minimum_number = seen_[0] > 0 ? 0 : 1;
    profile.maximum_number = seen_[1] > 0 ? 1 : 0;
  }

 private:
  int64_t seen_[2] = {0, 0};
};

/// T is int32_t for days, int64_t for microseconds.
template <class T>
class TimeAccumulator : public ColumnAccumulator {
 public:
  explicit TimeAccumulator(TypeKind kind) : kind_(kind) {}
  bool rises() const override { return infinite_ == 0 && extremes_.rises(); }

 protected:
  void AddValues(const Column& column, Scratch& scratch) override {
    constexpr T kLast = std::numeric_limits<T>::max(), kFirst = std::numeric_limits<T>::min();
    scratch.integers.clear();
    scratch.doubles.clear();
    for (int64_t row = 0; row < column.length(); ++row) {
      if (column.IsNull(row)) continue;
      const T value = column.Get<T>(row);
      if (value == kLast || value == kFirst)
        ++infinite_;
      else
        scratch.integers.push_back(value);
    }
    for (const int64_t value : scratch.integers) scratch.doubles.push_back(static_cast<double>(value));
    extremes_.Add(scratch.integers);
    quantiles_.Add(scratch.doubles);
  }

  void MergeValues(const ColumnAccumulator& next) override {
    const auto& other = static_cast<const TimeAccumulator&>(next);
    extremes_.Merge(other.extremes_);
    quantiles_.Merge(other.quantiles_);
    infinite_ += other.infinite_;
  }

  void FillValues(ColumnProfile& profile) const override {
    if (infinite_ > 0) profile.findings.push_back({"infinity", infinite_, "infinity"});
    if (!extremes_.seen()) return;
    profile.minimum = TimeText(kind_, extremes_.least());
    profile.maximum = TimeText(kind_, extremes_.most());
    profile.minimum_number = Number(static_cast<double>(extremes_.least()));
    profile.maximum_number = Number(static_cast<double>(extremes_.most()));
    const std::vector<double> values = quantiles_.At(kQuantileShares);
    for (size_t i = 0; i < values.size(); ++i) {
      profile.quantiles.push_back({kQuantileShares[i], TimeText(kind_, std::llround(values[i])), Number(values[i])});
    }
    profile.quantile_error = quantiles_.error();
  }

 private:
  static double Number(double value) { return sizeof(T) == 4 ? value : value / kMicros; }

  TypeKind kind_;
  WholeNumbers<int64_t> extremes_;
  Quantiles quantiles_;
  int64_t infinite_ = 0;
};

}  // namespace

std::unique_ptr<ColumnAccumulator> MakeTimeAccumulator(const LogicalType& type) {
  if (type.kind == TypeKind::kBool) return std::make_unique<BoolAccumulator>();
  if (type.kind == TypeKind::kDate) return std::make_unique<TimeAccumulator<int32_t>>(type.kind);
  return std::make_unique<TimeAccumulator<int64_t>>(type.kind);
}

}  // namespace migrateiq::detail

namespace migrateiq {

std::string TimeText(TypeKind kind, int64_t value) {
  std::string out;
  if (kind == TypeKind::kDate) text::AppendDate(out, static_cast<int32_t>(value));
  if (kind == TypeKind::kTime) text::AppendTime(out, value);
  if (kind == TypeKind::kTimestamp) text::AppendTimestamp(out, value);
  if (kind == TypeKind::kTimestampTz) text::AppendTimestampTz(out, value);
  return out;
}

}  // namespace migrateiq
