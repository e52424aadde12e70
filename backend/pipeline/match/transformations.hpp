#pragma once

#include "pipeline/match/matcher.hpp"

namespace migrateiq::match {

/// Adds what has to be done to values of matched columns (dates in another order, codes for words, another unit,
/// another case), and how target columns without a partner are made from parts or by joining (names, streets). Tried on
/// the samples where both sides have values; from names alone otherwise, with less confidence.
void ProposeTransformations(const MatchTable& source, const MatchTable& target, const TableSignals& from,
                            const TableSignals& to, MatchResult& result);

/// A column's name in a DuckDB expression.
std::string QuotedColumn(const std::string& name);
/// A text literal in a DuckDB expression.
std::string QuotedText(const std::string& text);

/// The strptime format that all sample values of a column of dates follow, or nothing.
std::optional<std::string> DateFormatOf(const MatchColumn& column);

}  // namespace migrateiq::match
