#pragma once

#include <string>
#include <string_view>

namespace migrateiq::detail {

/// Whether the text is digits and signs only, of at least eight digits, and passes the check of Luhn (cards, IMEI).
bool PassesLuhn(std::string_view text);

/// Whether the text is an IBAN with right check digits, with or without blanks.
bool IsIban(std::string_view text);

/// Puts the right check digits into a text that IsIban but for them.
void RepairIban(std::string& text);

}  // namespace migrateiq::detail
