#pragma once

#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "connectors/postgres/postgres_types.hpp"
#include "pipeline/batch/batch.hpp"
#include "pipeline/batch/column.hpp"

/// COPY as the server takes it, made straight from columns. No I/O.
namespace migrateiq::postgres {

inline constexpr std::string_view kCopyHeader{"PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19};
inline constexpr std::string_view kCopyTrailer{"\377\377", 2};

/// Appends row `row` in the binary format. Every column must satisfy CanEncode(batch kind, wires[i]).
/// Errors: kDataOutOfRange, kDataWrongType with the column.
Status AppendBinaryRow(const Batch& batch, int64_t row, const std::vector<Wire>& wires, Buffer& out);

/// Appends row `row` in the text format (tabs, \N, backslash escapes).
void AppendTextRow(const Batch& batch, int64_t row, std::string& scratch, Buffer& out);

}  // namespace migrateiq::postgres
