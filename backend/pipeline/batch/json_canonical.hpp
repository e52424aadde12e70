#pragma once

#include <string>
#include <string_view>

namespace migrateiq {

/// What canonicalizing noticed.
struct JsonNotes {
  bool duplicate_key = false;
  bool nul_escape = false;  ///< \u0000 inside a string (PostgreSQL's jsonb refuses it)
};

/// One text per JSON value: keys sorted by bytes, the last of duplicate keys, numbers exact without exponent and
/// trailing zeros, strings with minimal escapes, no blanks. False when `json` is not well-formed (RFC 8259) or nested
/// over 1000 deep. Own code because numbers must stay exact at any size, which JSON libraries with double or int64
/// numbers do not offer.
bool CanonicalizeJson(std::string_view json, std::string& out, JsonNotes* notes = nullptr);

}  // namespace migrateiq
