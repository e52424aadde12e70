#include "apps/migrateiq/remote/json_members.hpp"

#include <boost/json.hpp>

#include "base/json_text.hpp"

namespace migrateiq::cli {

namespace json = boost::json;

std::string TextIn(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

int64_t NumberIn(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  boost::system::error_code error;
  const auto number = value != nullptr && value->is_number() ? value->to_number<int64_t>(error) : 0;
  return error ? 0 : number;
}

double FractionIn(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  boost::system::error_code error;
  return value != nullptr && value->is_number() ? value->to_number<double>(error) : 0;
}

bool FlagIn(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

std::vector<std::string> TextsIn(const json::object& object, std::string_view name) {
  std::vector<std::string> texts;
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_array()) return texts;
  for (const json::value& item : value->get_array()) {
    if (item.is_string()) texts.emplace_back(item.get_string());
  }
  return texts;
}

std::string JsonIn(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value == nullptr || value->is_null() ? std::string() : JsonText(*value);
}

std::vector<json::object> ObjectsIn(const json::object& object, std::string_view name) {
  std::vector<json::object> objects;
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_array()) return objects;
  for (const json::value& item : value->get_array()) {
    if (item.is_object()) objects.push_back(item.get_object());
  }
  return objects;
}

}  // namespace migrateiq::cli
