#pragma once

#include <memory>

#include "pipeline/profile/scan/accumulator.hpp"

/// What ColumnAccumulator::Make chooses from.
namespace migrateiq::detail {

std::unique_ptr<ColumnAccumulator> MakeNumberAccumulator(const LogicalType& type);
std::unique_ptr<ColumnAccumulator> MakeTimeAccumulator(const LogicalType& type);  ///< bool, dates, times, moments
std::unique_ptr<ColumnAccumulator> MakeTextAccumulator(const LogicalType& type);  ///< texts and bytes

}  // namespace migrateiq::detail
