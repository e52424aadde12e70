#pragma once

#include <string>
#include <vector>

#include "connectors/file/rows.hpp"
#include "pipeline/batch/batch.hpp"

namespace migrateiq::file {

/// Puts the values of one column of a block into a batch's column, by the column's type. What the type cannot hold
/// becomes NULL and a finding. `json` says that the values are JSON's (strings keep their quotes in a json column).
class Filler {
 public:
  Filler(Field field, int32_t column, size_t source_column, bool json)
      : field_(std::move(field)), column_(column), source_(source_column), json_(json) {}

  /// Appends `block.rows` values to `out`; rows in findings count from `first_row`.
  void Fill(const RowBlock& block, Column& out, int64_t first_row, std::vector<Finding>& findings);
  /// A column that the file does not have.
  static constexpr size_t kAbsent = static_cast<size_t>(-1);

 private:
  template <class Append>
  void ForEach(const RowBlock& block, Column& out, int64_t first_row, std::vector<Finding>& findings, Append append);
  bool AppendDecimal(std::string_view text, Column& out, FindingKind& kind);
  bool AppendText(const Span& span, bool ascii, Column& out, FindingKind& kind);
  bool AppendBinary(std::string_view text, Column& out);
  bool AppendJson(const Span& span, bool ascii, Column& out, FindingKind& kind);
  bool AppendTimestamp(std::string_view text, Column& out, FindingKind& kind);
  bool AppendInteger(std::string_view text, Column& out, FindingKind& kind);
  bool AppendOther(const Span& span, bool ascii, Column& out, FindingKind& kind);
  bool FitsDecimal(std::string_view decimal, FindingKind& kind) const;
  Finding Report(const Span& span, int64_t row, FindingKind kind) const;

  Field field_;
  int32_t column_;
  size_t source_;
  bool json_;
  std::string scratch_;
};

/// A string as JSON writes it, quotes included. Bytes that are not UTF-8 must not be given.
void AppendJsonString(std::string& out, std::string_view text);

}  // namespace migrateiq::file
