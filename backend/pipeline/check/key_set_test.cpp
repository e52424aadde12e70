#include "pipeline/check/key_set.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <thread>

namespace migrateiq {

namespace {

/// All records in the cursor's order.
std::vector<KeyRecord> Read(const KeySet& set) {
  std::vector<KeyRecord> records;
  auto cursor = set.Open();
  EXPECT_TRUE(cursor);
  while (true) {
    const auto next = cursor->Next();
    EXPECT_TRUE(next);
    if (!next || *next == nullptr) return records;
    records.push_back(**next);
  }
}

TEST(KeySet, SortsWhatIsSpilledAndWhatIsNot) {
  const auto spill = SpillFile::Make();
  ASSERT_TRUE(spill);
  for (const size_t count : {size_t{0}, size_t{1}, size_t{600}, size_t{5000}}) {
    KeySet set(**spill, 700);
    std::mt19937_64 random(count);
    for (size_t row = 0; row < count; ++row) {
      const uint64_t hash = random() % 1000;
      ASSERT_TRUE(set.Add({{.high = hash, .low = 1, .row = row}}, {std::to_string(hash)}));
    }
    ASSERT_TRUE(set.Finish());
    const std::vector<KeyRecord> records = Read(set);
    ASSERT_EQ(records.size(), count);
    EXPECT_TRUE(std::ranges::is_sorted(records));
    for (const KeyRecord& record : records) EXPECT_EQ(*set.Text(record), std::to_string(record.high));
  }
}

TEST(KeySet, IsFilledFromSeveralThreads) {
  const auto spill = SpillFile::Make();
  ASSERT_TRUE(spill);
  KeySet set(**spill, 1000);
  {
    std::vector<std::jthread> threads;
    for (uint64_t thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&set, thread] {
        for (uint64_t row = 0; row < 2000; ++row) (void)set.Add({{.high = row, .low = 0, .row = thread}}, {"t"});
      });
    }
  }
  ASSERT_TRUE(set.Finish());
  const std::vector<KeyRecord> records = Read(set);
  ASSERT_EQ(records.size(), 8000U);
  for (size_t i = 0; i < records.size(); ++i) {
    EXPECT_EQ(records[i].high, i / 4);
    EXPECT_EQ(records[i].row, i % 4);
  }
}

}  // namespace

}  // namespace migrateiq
