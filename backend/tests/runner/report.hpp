#pragma once

#include <boost/json/value.hpp>
#include <expected>
#include <string>
#include <string_view>

namespace migrateiq::runner {

/// The value at a path like `tables[customer].altered[joined].count`. In brackets stands an index, or the `source`,
/// `target`, `column`, `name`, `code`, `rule`, `kind` or `run_id` of the element meant. `length` after an array or text
/// is its length.
/// Texts come without quotes, other scalars as JSON. The error says which part of the path is not there.
std::expected<std::string, std::string> FindInReport(const boost::json::value& report, std::string_view path);

/// What must hold for every report, whatever was done: the rows of each table add up, every error has code and fix.
/// Empty when it does.
std::string ReportFault(const boost::json::value& report);

}  // namespace migrateiq::runner
