#include "pipeline/profile/scan/row_sample.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace migrateiq {

namespace {

constexpr int kRowBits = 40;  ///< of the place of a row within its part
constexpr int64_t kFewest = 1000;

uint64_t RankOf(uint64_t place) {
  place += 0x9E3779B97F4A7C15;
  place = (place ^ (place >> 30)) * 0xBF58476D1CE4E5B9;
  place = (place ^ (place >> 27)) * 0x94D049BB133111EB;
  return place ^ (place >> 31);
}

/// Cut at the beginning of a character.
std::string_view Cut(std::string_view bytes, size_t most) {
  if (bytes.size() <= most) return bytes;
  while (most > 0 && (static_cast<unsigned char>(bytes[most]) & 0xC0) == 0x80) --most;
  return bytes.substr(0, most);
}

}  // namespace

RowSample::RowSample(SchemaPtr schema, const SampleSize& size, uint64_t part)
    : rows_(std::move(schema)), most_(size.rows), most_bytes_(size.bytes), next_(part << kRowBits) {}

void RowSample::Add(const Batch& batch) {
  seen_ += batch.rows;
  for (int64_t row = 0; row < batch.rows; ++row) {
    const uint64_t rank = RankOf(next_++);
    if (rank <= bound_) Append(batch, row, rank);
  }
}

void RowSample::Append(const Batch& rows, int64_t row, uint64_t rank) {
  for (size_t i = 0; i < rows_.columns.size(); ++i) {
    Column& to = rows_.columns[i];
    const Column& from = rows.columns[i];
    const bool large = IsVariable(from.type().kind) && !from.IsNull(row) && from.Bytes(row).size() > kMostValue;
    if (large)
      to.AppendBytes(Cut(from.Bytes(row), kMostValue));
    else
      to.AppendFrom(from, row);
  }
  ++rows_.rows;
  ranks_.push_back(rank);
  if (size() >= 2 * most_) Shrink(most_);
  if (size() % 64 == 0 && rows_.ByteSize() > most_bytes_ && size() > kFewest) {
    most_ = std::min(most_, std::max(kFewest, size() / 2));
    Shrink(most_);
  }
}

/// Keeps the `most` rows of the lowest rank.
void RowSample::Shrink(int64_t most) {
  if (size() <= most) return;
  std::vector<uint64_t> sorted = ranks_;
  std::ranges::nth_element(sorted, sorted.begin() + (most - 1));
  bound_ = std::min(bound_, sorted[static_cast<size_t>(most - 1)]);
  std::vector<bool> keep(ranks_.size());
  for (size_t i = 0; i < ranks_.size(); ++i) keep[i] = ranks_[i] <= bound_;
  rows_ = rows_.Filter(keep);
  std::erase_if(ranks_, [this](uint64_t rank) { return rank > bound_; });
}

void RowSample::Merge(const RowSample& other) {
  seen_ += other.seen_;
  bound_ = std::min(bound_, other.bound_);
  most_ = std::min(most_, other.most_);
  for (size_t i = 0; i < other.ranks_.size(); ++i) {
    if (other.ranks_[i] <= bound_) Append(other.rows_, static_cast<int64_t>(i), other.ranks_[i]);
  }
}

Batch RowSample::Take() {
  Shrink(most_);
  if (bound_ == UINT64_MAX) {
    ranks_.clear();
    return std::exchange(rows_, Batch(rows_.schema));
  }
  std::vector<size_t> order(ranks_.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::sort(order, {}, [this](size_t i) { return ranks_[i]; });
  Batch sorted(rows_.schema);
  for (const size_t i : order) {
    for (size_t column = 0; column < sorted.columns.size(); ++column) {
      sorted.columns[column].AppendFrom(rows_.columns[column], static_cast<int64_t>(i));
    }
  }
  sorted.rows = static_cast<int64_t>(order.size());
  rows_ = Batch(rows_.schema);
  ranks_.clear();
  return sorted;
}

}  // namespace migrateiq
