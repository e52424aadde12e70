#pragma once

#include <array>
#include <limits>

#include "platform/describe/detail/decode.hpp"
#include "platform/describe/detail/schema_core.hpp"
#include "platform/describe/detail/traits.hpp"

namespace migrateiq::detail {

template <class T>
boost::json::value SchemaOfType(boost::json::object& components, SchemaUse use);

template <class Member>
boost::json::value SchemaOfMember(boost::json::object& components, SchemaUse use) {
  if constexpr (kIsA<Member, std::optional>)
    return SchemaOfType<typename Member::value_type>(components, use);
  else
    return SchemaOfType<Member>(components, use);
}

template <class T, class Descriptor>
using MemberType = std::remove_cvref_t<decltype(std::declval<T&>().*Descriptor::pointer)>;

template <class T, template <class...> class List, class... Descriptors>
std::span<const SchemaField> SchemaFieldsOf(List<Descriptors...>) {
  static constexpr std::array<SchemaField, sizeof...(Descriptors)> kFields{
      SchemaField{WordOf(Descriptors::name), !kMayBeAbsent<MemberType<T, Descriptors>>,
                  !kMayBeLeftOut<MemberType<T, Descriptors>>, &SchemaOfMember<MemberType<T, Descriptors>>}...};
  return kFields;
}

template <class Item>
boost::json::value PageSchema(boost::json::object& components, SchemaUse use) {
  static constexpr std::array<SchemaField, 2> kFields{
      SchemaField{"items", true, true, &SchemaOfMember<std::vector<Item>>},
      SchemaField{"next", false, false, &SchemaOfMember<std::string>}};
  return ObjectComponent(components, TypeName<Item>() + "Page", kFields, use);
}

template <class T>
struct PageItem;
template <class Item>
struct PageItem<Page<Item>> {
  using Type = Item;
};

template <class T>
boost::json::value SchemaOfText() {
  if constexpr (kIsText<T>)
    return TextSchema(TextBounds<T>::kLeast, TextBounds<T>::kMost);
  else if constexpr (std::is_same_v<T, Email>)
    return TypeSchema("string", "email");
  else if constexpr (std::is_same_v<T, Slug>)
    return SlugSchema();
  else
    return TypeSchema("string");
}

template <class T>
boost::json::value SchemaOfNumber() {
  if constexpr (kIsNumber<T>)
    return IntegerSchema(NumberBounds<T>::kLeast, NumberBounds<T>::kMost);
  else if constexpr (std::is_same_v<T, bool>)
    return TypeSchema("boolean");
  else if constexpr (std::is_integral_v<T>)
    return IntegerSchema(std::numeric_limits<T>::min(), std::numeric_limits<T>::max());
  else
    return TypeSchema("number");
}

template <class T>
boost::json::value SchemaOfType(boost::json::object& components, SchemaUse use) {
  if constexpr (kIsA<T, Clearable>) {
    return OrNull(SchemaOfType<typename decltype(T::value)::value_type>(components, use));
  } else if constexpr (kIsA<T, std::vector>) {
    return ListSchema(SchemaOfType<typename T::value_type>(components, use));
  } else if constexpr (kIsMap<T>) {
    return MapSchema(SchemaOfType<typename T::mapped_type>(components, use));
  } else if constexpr (kIsA<T, Page>) {
    return PageSchema<typename PageItem<T>::Type>(components, use);
  } else if constexpr (std::is_base_of_v<std::string, T>) {
    return SchemaOfText<T>();
  } else if constexpr (kIsNumber<T> || std::is_arithmetic_v<T>) {
    return SchemaOfNumber<T>();
  } else if constexpr (std::is_same_v<T, ShownOnce>) {
    return TypeSchema("string");
  } else if constexpr (std::is_same_v<T, Moment>) {
    return TypeSchema("string", "date-time");
  } else if constexpr (std::is_same_v<T, Secret>) {
    return SecretSchema();
  } else if constexpr (std::is_same_v<T, boost::json::value>) {
    return boost::json::object();
  } else if constexpr (kIsEnum<T>) {
    return EnumComponent(components, TypeName<T>(), WordsOf<T>(boost::describe::describe_enumerators<T>{}));
  } else {
    static_assert(kIsStruct<T>, "describe the struct with BOOST_DESCRIBE_STRUCT, or use a field type of described.hpp");
    namespace describe = boost::describe;
    using Members = describe::describe_members<T, describe::mod_public | describe::mod_inherited>;
    return ObjectComponent(components, TypeName<T>(), SchemaFieldsOf<T>(Members{}), use);
  }
}

}  // namespace migrateiq::detail

namespace migrateiq {

template <class T>
boost::json::value SchemaOf(boost::json::object& components, SchemaUse use) {
  return detail::SchemaOfType<T>(components, use);
}

}  // namespace migrateiq
