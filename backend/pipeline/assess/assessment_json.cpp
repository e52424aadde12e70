#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/json.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cmath>
#include <type_traits>

#include "base/json_text.hpp"
#include "pipeline/assess/assess.hpp"

namespace migrateiq {

namespace {

namespace json = boost::json;
namespace describe = boost::describe;

template <class T>
concept Described = describe::has_describe_members<T>::value;

template <class T>
concept Word = std::is_enum_v<T>;
template <class T>
concept Plain = std::is_arithmetic_v<T> || std::is_same_v<T, std::string>;

template <Plain T>
json::value Json(const T& value) {
  if constexpr (std::is_floating_point_v<T>)
    return std::round(value * 1e6) / 1e6;  // more digits would say nothing
  else
    return json::value(value);
}

template <Word T>
json::value Json(T value) {
  json::value word;
  boost::mp11::mp_for_each<describe::describe_enumerators<T>>([&](auto one) {
    if (one.value == value) word = one.name;
  });
  return word;
}

template <Described T>
json::value Json(const T& value);

template <class T>
json::value Json(const std::optional<T>& value) {
  return value ? Json(*value) : json::value(nullptr);
}

template <class T>
json::value Json(const std::vector<T>& items) {
  json::array out;
  out.reserve(items.size());
  for (const T& item : items) out.push_back(Json(item));
  return out;
}

template <Described T>
json::value Json(const T& value) {
  json::object out;
  boost::mp11::mp_for_each<describe::describe_members<T, describe::mod_public>>(
      [&](auto member) { out[member.name] = Json(value.*member.pointer); });
  return out;
}

}  // namespace

std::string AssessmentJson(const Assessment& assessment) { return JsonText(Json(assessment)); }

}  // namespace migrateiq
