#include "pipeline/profile/profile_json.hpp"

#include <algorithm>

#include "base/described_json.hpp"
#include "base/errors/data.hpp"
#include "base/json_text.hpp"

namespace migrateiq {

namespace {

namespace json = boost::json;
namespace describe = boost::describe;
using described::Described, described::Plain, described::Word;

// A value of another type throws.

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
  boost::mp11::mp_for_each<described::Members<T>>([&](auto member) {
    if (const json::value* found = object.if_contains(member.name)) Read(*found, out.*member.pointer);
  });
}

}  // namespace

std::string WriteProfile(const Profile& profile) { return JsonText(described::Json(profile)); }

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
