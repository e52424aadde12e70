#pragma once

#include <string>
#include <string_view>

namespace migrateiq::html {

/// The style sheet: light, dark and A4 print. `running` is what the page margins of a print say beside the page number.
std::string StyleSheet(std::string_view running);
/// Filters of long tables, and opening what is folded before a print. The page reads without it.
std::string_view Script();
/// "'sha256-...'": how a content security policy allows exactly this inline text.
std::string PolicyHash(std::string_view text);

}  // namespace migrateiq::html
