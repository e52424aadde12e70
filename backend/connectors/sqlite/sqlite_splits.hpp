#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/sqlite/sqlite_handle.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::sqlite {

/// A half-open range of rowids; an end that is absent is open. As text: "rowid 1..100", "rowid 100..", "all".
struct RowidRange {
  std::optional<int64_t> begin, end;

  std::string ToString() const;
  static Result<RowidRange> Parse(std::string_view bounds);
};

/// A name by which the table's rowid can be read, or empty (WITHOUT ROWID, or all three names are columns).
std::string RowidName(const Table& table);

/// Cuts the table into ranges of about equal size. Even numbering is cut by arithmetic; numbering with great holes is
/// walked through once.
Result<std::vector<Split>> PlanRowidSplits(const Database& database, const Table& table, const SplitOptions& options);

}  // namespace migrateiq::sqlite
