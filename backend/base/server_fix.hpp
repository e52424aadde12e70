#pragma once

#include <string_view>

#include "base/error.hpp"

namespace migrateiq {

/// What to do next, for who works with a server and not at its command line: where the catalog's fix names commands or
/// flags, the same in the words of the server (`errors/server_fix.def`). Advice for the situation stays as it is.
std::string_view ServerFix(const Error& error);
/// The same of a code and a fix that came as text; empty when neither is known.
std::string_view ServerFix(std::string_view code, std::string_view fix);

}  // namespace migrateiq
