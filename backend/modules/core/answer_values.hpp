#pragma once

#include <boost/describe/enum_to_string.hpp>
#include <boost/json.hpp>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "modules/core/id_cursor.hpp"
#include "platform/describe/described.hpp"

/// What handlers share when they turn rows into answers, and queries into filters.
namespace migrateiq::core {

/// Nothing for an empty text: absent in the answer.
inline std::optional<std::string> Given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}
inline std::optional<Moment> Given(const std::optional<Micros>& time) {
  return time ? std::optional(Moment{*time}) : std::nullopt;
}
/// A stored JSON document; nothing when it is empty or none.
inline std::optional<boost::json::value> GivenJson(const std::string& text) {
  if (text.empty()) return std::nullopt;
  boost::system::error_code error;
  boost::json::value value = boost::json::parse(text, error);
  return error ? std::nullopt : std::optional(std::move(value));
}

template <class Enum>
requires std::is_enum_v<Enum> std::string WordOf(Enum value) { return boost::describe::enum_to_string(value, ""); }
template <class Enum>
std::string WordOf(const std::optional<Enum>& value, const char* otherwise = "") {
  return value ? WordOf(*value) : otherwise;
}

}  // namespace migrateiq::core
