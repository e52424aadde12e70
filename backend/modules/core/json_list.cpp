#include "modules/core/json_list.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "base/json_text.hpp"

namespace migrateiq::core {

namespace json = boost::json;

std::string JsonListText(const std::vector<std::string>& items) {
  json::array array;
  for (const std::string& item : items) array.emplace_back(item);
  return JsonText(array);
}

std::vector<std::string> ParseJsonList(const std::string& text) {
  std::vector<std::string> items;
  json::error_code fault;
  const json::value value = json::parse(text, fault);
  if (fault || !value.is_array()) return items;
  for (const json::value& item : value.get_array()) {
    if (item.is_string()) items.emplace_back(item.get_string());
  }
  return items;
}

}  // namespace migrateiq::core
