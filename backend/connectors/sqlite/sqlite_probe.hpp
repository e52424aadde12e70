#pragma once

#include <sqlite3.h>

#include <string>

#include "connectors/sqlite/sqlite_handle.hpp"
#include "pipeline/schema/catalog.hpp"

/// SQLite stores any value in any column. A probe looks at the values and finds the type that really holds them.
namespace migrateiq::sqlite {

/// What was seen in one column, against the type its declaration promises.
class ColumnProbe {
 public:
  ColumnProbe(LogicalType declared, bool typeless);

  void See(sqlite3_value* value);

  int64_t seen() const { return ints_ + reals_ + texts_ + blobs_; }
  int64_t max_chars() const { return max_chars_; }
  /// The declared type when it holds what was seen, else the narrowest that does.
  LogicalType Decide() const;
  /// Which storage classes were met, when they are not what `declared` promises: "3 of 900 values are text".
  std::string Describe(bool sampled) const;

 private:
  void SeeInt(int64_t value);
  void SeeReal(double value);
  void SeeText(std::string_view text);
  void SeeBlob(std::string_view bytes);
  void SeeTime(std::string_view text);
  bool FitsDecimal(std::string_view text) const;
  LogicalType Free() const;     ///< by the values alone
  LogicalType Numbers() const;  ///< ints and reals only
  LogicalType DecideTime() const;
  LogicalType DecideText() const;
  bool DeclaredFits() const;

  LogicalType declared_;
  bool typeless_;
  int64_t ints_ = 0, reals_ = 0, texts_ = 0, blobs_ = 0;
  int64_t fitting_ = 0;    ///< values the declared type holds
  int64_t huge_ints_ = 0;  ///< that a double does not hold
  int64_t numbers_ = 0;    ///< that a decimal of any precision holds
  int64_t dates_ = 0, stamps_ = 0, zoned_ = 0;
  int64_t max_chars_ = -1;
  std::string scratch_;
};

/// Corrects the types of the table's columns after what is in them, and fills in note and max_chars. Columns of keys
/// and foreign keys keep their declared types. `from` is what to select from: the quoted name, or a query in brackets.
Status ProbeTable(const Database& database, const std::string& from, Table& table);

}  // namespace migrateiq::sqlite
