#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pipeline/batch/column.hpp"
#include "pipeline/batch/finding.hpp"

namespace migrateiq {

struct Field {
  std::string name;
  LogicalType type;
  bool nullable = true;
  bool operator==(const Field&) const = default;
};

/// The fields of a batch. Shared read-only between the stages of one table.
struct Schema {
  std::vector<Field> fields;

  int IndexOf(std::string_view name) const;  ///< -1 when absent; exact match
  bool operator==(const Schema&) const = default;
};
using SchemaPtr = std::shared_ptr<const Schema>;  // shared by all stages of a table; immutable

/// The only currency that crosses a border: rows in columns, with what was odd about them.
struct Batch {
  SchemaPtr schema;
  std::vector<Column> columns;
  std::vector<Finding> findings;
  int64_t rows = 0;
  std::string place;  ///< where row 0 came from, for messages ("orders.csv:1042", "ctid (12,1)"); may be empty

  Batch() = default;
  explicit Batch(SchemaPtr of);

  size_t ByteSize() const;
  void Clear();  ///< no rows, memory kept
  /// Rows [begin, begin+count) as a batch of their own, findings included.
  Batch Slice(int64_t begin, int64_t count) const;
  /// The rows whose flag is set, in order; findings of the others are dropped.
  Batch Filter(const std::vector<bool>& keep) const;
};

/// Readers aim at batches of about this size, whichever comes first.
inline constexpr int64_t kBatchRows = 8192;
inline constexpr size_t kBatchBytes = size_t{2} << 20;

}  // namespace migrateiq
