#pragma once

#include <functional>
#include <string>

#include "pipeline/suite/propose.hpp"

namespace migrateiq::detail {

/// Checks of the values of one column: sets, ranges, lengths, patterns, freshness, distribution.
void ProposeValues(const ColumnProfile& column, int64_t now, const std::function<void(ProposedCheck)>& add);

/// A name that promises one value a row: "id", "order_no", "customerKey", "iban".
bool NamesAKey(const std::string& name);

/// A pattern of the profile ("A+9999") as a regular expression; empty where it has characters beyond ASCII.
std::string RegexOf(const std::string& pattern);

}  // namespace migrateiq::detail
