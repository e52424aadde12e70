#include "platform/describe/component_types.hpp"

#include <cstdint>
#include <stdexcept>

namespace migrateiq {

namespace json = boost::json;

namespace {

/// No type is called so.
constexpr json::string_view kTypes = "types of components";

void Claim(json::object& components, const std::string& name, const json::value& type) {
  json::object& types = components.emplace(kTypes, json::object()).first->value().get_object();
  if (types.emplace(name, type).first->value() != type)
    throw std::logic_error("two types are called " + name + " in the API's document: give one another name");
}

}  // namespace

void ClaimComponent(json::object& components, const std::string& name, const void* type) {
  Claim(components, name, reinterpret_cast<uintptr_t>(type));
}

void AdoptComponents(json::object& components, json::object from, const std::string& left_out) {
  from.erase(left_out);
  if (const json::value* types = from.if_contains(kTypes)) {
    for (const auto& [name, type] : types->get_object()) {
      if (name != left_out) Claim(components, std::string(name), type);
    }
  }
  from.erase(kTypes);
  for (auto& member : from) components[member.key()] = std::move(member.value());
}

json::object WithoutTypes(json::object components) {
  components.erase(kTypes);
  return components;
}

}  // namespace migrateiq
