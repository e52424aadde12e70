#pragma once

#include <string_view>
#include <vector>

#include "pipeline/semantic/detail/value.hpp"

namespace migrateiq::detail {

/// Words with blanks between them rather than one value.
bool IsProse(std::string_view text);

/// What stands inside a text: "an e-mail address", "a phone number", "an IBAN", "a card number"; each once.
std::vector<std::string_view> FindPersonal(const Value& value);

}  // namespace migrateiq::detail
