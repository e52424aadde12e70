#pragma once

#include <string>

#include "modules/core/cursor.hpp"

/// Cursors of lists that are ordered by one id.
namespace migrateiq::core {

inline std::string IdCursor(const std::string& id) { return EncodeCursor({id}); }

/// The id that the cursor stands for; `beginning` without one. Errors: kApiCursor.
inline Result<std::string> IdAfter(const std::string& cursor, const std::string& beginning = {}) {
  if (cursor.empty()) return beginning;
  MIQ_ASSIGN(auto parts, DecodeCursor(cursor, 1));
  return std::move(parts.front());
}

}  // namespace migrateiq::core
