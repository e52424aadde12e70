#pragma once

#include <span>
#include <string_view>

#include "connectors/fake/fake_table.hpp"

/// Ready-made generators. Each takes the salt of its draws.
namespace migrateiq::fake {

/// 1, 2, 3 ...
Generator RowNumber();
/// Whole numbers in [low, high], in the width of the column's kind (kInt16, kInt32, kInt64).
Generator Numbers(uint32_t salt, int64_t low, int64_t high);
/// Hundredths in [low, high] as a decimal with two digits after the point.
Generator Cents(uint32_t salt, int64_t low, int64_t high);
Generator Dates(uint32_t salt, int32_t first_day, int32_t last_day);
/// Between two days, with microseconds when `fraction`.
Generator Moments(uint32_t salt, int32_t first_day, int32_t last_day, bool fraction = false);
Generator OneOf(uint32_t salt, std::span<const std::string_view> texts);
/// Some words, at most `most` characters.
Generator Words(uint32_t salt, int most);
/// Any values that the type holds.
Generator AnyValue(uint32_t salt, const LogicalType& type);

void AppendCents(Column& column, int64_t cents);
void AppendWords(Column& column, const Row& row, uint32_t salt, int most);

std::string_view FirstName(uint64_t draw);
std::string_view LastName(uint64_t draw);
std::string_view City(uint64_t draw);
std::string_view Street(uint64_t draw);
std::string_view ProductWord(uint64_t draw);

}  // namespace migrateiq::fake
