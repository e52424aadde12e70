#pragma once

#include <array>
#include <boost/json/array.hpp>

#include "platform/describe/detail/decode.hpp"
#include "platform/describe/detail/encoder.hpp"
#include "platform/describe/detail/traits.hpp"

namespace migrateiq::detail {

template <class T>
boost::json::value EncodeValue(const T& value);

template <class T>
void PutUnlessEmpty(boost::json::object& members, std::string_view name, const T& value) {
  if constexpr (kIsA<T, std::optional>) {
    if (value) PutMember(members, name, EncodeValue(*value));
  } else if constexpr (kIsA<T, Clearable>) {
    if (value.present) PutMember(members, name, value.value ? EncodeValue(*value.value) : boost::json::value());
  } else {
    PutMember(members, name, EncodeValue(value));
  }
}

template <class T, class Descriptor>
void PutDescribed(boost::json::object& members, std::string_view name, const void* object) {
  PutUnlessEmpty(members, name, static_cast<const T*>(object)->*Descriptor::pointer);
}

template <class T, template <class...> class List, class... Descriptors>
std::span<const EncodeField> EncodeFieldsOf(List<Descriptors...>) {
  static constexpr std::array<EncodeField, sizeof...(Descriptors)> kFields{
      EncodeField{WordOf(Descriptors::name), &PutDescribed<T, Descriptors>}...};
  return kFields;
}

template <class T>
boost::json::value EncodeList(const std::vector<T>& items) {
  boost::json::array array;
  array.reserve(items.size());
  for (const T& item : items) array.push_back(EncodeValue<T>(item));
  return array;
}

template <class T>
boost::json::value EncodeMap(const std::map<std::string, T>& map) {
  boost::json::object members;
  for (const auto& [name, value] : map) PutMember(members, name, EncodeValue(value));
  return members;
}

template <class T>
boost::json::value EncodePage(const Page<T>& page) {
  boost::json::object members;
  PutMember(members, "items", EncodeList(page.items));
  PutUnlessEmpty(members, "next", page.next);
  return members;
}

template <class T, template <class...> class List, class... Descriptors>
std::string_view WordOfValue(List<Descriptors...>, T value) {
  std::string_view word;
  ((value == Descriptors::value ? void(word = WordOf(Descriptors::name)) : void()), ...);
  return word;
}

template <class T>
boost::json::value EncodeValue(const T& value) {
  static_assert(!std::is_same_v<T, Secret>, "a secret never goes out; ShownOnce is for the moment of its making");
  if constexpr (kIsA<T, std::vector>) {
    return EncodeList(value);
  } else if constexpr (kIsMap<T>) {
    return EncodeMap(value);
  } else if constexpr (kIsA<T, Page>) {
    return EncodePage(value);
  } else if constexpr (std::is_base_of_v<std::string, T>) {
    return EncodeText(value);
  } else if constexpr (std::is_same_v<T, ShownOnce>) {
    return EncodeText(value.value);
  } else if constexpr (std::is_same_v<T, Moment>) {
    return EncodeMoment(value.micros);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return value;
  } else if constexpr (kIsNumber<T>) {
    return value.value;
  } else if constexpr (std::is_same_v<T, boost::json::value>) {
    return value;
  } else if constexpr (kIsEnum<T>) {
    return EncodeText(WordOfValue(boost::describe::describe_enumerators<T>{}, value));
  } else {
    static_assert(kIsStruct<T>, "describe the struct with BOOST_DESCRIBE_STRUCT, or use a field type of described.hpp");
    namespace describe = boost::describe;
    using Members = describe::describe_members<T, describe::mod_public | describe::mod_inherited>;
    return EncodeObject(EncodeFieldsOf<T>(Members{}), &value);
  }
}

}  // namespace migrateiq::detail

namespace migrateiq {

template <class T>
boost::json::value Encode(const T& value) {
  return detail::EncodeValue(value);
}

}  // namespace migrateiq
