#pragma once

#include <string>
#include <vector>

namespace migrateiq::core {

/// Lists of words as the store keeps them: a JSON array of texts.
std::string JsonListText(const std::vector<std::string>& items);
/// What is no such list is empty.
std::vector<std::string> ParseJsonList(const std::string& text);

}  // namespace migrateiq::core
