#include "pipeline/match/logistic.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace migrateiq::match {

namespace {

struct Scale {
  std::vector<double> mean, deviation;
};

Scale Measure(const std::vector<Example>& examples, size_t width) {
  Scale scale{std::vector<double>(width, 0.0), std::vector<double>(width, 0.0)};
  double total = 0;
  for (const Example& example : examples) {
    total += example.weight;
    for (size_t i = 0; i < width; ++i) scale.mean[i] += example.weight * example.features[i];
  }
  for (double& mean : scale.mean) mean /= total;
  for (const Example& example : examples)
    for (size_t i = 0; i < width; ++i) {
      const double difference = example.features[i] - scale.mean[i];
      scale.deviation[i] += example.weight * difference * difference;
    }
  for (double& deviation : scale.deviation) deviation = std::max(std::sqrt(deviation / total), 1e-6);
  return scale;
}

Scale Unit(size_t width) { return {std::vector<double>(width, 0.0), std::vector<double>(width, 1.0)}; }

double Round(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", number);
  return std::strtod(text, nullptr);
}

/// The offset is the last of the parameters; it is not penalised.
class Newton {
 public:
  Newton(const std::vector<Example>& examples, const LogisticOptions& options)
      : width_(examples.front().features.size()),
        scale_(options.standardise ? Measure(examples, width_) : Unit(width_)),
        options_(options),
        parameters_(width_ + 1, 0.0) {
    for (const Example& example : examples) {
      for (size_t i = 0; i < width_; ++i) rows_.push_back((example.features[i] - scale_.mean[i]) / scale_.deviation[i]);
      rows_.push_back(1);
      labels_.push_back(example.label);
      weights_.push_back(example.weight);
      given_.push_back(example.given);
    }
  }

  Linear Run() {
    for (int step = 0; step < options_.steps; ++step)
      if (Step() < 1e-7) break;
    Linear linear{parameters_[width_], std::vector<double>(width_)};
    for (size_t i = 0; i < width_; ++i) {
      linear.weights[i] = Round(parameters_[i] / scale_.deviation[i]);
      linear.offset -= linear.weights[i] * scale_.mean[i];
    }
    linear.offset = Round(linear.offset);
    return linear;
  }

 private:
  /// Moves to the optimum of the quadratic approximation within the signs, or as far towards it as it helps.
  double Step() {
    const size_t n = width_ + 1;
    std::vector<double> hessian(n * n, 0.0), gradient(n, 0.0);
    for (size_t row = 0; row < labels_.size(); ++row) Add(row, hessian, gradient);
    for (size_t i = 0; i < n; ++i) {
      hessian[i * n + i] += Penalty(i);
      gradient[i] -= Penalty(i) * parameters_[i];
      for (size_t j = 0; j < i; ++j) hessian[j * n + i] = hessian[i * n + j];
    }
    const std::vector<double> change = Descend(hessian, gradient);
    const std::vector<double> before = parameters_;
    const double objective = Objective();
    double largest = 0;
    for (double share = 1; share > 0.01; share /= 2) {
      for (size_t i = 0; i < n; ++i) parameters_[i] = before[i] + share * change[i];
      if (Objective() >= objective) break;
    }
    for (size_t i = 0; i < n; ++i) largest = std::max(largest, std::abs(parameters_[i] - before[i]));
    return largest;
  }

  double Penalty(size_t i) const { return i < width_ ? options_.penalty : 1e-6; }
  int Sign(size_t i) const { return i < options_.signs.size() ? options_.signs[i] : 0; }

  /// Coordinate descent: each change in turn to its optimum, cut off where the parameter would change its sign.
  std::vector<double> Descend(const std::vector<double>& hessian, std::vector<double> gradient) const {
    const size_t n = width_ + 1;
    std::vector<double> change(n, 0.0);
    for (int sweep = 0; sweep < 300; ++sweep) {
      double largest = 0;
      for (size_t i = 0; i < n; ++i) {
        double step = gradient[i] / hessian[i * n + i];
        const double to = parameters_[i] + change[i] + step;
        if (Sign(i) * to < 0) step = -(parameters_[i] + change[i]);
        if (step == 0) continue;
        change[i] += step;
        for (size_t k = 0; k < n; ++k) gradient[k] -= hessian[k * n + i] * step;
        largest = std::max(largest, std::abs(step));
      }
      if (largest < 1e-9) break;
    }
    return change;
  }

  double Objective() const {
    const size_t n = width_ + 1;
    double sum = 0;
    for (size_t i = 0; i < n; ++i) sum -= Penalty(i) * parameters_[i] * parameters_[i] / 2;
    for (size_t row = 0; row < labels_.size(); ++row) {
      const double z = LogOdds(row);
      const double soft = z > 0 ? z + std::log1p(std::exp(-z)) : std::log1p(std::exp(z));
      sum += weights_[row] * (labels_[row] * z - soft);
    }
    return sum;
  }

  double LogOdds(size_t row) const {
    const size_t n = width_ + 1;
    double z = given_[row];
    for (size_t i = 0; i < n; ++i) z += rows_[row * n + i] * parameters_[i];
    return z;
  }

  void Add(size_t index, std::vector<double>& hessian, std::vector<double>& gradient) const {
    const size_t n = width_ + 1;
    const double *row = &rows_[index * n], weight = weights_[index];
    const double p = Sigmoid(LogOdds(index));
    const double curve = weight * std::max(p * (1 - p), 1e-6);
    for (size_t i = 0; i < n; ++i) {
      gradient[i] += weight * (labels_[index] - p) * row[i];
      for (size_t j = 0; j <= i; ++j) hessian[i * n + j] += curve * row[i] * row[j];
    }
  }

  size_t width_;
  Scale scale_;
  const LogisticOptions& options_;
  std::vector<double> parameters_, rows_, labels_, weights_, given_;
};

}  // namespace

double Sigmoid(double z) { return 1 / (1 + std::exp(-z)); }

double Logit(double p) {
  p = std::clamp(p, 1e-6, 1 - 1e-6);
  return std::log(p / (1 - p));
}

double Linear::Score(std::span<const double> features) const {
  double z = offset;
  for (size_t i = 0; i < weights.size(); ++i) z += weights[i] * features[i];
  return z;
}

Linear FitLogistic(const std::vector<Example>& examples, const LogisticOptions& options) {
  if (examples.empty()) return {};
  return Newton(examples, options).Run();
}

}  // namespace migrateiq::match
