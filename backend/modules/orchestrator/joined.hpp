#pragma once

#include <string>
#include <utility>

namespace migrateiq {

/// Two texts as one, to be sealed together; Parted takes them apart.
std::string Joined(const std::string& first, const std::string& second);
std::pair<std::string, std::string> Parted(const std::string& joined);

/// As the store takes texts: NUL bytes and what is not UTF-8 replaced by "\\xNN".
std::string Printable(const std::string& text);

}  // namespace migrateiq
