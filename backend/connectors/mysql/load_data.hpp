#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/batch/batch.hpp"

namespace migrateiq::mysql {

/// A column as it is sent to a table.
struct SendColumn {
  std::string name;
  std::string native;  ///< the target column's declared type; decides how bits and geometry are put in
  LogicalType type;    ///< of the batch's column
};

/// "LOAD DATA LOCAL INFILE 'token' INTO TABLE t ... (columns) SET ...": tab-separated UTF-8 with backslash escapes and
/// \N for NULL; bytes, geometry and bits go through variables, so that they arrive exactly. `table` is quoted.
std::string LoadStatement(std::string_view token, std::string_view table, const std::vector<SendColumn>& columns);

/// Appends the rows [begin, end) of the batch in the form LoadStatement declares. Pure.
void AppendLoadRows(std::string& out, const Batch& batch, int64_t begin, int64_t end);

/// "INSERT INTO t (columns) VALUES " (no rows yet). `table` is quoted.
std::string InsertHead(std::string_view table, const std::vector<SendColumn>& columns);

/// Appends one row as "(...)" with literals that are exact in the session of a target. Pure.
void AppendInsertRow(std::string& out, const Batch& batch, int64_t row);

/// EWKB or WKB (little endian) as MySQL stores it: 4 bytes SRID, then WKB. Other bytes are passed on for the server to
/// refuse.
std::string EwkbToGeometry(std::string_view ewkb);

}  // namespace migrateiq::mysql
