#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

namespace migrateiq {

/// The value as JSON text on one line: numbers in the usual notation (12.3, not 1.23E1), members in their order, and
/// bytes of strings that are not UTF-8 written as `\xNN` text, so that the document is always valid.
std::string JsonText(const boost::json::value& value);

void AppendJson(std::string& out, const boost::json::value& value);  ///< the same text

/// A JSON string literal, quotes included; invalid UTF-8 as above.
std::string JsonQuoted(std::string_view text);
void AppendJsonQuoted(std::string& out, std::string_view text);

}  // namespace migrateiq
