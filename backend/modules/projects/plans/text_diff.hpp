#pragma once

#include <string>
#include <string_view>

namespace migrateiq::projects {

/// The difference of two texts as `diff -u` writes it, three lines of context; empty when they are equal.
std::string UnifiedDiff(std::string_view from, std::string_view to, const std::string& from_name,
                        const std::string& to_name);

}  // namespace migrateiq::projects
