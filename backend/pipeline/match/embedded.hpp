#pragma once

#include <string_view>
#include <vector>

/// Files of this folder that are part of the program.
namespace migrateiq::match::embedded {

std::vector<std::string_view> LexiconConcepts();
std::string_view LexiconCodes();
std::string_view Model();

}  // namespace migrateiq::match::embedded
