#include "pipeline/profile/profile_json.hpp"

#include <algorithm>
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/json.hpp>
#include <boost/mp11/algorithm.hpp>
#include <charconv>
#include <type_traits>

#include "base/errors/data.hpp"
#include "base/json_text.hpp"

namespace migrateiq {

namespace {

namespace json = boost::json;
namespace describe = boost::describe;

template <class T>
using Members = describe::describe_members<T, describe::mod_public>;

template <class T>
concept Described = describe::has_describe_members<T>::value;
template <class T>
concept Word = std::is_enum_v<T>;
template <class T>
concept Plain = std::is_arithmetic_v<T> || std::is_same_v<T, std::string>;

// --- writing ---------------------------------------------------------------------------------------------------------

/// Twelve digits: more say nothing here, and readers of JSON may err in the last ones.
double Rounded(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, 11).ptr;
  std::from_chars(text, end, value);
  return value;
}

template <Plain T>
json::value Json(const T& value) {
  if constexpr (std::is_same_v<T, double>) return json::value(Rounded(value));
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
json::value Json(const std::vector<T>& items) {
  json::array out;
  out.reserve(items.size());
  for (const T& item : items) out.push_back(Json(item));
  return out;
}

template <class T>
void Put(json::object& out, const char* name, const T& value) {
  out[name] = Json(value);
}
template <class T>
void Put(json::object& out, const char* name, const std::optional<T>& value) {
  if (value) out[name] = Json(*value);
}

template <Described T>
json::value Json(const T& value) {
  json::object out;
  boost::mp11::mp_for_each<Members<T>>([&](auto member) { Put(out, member.name, value.*member.pointer); });
  return out;
}

// --- and back: a value of another type throws ------------------------------------------------------------------------

template <Plain T>
void Read(const json::value& in, T& out) {
  out = json::value_to<T>(in);
}

template <Word T>
void Read(const json::value& in, T& out) {
  const std::string_view word = in.as_string();
  boost::mp11::mp_for_each<describe::describe_enumerators<T>>([&](auto one) {
    if (word == one.name) out = one.value;
  });
}

template <Described T>
void Read(const json::value& in, T& out);

template <class T>
void Read(const json::value& in, std::vector<T>& out) {
  for (const json::value& item : in.as_array()) Read(item, out.emplace_back());
}

template <class T>
void Read(const json::value& in, std::optional<T>& out) {
  if (!in.is_null()) Read(in, out.emplace());
}

template <Described T>
void Read(const json::value& in, T& out) {
  const json::object& object = in.as_object();
  boost::mp11::mp_for_each<Members<T>>([&](auto member) {
    if (const json::value* found = object.if_contains(member.name)) Read(*found, out.*member.pointer);
  });
}

}  // namespace

std::string WriteProfile(const Profile& profile) { return JsonText(Json(profile)); }

Result<Profile> ReadProfile(std::string_view text) {
  try {
    Profile profile;
    Read(json::parse(text), profile);
    return profile;
  } catch (const std::exception& failure) {
    return Fail(codes::kProfileJson, std::string("the profile cannot be read: ") + failure.what());
  }
}

const TableProfile* Find(const Profile& profile, std::string_view table) {
  const auto found = std::ranges::find(profile.tables, table, &TableProfile::name);
  return found == profile.tables.end() ? nullptr : &*found;
}

const ColumnProfile* Find(const TableProfile& table, std::string_view column) {
  const auto found = std::ranges::find(table.columns, column, &ColumnProfile::name);
  return found == table.columns.end() ? nullptr : &*found;
}

}  // namespace migrateiq
