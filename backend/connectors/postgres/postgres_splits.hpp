#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "pipeline/connector/connector.hpp"

/// The text form of a split's bounds. Pure functions.
///   all                       everything
///   ctid 0 1280               heap blocks [0, 1280) of the table; "-" = open end
///   leaf "s"."part" 0 -       the same for one partition
///   rest "s"."a" "s"."b"      partitions that were not there when the splits were made
///   key "id" - 1000           a column's range; "-" = open
namespace migrateiq::postgres {

struct Bounds {
  enum class Kind : uint8_t { kAll, kCtid, kLeaf, kRest, kKey } kind = Kind::kAll;
  std::string relation;                ///< kLeaf: quoted partition; kKey: quoted column
  std::optional<int64_t> from, to;     ///< [from, to)
  std::vector<std::string> relations;  ///< kRest: quoted partitions that have splits of their own
};

std::string ToText(const Bounds& bounds);
Result<Bounds> ParseBounds(std::string_view text);

/// Cuts [0, blocks) into ranges of about `per_split` blocks; the last is open-ended. Counts are shared out by size.
std::vector<Split> CutBlocks(Bounds shape, int64_t blocks, int64_t per_split, int64_t rows, int64_t bytes);

/// The condition on rows that the bounds mean, without WHERE; empty when there is none (kAll, kRest).
std::string ConditionOf(const Bounds& bounds);

}  // namespace migrateiq::postgres
