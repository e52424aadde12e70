#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/batch/column.hpp"
#include "pipeline/batch/finding.hpp"
#include "pipeline/duck/database.hpp"

namespace migrateiq::duck {

/// Gives the values of one column to DuckDB, exactly. Load a column, then fill vectors with any of its rows; texts are
/// not copied, so the column must outlive the statement that scans them. Reused from batch to batch.
class VectorSource {
 public:
  explicit VectorSource(const LogicalType& type);
  duckdb_logical_type type() const { return type_.get(); }

  void Load(const Column& column);
  /// Rows whose value the DuckDB type cannot hold (NaN in a DECIMAL, a time beyond 24 h ...): given as NULL.
  const std::vector<int64_t>& refused() const { return refused_; }
  void Fill(int64_t begin, int64_t count, duckdb_vector vector) const;

 private:
  void LoadDecimals();
  void LoadTimes();
  void FillValidity(int64_t begin, int64_t count, duckdb_vector vector) const;

  Type type_;
  duckdb_type id_;
  const Column* column_ = nullptr;
  std::vector<int64_t> refused_;
  Buffer decimals_;  ///< one integer a row, as wide as DuckDB's
  int decimal_width_ = 0;
  int decimal_digits_ = 0, decimal_scale_ = 0;
};

/// A value that came from DuckDB and has no exact equal in a column.
struct Odd {
  int64_t row;  ///< within the column
  FindingKind kind;
  std::string original;
};

/// Appends the first `count` values of a vector of DuckDB type `type` to `out`, whose type is HowToRead's. A timestamp
/// with nanoseconds or out of range becomes NULL and an entry in `odd`.
void AppendVector(duckdb_vector vector, const Type& type, int64_t count, Column& out, std::vector<Odd>& odd);

}  // namespace migrateiq::duck
