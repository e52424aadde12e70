#pragma once

#include <algorithm>
#include <string_view>

namespace migrateiq::http::detail {

/// Without blanks and tabs at both ends.
inline std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Takes the next item off a list, trimmed.
inline std::string_view TakeItem(std::string_view& list, char separator = ',') {
  const size_t end = std::min(list.find(separator), list.size());
  const std::string_view item = Trim(list.substr(0, end));
  list.remove_prefix(std::min(end + 1, list.size()));
  return item;
}

}  // namespace migrateiq::http::detail
