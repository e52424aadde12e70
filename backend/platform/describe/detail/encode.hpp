#pragma once

#include <array>

#include "base/json_text.hpp"
#include "platform/describe/detail/decode.hpp"
#include "platform/describe/detail/encoder.hpp"
#include "platform/describe/detail/traits.hpp"

/// Answers become text at once, without a tree of JSON values between: a page of fifty rows has a thousand of them.
namespace migrateiq::detail {

template <class T>
void EncodeValue(ObjectText& text, const T& value);

template <class T>
void PutMember(ObjectText& text, std::string_view name, const T& value) {
  if constexpr (kIsA<T, std::optional>) {
    if (value) PutMember(text, name, *value);
  } else if constexpr (kIsA<T, Clearable>) {
    if (!value.present) return;
    text.Name(name);
    value.value ? EncodeValue(text, *value.value) : text.Word("null");
  } else {
    text.Name(name);
    EncodeValue(text, value);
  }
}

template <class T, class Descriptor>
void PutDescribed(ObjectText& text, std::string_view name, const void* object) {
  PutMember(text, name, static_cast<const T*>(object)->*Descriptor::pointer);
}

template <class T, template <class...> class List, class... Descriptors>
std::span<const EncodeField> EncodeFieldsOf(List<Descriptors...>) {
  static constexpr std::array<EncodeField, sizeof...(Descriptors)> kFields{
      EncodeField{WordOf(Descriptors::name), &PutDescribed<T, Descriptors>}...};
  return kFields;
}

template <class T>
void EncodeList(ObjectText& text, const std::vector<T>& items) {
  text.Open('[');
  for (const T& item : items) {
    text.Next();
    EncodeValue<T>(text, item);
  }
  text.Close(']');
}

template <class T>
void EncodeMap(ObjectText& text, const std::map<std::string, T>& map) {
  text.Open('{');
  for (const auto& [name, value] : map) PutMember(text, name, value);
  text.Close('}');
}

template <class T>
void EncodePage(ObjectText& text, const Page<T>& page) {
  text.Open('{');
  PutMember(text, "items", page.items);
  PutMember(text, "next", page.next);
  text.Close('}');
}

template <class T, template <class...> class List, class... Descriptors>
std::string_view WordOfValue(List<Descriptors...>, T value) {
  std::string_view word;
  ((value == Descriptors::value ? void(word = WordOf(Descriptors::name)) : void()), ...);
  return word;
}

template <class T>
void EncodeValue(ObjectText& text, const T& value) {
  static_assert(!std::is_same_v<T, Secret>, "a secret never goes out; ShownOnce is for the moment of its making");
  if constexpr (kIsA<T, std::vector>) {
    EncodeList(text, value);
  } else if constexpr (kIsMap<T>) {
    EncodeMap(text, value);
  } else if constexpr (kIsA<T, Page>) {
    EncodePage(text, value);
  } else if constexpr (std::is_base_of_v<std::string, T>) {
    text.Text(value);
  } else if constexpr (std::is_same_v<T, ShownOnce>) {
    text.Text(value.value);
  } else if constexpr (std::is_same_v<T, Moment>) {
    text.Time(value.micros);
  } else if constexpr (std::is_same_v<T, bool>) {
    text.Word(value ? "true" : "false");
  } else if constexpr (std::is_integral_v<T>) {
    text.Integer(value);
  } else if constexpr (std::is_floating_point_v<T>) {
    text.Json(value);
  } else if constexpr (kIsNumber<T>) {
    text.Integer(value.value);
  } else if constexpr (std::is_same_v<T, boost::json::value>) {
    text.Json(value);
  } else if constexpr (kIsEnum<T>) {
    text.Text(WordOfValue(boost::describe::describe_enumerators<T>{}, value));
  } else {
    static_assert(kIsStruct<T>, "describe the struct with BOOST_DESCRIBE_STRUCT, or use a field type of described.hpp");
    namespace describe = boost::describe;
    using Members = describe::describe_members<T, describe::mod_public | describe::mod_inherited>;
    EncodeObject(text, EncodeFieldsOf<T>(Members{}), &value);
  }
}

}  // namespace migrateiq::detail

namespace migrateiq {

template <class T>
std::string Encode(const T& value) {
  detail::ObjectText text;
  detail::EncodeValue(text, value);
  return std::move(text).Take();
}

}  // namespace migrateiq
