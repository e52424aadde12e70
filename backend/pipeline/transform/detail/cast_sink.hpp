#pragma once

#include <string>
#include <vector>

#include "pipeline/batch/batch.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::detail {

inline Finding MakeFinding(int64_t row, int32_t column, FindingKind kind, std::string original, const LogicalType& to) {
  return {.row = row, .column = column, .kind = kind, .original = std::move(original), .detail = ToString(to)};
}

/// Where a cast puts its values.
struct CastSink {
  CastSink(LogicalType to, int32_t index, std::vector<Finding>& sink)
      : out(std::move(to)), column(index), findings(sink) {}

  void Null() { out.AppendNull(); }
  /// NULL and a finding that keeps the original.
  void Refuse(FindingKind kind, const Column& in, int64_t row) {
    std::string original;
    text::AppendValue(original, in, row);
    findings.push_back(MakeFinding(row, column, kind, std::move(original), out.type()));
    out.AppendNull();
  }

  Column out;
  int32_t column;
  std::vector<Finding>& findings;
};

}  // namespace migrateiq::detail
