#pragma once

#include <span>
#include <string_view>

/// What masks put in the place of names and addresses: invented, ASCII, short.
namespace migrateiq::detail::words {

/// First names that are last names too, of women and of men: they fit whatever a column calls them.
std::span<const std::string_view> Names();
std::span<const std::string_view> Streets();
std::span<const std::string_view> Cities();

}  // namespace migrateiq::detail::words
