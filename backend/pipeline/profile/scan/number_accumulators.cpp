#include <cmath>
#include <string>

#include "pipeline/batch/text.hpp"
#include "pipeline/profile/scan/accumulators.hpp"
#include "pipeline/profile/scan/decimal.hpp"
#include "pipeline/profile/scan/whole_numbers.hpp"
#include "pipeline/profile/sketch/moments.hpp"
#include "pipeline/profile/sketch/quantiles.hpp"

namespace migrateiq::detail {

namespace {

std::string TextOf(double value) {
  std::string out;
  text::AppendDouble(out, value);
  return out;
}

/// A quantile as it would be written in such a column.
std::string TextOf(double value, const LogicalType& type) {
  const bool whole = IsInteger(type.kind) || std::abs(value) < 9e15;
  if (whole && value == std::trunc(value) && std::abs(value) < 9.2e18)
    return std::to_string(static_cast<int64_t>(value));
  return TextOf(value);
}

/// What all numbers share: everything but the extremes, which are exact in the type.
class NumberAccumulator : public ColumnAccumulator {
 public:
  explicit NumberAccumulator(LogicalType type) : type_(std::move(type)) {}

 protected:
  /// All finite.
  void AddDoubles(const std::vector<double>& values) {
    for (const double value : values) {
      zeros_ += value == 0 ? 1 : 0;
      negatives_ += value < 0 ? 1 : 0;
    }
    moments_.Add(values);
    quantiles_.Add(values);
  }
  void AddNotFinite() { ++not_finite_; }

  void MergeValues(const ColumnAccumulator& next) override {
    const auto& other = static_cast<const NumberAccumulator&>(next);
    moments_.Merge(other.moments_);
    quantiles_.Merge(other.quantiles_);
    zeros_ += other.zeros_;
    negatives_ += other.negatives_;
    not_finite_ += other.not_finite_;
  }

  void FillValues(ColumnProfile& profile) const override {
    if (moments_.count() == 0 && not_finite_ == 0) return;
    profile.numbers = NumberProfile{.mean = moments_.mean(),
                                    .deviation = moments_.deviation(),
                                    .sum = moments_.sum(),
                                    .zeros = zeros_,
                                    .negatives = negatives_,
                                    .not_finite = not_finite_};
    const std::vector<double> values = quantiles_.At(kQuantileShares);
    for (size_t i = 0; i < values.size(); ++i) {
      profile.quantiles.push_back({kQuantileShares[i], TextOf(values[i], type_), values[i]});
    }
    profile.quantile_error = quantiles_.error();
  }

 private:
  LogicalType type_;
  Moments moments_;
  Quantiles quantiles_;
  int64_t zeros_ = 0, negatives_ = 0, not_finite_ = 0;
};

/// T is what the column holds, Wide what its extremes are kept in.
template <class T, class Wide>
class IntegerAccumulator : public NumberAccumulator {
 public:
  using NumberAccumulator::NumberAccumulator;
  bool rises() const override { return extremes_.rises(); }

 protected:
  void AddValues(const Column& column, Scratch& scratch) override {
    values_.clear();
    scratch.doubles.clear();
    for (int64_t row = 0; row < column.length(); ++row) {
      if (!column.IsNull(row)) values_.push_back(column.Get<T>(row));
    }
    for (const Wide value : values_) scratch.doubles.push_back(static_cast<double>(value));
    extremes_.Add(values_);
    AddDoubles(scratch.doubles);
  }

  void MergeValues(const ColumnAccumulator& next) override {
    NumberAccumulator::MergeValues(next);
    extremes_.Merge(static_cast<const IntegerAccumulator&>(next).extremes_);
  }

  void FillValues(ColumnProfile& profile) const override {
    NumberAccumulator::FillValues(profile);
    if (!extremes_.seen()) return;
    profile.minimum = std::to_string(extremes_.least());
    profile.maximum = std::to_string(extremes_.most());
    profile.minimum_number = static_cast<double>(extremes_.least());
    profile.maximum_number = static_cast<double>(extremes_.most());
  }

 private:
  WholeNumbers<Wide> extremes_;
  std::vector<Wide> values_;
};

template <class T>
class FloatAccumulator : public NumberAccumulator {
 public:
  using NumberAccumulator::NumberAccumulator;

