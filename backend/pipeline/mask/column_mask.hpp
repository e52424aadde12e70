#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "pipeline/batch/column.hpp"
#include "pipeline/batch/finding.hpp"
#include "pipeline/mask/kinds.hpp"

namespace migrateiq {

/// Masks the values of one column. Set up once; one thread at a time.
class ColumnMask {
 public:
  virtual ~ColumnMask() = default;
  /// The type that Apply takes and gives for a column of type `of`: texts without their limit, so that the result is
  /// what has to fit; everything else as it is.
  static LogicalType TypeFor(const LogicalType& of);
  /// `of`: a type that FitsMask. `key`: empty for kinds without one.
  static std::unique_ptr<ColumnMask> Make(MaskKind kind, std::string_view key, const LogicalType& of);

  /// NULL stays NULL, an empty text stays empty. A value that the kind cannot replace becomes NULL with a finding
  /// (kMask), which does not tell it.
  virtual Column Apply(const Column& in, int32_t column_index, std::vector<Finding>& findings) = 0;
};

}  // namespace migrateiq
