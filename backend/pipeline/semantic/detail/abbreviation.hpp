#pragma once

#include <string_view>

namespace migrateiq::detail {

/// How well `shorter` stands for `word`, both folded: 1 the same; 0.9 its consonants ("srnm", "nmbr"); 0.8 its
/// beginning
/// ("tel", "addr"); 0.6 letters of it in their order; 0 not at all. A single letter stands for nothing.
double Abbreviates(std::string_view shorter, std::string_view word);

}  // namespace migrateiq::detail
