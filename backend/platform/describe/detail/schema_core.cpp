#include "platform/describe/detail/schema_core.hpp"

#include <boost/json/array.hpp>
#include <limits>

#include "platform/describe/component_types.hpp"
#include "platform/describe/detail/traits.hpp"

namespace migrateiq::detail {

namespace json = boost::json;

namespace {

json::string_view View(std::string_view text) { return {text.data(), text.size()}; }

/// Marks components that stand as they come in; valid JSON Schema, and of some use to readers.
constexpr std::string_view kRequestComment = "as requests have it";

bool Serves(const json::value& component, SchemaUse use) {
  return use == SchemaUse::kAnswer || component.as_object().contains("$comment");
}

json::object ObjectSchema(json::object& components, std::span<const SchemaField> fields, SchemaUse use) {
  json::object properties;
  json::array required;
  const bool in = use == SchemaUse::kRequest;
  for (const SchemaField& field : fields) {
    properties[View(field.name)] = field.schema(components, use);
    if (in ? field.required_in : field.required_out) required.emplace_back(View(field.name));
  }
  json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  if (in) schema["additionalProperties"] = false;
  return schema;
}

}  // namespace

std::string UnqualifiedName(std::string_view pretty_function) {
  const size_t begin = pretty_function.find("T = ") + 4;
  std::string_view name = pretty_function.substr(begin, pretty_function.find_first_of(";]", begin) - begin);
  const size_t colon = name.rfind("::");
  return std::string(colon == name.npos ? name : name.substr(colon + 2));
}

json::value Reference(const std::string& name) { return {{"$ref", "#/components/schemas/" + name}}; }

json::value ObjectComponent(json::object& components, const std::string& name, std::span<const SchemaField> fields,
                            SchemaUse use) {
  ClaimComponent(components, name, fields.data());  // each type has an array of its own
  const auto found = components.find(name);
  if (found != components.end() && Serves(found->value(), use)) return Reference(name);
  json::object mark{{"type", "object"}};
  if (use == SchemaUse::kRequest) mark["$comment"] = View(kRequestComment);
  components[name] = mark;  // stops the recursion of types that hold themselves
  json::object schema = ObjectSchema(components, fields, use);
  if (use == SchemaUse::kRequest) schema["$comment"] = View(kRequestComment);
  components[name] = std::move(schema);
  return Reference(name);
}

json::value EnumComponent(json::object& components, const std::string& name, std::span<const std::string_view> words) {
  ClaimComponent(components, name, words.data());  // each type has an array of its own
  json::array values;
  for (const std::string_view word : words) values.emplace_back(View(word));
  components[name] = json::object{{"type", "string"}, {"enum", std::move(values)}};
  return Reference(name);
}

json::value TypeSchema(std::string_view type, std::string_view format) {
  json::object schema{{"type", View(type)}};
  if (!format.empty()) schema["format"] = View(format);
  return schema;
}

json::value TextSchema(size_t least, size_t most) {
  json::object schema{{"type", "string"}};
  if (least > 0) schema["minLength"] = least;
  schema["maxLength"] = most;
  return schema;
}

json::value IntegerSchema(int64_t least, int64_t most) {
  json::object schema{{"type", "integer"}};
  if (least == std::numeric_limits<int64_t>::min() && most == std::numeric_limits<int64_t>::max()) {
    schema["format"] = "int64";
    return schema;
  }
  schema["minimum"] = least;
  schema["maximum"] = most;
  return schema;
}

json::value SlugSchema() {
  return {{"type", "string"}, {"maxLength", 63}, {"pattern", "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"}};
}

json::value SecretSchema() {
  return {{"type", "string"}, {"format", "password"}, {"maxLength", kSecretBytes}, {"writeOnly", true}};
}

json::value ListSchema(json::value items) { return {{"type", "array"}, {"items", std::move(items)}}; }

json::value MapSchema(json::value values) { return {{"type", "object"}, {"additionalProperties", std::move(values)}}; }

json::value OrNull(json::value schema) {
  return {{"anyOf", json::array{std::move(schema), json::object{{"type", "null"}}}}};
}

}  // namespace migrateiq::detail
