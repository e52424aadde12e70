// Every sketch against what is exactly so, in the bounds it states itself.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "pipeline/profile/scan/hashes.hpp"
#include "pipeline/profile/sketch/distinct.hpp"
#include "pipeline/profile/sketch/moments.hpp"
#include "pipeline/profile/sketch/quantiles.hpp"

namespace migrateiq {
namespace {

std::vector<uint64_t> HashesOf(int64_t from, int64_t to) {
  std::vector<uint64_t> hashes;
  for (int64_t value = from; value < to; ++value) hashes.push_back(HashInteger(value));
  return hashes;
}

DistinctCounter CounterOf(int64_t from, int64_t to) {
  DistinctCounter counter;
  counter.Add(HashesOf(from, to));
  return counter;
}

RC_GTEST_PROP(DistinctCounter, IsExactWhileItSaysSo, (const std::vector<uint16_t>& values)) {
  DistinctCounter counter;
  std::set<uint16_t> different(values.begin(), values.end());
  for (const uint16_t value : values) counter.Add(std::vector{HashInteger(value)});
  RC_ASSERT(counter.exact());
  RC_ASSERT(counter.Count() == static_cast<int64_t>(different.size()));
}

TEST(DistinctCounter, CountsTheHashZero) {
  DistinctCounter counter;
  counter.Add(std::vector<uint64_t>{0, 0, 1});
  EXPECT_EQ(counter.Count(), 2);
  EXPECT_TRUE(counter.Holds(0));
  EXPECT_FALSE(counter.Holds(2));
}

TEST(DistinctCounter, ErrsWithinFourStandardErrors) {
  for (const int64_t count : {17'000, 40'000, 200'000}) {
    for (const int64_t begin : {0, 1'000'000'007}) {
      const DistinctCounter counter = CounterOf(begin, begin + count);
      ASSERT_FALSE(counter.exact());
      EXPECT_NEAR(static_cast<double>(counter.Count()), static_cast<double>(count),
                  4 * counter.error() * static_cast<double>(count));
    }
  }
}

TEST(DistinctCounter, StaysExactUpToItsLimit) {
  const DistinctCounter counter = CounterOf(0, DistinctCounter::kMostExact);
  EXPECT_TRUE(counter.exact());
  EXPECT_EQ(counter.Count(), static_cast<int64_t>(DistinctCounter::kMostExact));
}

TEST(DistinctCounter, MergingIsCountingEverything) {
  const DistinctCounter whole = CounterOf(0, 60'000);
  for (const int64_t cut : {100, 16'000, 30'000, 59'990}) {
    DistinctCounter first = CounterOf(0, cut);
    first.Merge(CounterOf(cut / 2, 60'000));
    EXPECT_EQ(first.Count(), whole.Count()) << cut;
    EXPECT_EQ(first.exact(), whole.exact());
  }
  DistinctCounter small = CounterOf(0, 10);
  small.Merge(CounterOf(5, 15));
  EXPECT_EQ(small.Count(), 15);
  EXPECT_TRUE(small.exact());
}

TEST(DistinctCounter, AnswersTheSameOnceSettled) {
  for (const int64_t count : {100, 50'000}) {
    DistinctCounter counter = CounterOf(0, count);
    const DistinctCounter before = counter;
    counter.Settle();
    EXPECT_EQ(counter.Count(), before.Count());
    EXPECT_EQ(counter.exact(), before.exact());
    EXPECT_EQ(counter.ShareWithin(CounterOf(count / 2, 100'000)), before.ShareWithin(CounterOf(count / 2, 100'000)));
  }
}

TEST(DistinctCounter, TellsHowMuchOfOneSetIsInAnother) {
  EXPECT_EQ(CounterOf(0, 100).ShareWithin(CounterOf(0, 1000)), 1.0);
  EXPECT_EQ(CounterOf(0, 100).ShareWithin(CounterOf(50, 1000)), 0.5);
  EXPECT_NEAR(CounterOf(0, 200'000).ShareWithin(CounterOf(0, 400'000)), 1.0, 1e-9);
  EXPECT_NEAR(CounterOf(0, 200'000).ShareWithin(CounterOf(100'000, 400'000)), 0.5, 0.1);
  EXPECT_EQ(CounterOf(0, 5).ShareWithin(CounterOf(0, 5'000'000)), -1) << "five hashes are hardly among the smallest";
}

double RankOf(const std::vector<double>& sorted, double value) {
  return static_cast<double>(std::ranges::upper_bound(sorted, value) - sorted.begin()) /
         static_cast<double>(sorted.size());
}

constexpr double kShares[] = {0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999};

void ExpectRanks(std::vector<double> values, const Quantiles& sketch, double bound) {
  std::ranges::sort(values);
  const std::vector<double> found = sketch.At(kShares);
  ASSERT_EQ(found.size(), std::size(kShares));
  for (size_t i = 0; i < found.size(); ++i) {
    // Equal values have a range of ranks: the share must lie within it.
    const double below = static_cast<double>(std::ranges::lower_bound(values, found[i]) - values.begin()) /
                         static_cast<double>(values.size());
    EXPECT_LE(below - bound, kShares[i]) << kShares[i];
    EXPECT_GE(RankOf(values, found[i]) + bound, kShares[i]) << kShares[i];
  }
}

TEST(Quantiles, AreExactWhileFew) {
  std::vector<double> values;
  for (int i = 0; i < 1000; ++i) values.push_back((i * 37) % 1000);
  Quantiles sketch;
  sketch.Add(values);
  EXPECT_EQ(sketch.error(), 0);
  EXPECT_EQ(sketch.At(std::vector{0.5, 1.0}), (std::vector<double>{499, 999}));
  EXPECT_TRUE(Quantiles().At(kShares).empty());
}

std::vector<double> ValuesOf(int shape, size_t count) {
  std::mt19937_64 random(7 + static_cast<uint64_t>(shape));
  std::vector<double> values(count);
  std::lognormal_distribution<double> skewed(0, 3);
  for (size_t i = 0; i < count; ++i) {
    if (shape == 0) values[i] = static_cast<double>(i);
    if (shape == 1) values[i] = static_cast<double>(count - i);
    if (shape == 2) values[i] = static_cast<double>(random() % 100);
    if (shape == 3) values[i] = skewed(random);
  }
  return values;
}

TEST(Quantiles, KeepRanksWithinTheStatedErrorWhateverTheOrder) {
  for (int shape = 0; shape < 4; ++shape) {
    const std::vector<double> values = ValuesOf(shape, 60'000);
    Quantiles sketch;
    sketch.Add(values);
    EXPECT_EQ(sketch.count(), 60'000);
    ExpectRanks(values, sketch, sketch.error());
  }
}

TEST(Quantiles, OfMergedPartsKeepTheirRanks) {
  const std::vector<double> values = ValuesOf(3, 60'000);
  Quantiles whole;
  for (size_t begin = 0; begin < values.size(); begin += 7777) {
    Quantiles part;
    part.Add(std::span(values).subspan(begin, std::min<size_t>(7777, values.size() - begin)));
    whole.Merge(part);
  }
  EXPECT_EQ(whole.count(), 60'000);
  ExpectRanks(values, whole, whole.error());
}

RC_GTEST_PROP(Moments, AreThoseOfAllValuesHoweverTheyAreCut, (const std::vector<int32_t>& values, uint8_t cut)) {
  RC_PRE(values.size() > 1);
  std::vector<double> doubles(values.begin(), values.end());
  const size_t at = cut % doubles.size();
  Moments first, second;
  first.Add(std::span(doubles).first(at));
  second.Add(std::span(doubles).subspan(at));
  first.Merge(second);
  long double sum = 0, squares = 0;
  for (const double value : doubles) sum += value;
  const long double mean = sum / static_cast<long double>(doubles.size());
  for (const double value : doubles) squares += (value - mean) * (value - mean);
  const auto deviation = static_cast<double>(std::sqrt(squares / static_cast<long double>(doubles.size() - 1)));
  RC_ASSERT(std::abs(first.mean() - static_cast<double>(mean)) <= 1e-9 * (1 + std::abs(static_cast<double>(mean))));
  RC_ASSERT(std::abs(first.deviation() - deviation) <= 1e-9 * (1 + deviation));
}

TEST(Moments, BearTheLargestNumbers) {
  const double most = std::numeric_limits<double>::max();
  Moments moments;
  moments.Add(std::vector<double>{most, most, most});
  EXPECT_NEAR(moments.mean() / most, 1, 1e-12);
  EXPECT_EQ(moments.sum(), most);
  Moments others;
  others.Add(std::vector<double>{-most});
  moments.Merge(others);
  EXPECT_NEAR(moments.mean() / most, 0.5, 1e-12);
  EXPECT_EQ(moments.deviation(), most);
}

TEST(Moments, DoNotCancel) {
  std::vector<double> values;
  for (int i = 0; i < 100'000; ++i) values.push_back(1e9 + i % 2);
  Moments moments;
  moments.Add(values);
  EXPECT_NEAR(moments.deviation(), 0.5, 1e-5);
}

}  // namespace
}  // namespace migrateiq
