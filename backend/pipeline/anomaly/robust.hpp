#pragma once

#include <span>
#include <vector>

/// Statistics that a few wild values cannot move. All take values sorted upward unless they say otherwise.
namespace migrateiq::anomaly {

/// Linear between the two nearest values; `sorted` must not be empty, `share` lies in [0, 1].
double Quantile(std::span<const double> sorted, double share);
inline double Median(std::span<const double> sorted) { return Quantile(sorted, 0.5); }
/// The median of values in any order; partly sorts them. 0 for none.
double MedianOf(std::vector<double>& values);

/// Median absolute deviation times 1.4826: the standard deviation, were the values normal.
double MadDeviation(std::span<const double> sorted);

/// Skewness from -1 to 1 (Brys, Hubert and Struyf 2004), 0 when symmetric; of at most 201 evenly taken values.
double Medcouple(std::span<const double> sorted);

struct Fences {
  double low = 0;
  double high = 0;
};
/// Tukey's fences with `reach` times the quartile distance, moved for skewness (Hubert and Vandervieren 2008).
Fences AdjustedFences(std::span<const double> sorted, double reach = 1.5);

/// log10 of the chance that a normal value lies further from its mean than `z` deviations, on one side.
double LogNormalTail(double z);

/// The same of Student's distribution with so many degrees of freedom (Wallace's approximation).
double LogStudentTail(double t, double freedom);

/// The z that a normal value stays below with chance `share`.
double NormalQuantile(double share);

}  // namespace migrateiq::anomaly
