#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace migrateiq::projects {

struct ByteRange {
  uint64_t from = 0, count = 0;
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

struct RangeAnswer {
  bool satisfiable = true;         ///< false: 416
  std::optional<ByteRange> range;  ///< nothing: the whole file, 200
};

/// What a Range header asks of a file of that size. Several ranges, other units and what is ill-formed mean the whole.
RangeAnswer ReadRange(std::string_view header, uint64_t size);

}  // namespace migrateiq::projects
