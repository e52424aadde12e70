#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "platform/describe/described.hpp"

namespace migrateiq {

/// Strict JSON: UTF-8, one value, at most 32 levels deep, no duplicate member. Errors: kApiJson with the place.
Result<boost::json::value> ParseStrictJson(std::string_view text);

/// A described struct from a JSON value. Unknown members, missing ones, wrong types and values out of range are
/// kApiField, with the JSON pointer of the fault as the error's place and the nearest known name in the message.
/// All faults of one body are reported (up to 100): the error's `message` is the first, all of them are in `faults`.
struct FieldFault {
  std::string pointer, message;
};
template <class T>
Result<T> Decode(const boost::json::value& value, std::vector<FieldFault>* faults = nullptr);

/// A document that the store keeps for us: what another version wrote and this one cannot read keeps its defaults.
template <class T>
T DecodeStored(std::string_view text) {
  if (text.empty()) return {};
  const auto parsed = ParseStrictJson(text);
  auto value = parsed ? Decode<T>(*parsed) : Result<T>(T{});
  return value ? std::move(*value) : T{};
}

/// The same from a query string's members (all text): numbers, booleans, enums and lists ("a,b", or a member given
/// several times) are parsed.
template <class T>
Result<T> DecodeQuery(const std::vector<std::pair<std::string, std::string>>& members,
                      std::vector<FieldFault>* faults = nullptr);

/// The JSON text, on one line; empty optionals are left out.
template <class T>
std::string Encode(const T& value);

/// The JSON Schema (draft 2020-12, as OpenAPI 3.1 has it) of T; described structs and enums become entries of
/// `components` under their name, and a `$ref` is returned.
template <class T>
boost::json::value SchemaOf(boost::json::object& components, SchemaUse use = SchemaUse::kAnswer);

}  // namespace migrateiq

#include "platform/describe/detail/decode.hpp"
#include "platform/describe/detail/encode.hpp"
#include "platform/describe/detail/schema.hpp"
