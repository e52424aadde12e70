#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/profile/profile.hpp"

namespace migrateiq::analyzer {

enum class DriftKind {
  table_removed,
  table_added,
  column_removed,
  column_added,
  type_changed,
  meaning_changed,
  key_broken,
  rows_changed,
  nulls_changed,
  distribution_changed,
  pattern_changed,
  range_left
};
BOOST_DESCRIBE_ENUM(DriftKind, table_removed, table_added, column_removed, column_added, type_changed, meaning_changed,
                    key_broken, rows_changed, nulls_changed, distribution_changed, pattern_changed, range_left)

/// `serious`: what was built on the earlier state is likely to break. `warning`: look at it. `note`: it is so.
enum class DriftLevel { note, warning, serious };
BOOST_DESCRIBE_ENUM(DriftLevel, note, warning, serious)

/// One thing that is not as it was. `before` and `after` are figures (rows, shares), `distance` is 0 for equal
/// distributions and 1 for those without anything in common.
struct Drift {
  DriftKind kind = DriftKind::table_removed;
  DriftLevel level = DriftLevel::note;
  std::string table;
  std::optional<std::string> column;
  std::string text;  ///< in words; without values of the data
  std::optional<double> before, after, distance;
};
BOOST_DESCRIBE_STRUCT(Drift, (), (kind, level, table, column, text, before, after, distance))

/// What differs between two looks at the same system: the gravest first, then by table and column. Differences that
/// the error of the samples explains are none.
std::vector<Drift> FindDrift(const Profile& before, const Profile& after);

/// Of two columns' values, between 0 (alike) and 1; nothing when they cannot be compared. Numbers, dates and times by
/// their quantiles, all others by their most frequent values.
std::optional<double> DistanceOf(const ColumnProfile& before, const ColumnProfile& after);

}  // namespace migrateiq::analyzer
