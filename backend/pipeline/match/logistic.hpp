#pragma once

#include <span>
#include <string>
#include <vector>

/// Logistic regression with an L2 penalty, fitted by Newton's method. Deterministic.
namespace migrateiq::match {

using Features = std::vector<double>;

double Sigmoid(double z);
double Logit(double p);  ///< p is kept away from 0 and 1

/// z = offset + weights * features; the probability is Sigmoid(z).
struct Linear {
  double offset = 0;
  std::vector<double> weights;

  double Score(std::span<const double> features) const;
};

struct Example {
  Features features;
  double label = 0;  ///< in [0, 1]
  double weight = 1;
  double given = 0;  ///< log-odds that are there already: what is fitted comes on top
};

struct LogisticOptions {
  double penalty = 1;  ///< on the squares of the weights
  int steps = 30;
  /// Features are brought to one scale first. Else the penalty is on the weights as they are, and draws those of rare
  /// features to 0 too.
  bool standardise = true;
  std::vector<int> signs;  ///< 1: the weight is never below 0, -1: never above, 0 or missing: free
};

/// With no examples: zeros. Weights are rounded to six digits, so that they are the same after writing and reading.
Linear FitLogistic(const std::vector<Example>& examples, const LogisticOptions& options);

}  // namespace migrateiq::match
