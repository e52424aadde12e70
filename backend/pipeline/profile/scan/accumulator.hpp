#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "pipeline/batch/column.hpp"
#include "pipeline/profile/profile.hpp"
#include "pipeline/profile/sketch/distinct.hpp"

namespace migrateiq {

/// Room for the values of one column of a batch, used from batch to batch. One per thread.
struct Scratch {
  std::vector<int64_t> integers;
  std::vector<double> doubles;
  std::vector<uint64_t> hashes;
};

/// The figures of one column that come from all rows, in memory that does not depend on how many there are. Batches are
/// added in the order of the rows; parts of a table are merged in their order.
class ColumnAccumulator {
 public:
  static std::unique_ptr<ColumnAccumulator> Make(const LogicalType& type);
  virtual ~ColumnAccumulator() = default;
  ColumnAccumulator(const ColumnAccumulator&) = delete;
  ColumnAccumulator& operator=(const ColumnAccumulator&) = delete;

  void Add(const Column& column, Scratch& scratch);
  /// `next` is of the same type and holds the rows that follow.
  void Merge(const ColumnAccumulator& next);
  void Fill(ColumnProfile& profile) const;

  const DistinctCounter& distinct() const { return distinct_; }
  /// Every value is greater than the one before it: then each is there once.
  virtual bool rises() const { return false; }

 protected:
  ColumnAccumulator() = default;
  virtual void AddValues(const Column& column, Scratch& scratch) = 0;
  virtual void MergeValues(const ColumnAccumulator& next) = 0;
  virtual void FillValues(ColumnProfile& profile) const = 0;

 private:
  int64_t count_ = 0, nulls_ = 0;
  DistinctCounter distinct_;
};

/// The sort of values that a type holds.
ValueFamily FamilyOf(TypeKind kind);

/// Shares at which quantiles are given.
inline constexpr double kQuantileShares[] = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};

/// So much of a value is shown, in characters.
inline constexpr size_t kMostShown = 200;
/// The text, cut to `most` characters where it is longer.
std::string Shown(std::string_view text, size_t most = kMostShown);

}  // namespace migrateiq
