#pragma once

#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/json.hpp>
#include <boost/mp11/algorithm.hpp>
#include <charconv>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

/// Described structs (Boost.Describe) as JSON, for what stands below platform/describe. Enums become their names;
/// optional members that are absent are left out.
namespace migrateiq::described {

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class T>
concept Described = boost::describe::has_describe_members<T>::value;
template <class T>
concept Word = std::is_enum_v<T>;
template <class T>
concept Plain = std::is_arithmetic_v<T> || std::is_same_v<T, std::string>;

/// Twelve digits: more say nothing, and readers of JSON may err in the last ones.
inline double Rounded(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, 11).ptr;
  std::from_chars(text, end, value);
  return value;
}

template <Plain T>
boost::json::value Json(const T& value) {
  if constexpr (std::is_floating_point_v<T>)
    return boost::json::value(Rounded(value));
  else
    return boost::json::value(value);
}

template <Word T>
boost::json::value Json(T value) {
  boost::json::value word;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto one) {
    if (one.value == value) word = one.name;
  });
  return word;
}

template <Described T>
boost::json::value Json(const T& value);

template <class T>
boost::json::value Json(const std::vector<T>& items) {
  boost::json::array out;
  out.reserve(items.size());
  for (const T& item : items) out.push_back(Json(item));
  return out;
}

template <class T>
void Put(boost::json::object& out, const char* name, const T& value) {
  out[name] = Json(value);
}
template <class T>
void Put(boost::json::object& out, const char* name, const std::optional<T>& value) {
  if (value) out[name] = Json(*value);
}

template <Described T>
boost::json::value Json(const T& value) {
  boost::json::object out;
  boost::mp11::mp_for_each<Members<T>>([&](auto member) { Put(out, member.name, value.*member.pointer); });
  return out;
}

}  // namespace migrateiq::described
