#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "pipeline/mask/detail/keyed_hash.hpp"

namespace migrateiq::detail {

/// Replaces the day of a date. Not thread-safe.
class DayMask {
 public:
  virtual ~DayMask() = default;
  /// Days since 1970-01-01.
  virtual int32_t Replace(int32_t day) = 0;
  /// Whether the time of day stays.
  virtual bool KeepsTime() const = 0;
};

/// Another day of the year by an order of its days for each year; the first of January.
std::unique_ptr<DayMask> MakeDayShift(std::string_view key);
std::unique_ptr<DayMask> MakeFirstOfYear();

}  // namespace migrateiq::detail