 protected:
  void AddValues(const Column& column, Scratch& scratch) override {
    scratch.doubles.clear();
    for (int64_t row = 0; row < column.length(); ++row) {
      if (column.IsNull(row)) continue;
      const auto value = static_cast<double>(column.Get<T>(row));
      if (std::isfinite(value))
        scratch.doubles.push_back(value);
      else
        AddNotFinite();
    }
    for (const double value : scratch.doubles) {
      least_ = std::min(least_, value);
      most_ = std::max(most_, value);
    }
    AddDoubles(scratch.doubles);
  }

  void MergeValues(const ColumnAccumulator& next) override {
    NumberAccumulator::MergeValues(next);
    const auto& other = static_cast<const FloatAccumulator&>(next);
    least_ = std::min(least_, other.least_);
    most_ = std::max(most_, other.most_);
  }

  void FillValues(ColumnProfile& profile) const override {
    NumberAccumulator::FillValues(profile);
    if (least_ > most_) return;
    profile.minimum = Written(least_);
    profile.maximum = Written(most_);
    profile.minimum_number = least_;
    profile.maximum_number = most_;
  }

 private:
  static std::string Written(double value) {
    if constexpr (std::is_same_v<T, double>) return TextOf(value);
    std::string out;
    text::AppendFloat(out, static_cast<float>(value));
    return out;
  }

  double least_ = std::numeric_limits<double>::infinity(), most_ = -std::numeric_limits<double>::infinity();
};

class DecimalAccumulator : public NumberAccumulator {
 public:
  using NumberAccumulator::NumberAccumulator;

 protected:
  void AddValues(const Column& column, Scratch& scratch) override {
    scratch.doubles.clear();
    for (int64_t row = 0; row < column.length(); ++row) {
      if (column.IsNull(row)) continue;
      const std::string_view text = column.Bytes(row);
      const double value = ReadDecimal(text).value;
      if (text.empty() || text.back() > '9') {
        AddNotFinite();
        continue;
      }
      Consider(text, value);
      if (std::isfinite(value)) scratch.doubles.push_back(value);
    }
    AddDoubles(scratch.doubles);
  }

  void MergeValues(const ColumnAccumulator& next) override {
    NumberAccumulator::MergeValues(next);
    const auto& other = static_cast<const DecimalAccumulator&>(next);
    if (!other.seen_) return;
    Consider(other.least_text_, other.least_);
    Consider(other.most_text_, other.most_);
  }

  void FillValues(ColumnProfile& profile) const override {
    NumberAccumulator::FillValues(profile);
    if (!seen_) return;
    profile.minimum = Shown(least_text_);
    profile.maximum = Shown(most_text_);
    if (std::isfinite(least_)) profile.minimum_number = least_;
    if (std::isfinite(most_)) profile.maximum_number = most_;
  }

 private:
  /// Doubles decide; where they are equal the digits do.
  void Consider(std::string_view text, double value) {
    if (!seen_ || value < least_ || (value == least_ && CompareDecimalTexts(text, least_text_) < 0)) {
      least_ = value;
      least_text_ = text;
    }
    if (!seen_ || value > most_ || (value == most_ && CompareDecimalTexts(text, most_text_) > 0)) {
      most_ = value;
      most_text_ = text;
    }
    seen_ = true;
  }

  bool seen_ = false;
  double least_ = 0, most_ = 0;
  std::string least_text_, most_text_;
};

}  // namespace

std::unique_ptr<ColumnAccumulator> MakeNumberAccumulator(const LogicalType& type) {
  switch (type.kind) {
    case TypeKind::kInt8: return std::make_unique<IntegerAccumulator<int8_t, int64_t>>(type);
    case TypeKind::kInt16: return std::make_unique<IntegerAccumulator<int16_t, int64_t>>(type);
    case TypeKind::kInt32: return std::make_unique<IntegerAccumulator<int32_t, int64_t>>(type);
    case TypeKind::kInt64: return std::make_unique<IntegerAccumulator<int64_t, int64_t>>(type);
    case TypeKind::kUInt64: return std::make_unique<IntegerAccumulator<uint64_t, uint64_t>>(type);
    case TypeKind::kFloat: return std::make_unique<FloatAccumulator<float>>(type);
    case TypeKind::kDouble: return std::make_unique<FloatAccumulator<double>>(type);
    default: return std::make_unique<DecimalAccumulator>(type);
  }
}

}  // namespace migrateiq::detail
