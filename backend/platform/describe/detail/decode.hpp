#pragma once

#include <array>
#include <limits>
#include <span>

#include "platform/describe/detail/decoder.hpp"
#include "platform/describe/detail/traits.hpp"

namespace migrateiq::detail {

template <class T>
void Take(Decoder& decoder, const boost::json::value& value, T& out);

template <class T, class Descriptor>
void TakeMember(Decoder& decoder, const boost::json::value& value, void* object) {
  Take(decoder, value, static_cast<T*>(object)->*Descriptor::pointer);
}

template <class T, template <class...> class List, class... Descriptors>
std::span<const DecodeField> DecodeFieldsOf(List<Descriptors...>) {
  static constexpr std::array<DecodeField, sizeof...(Descriptors)> kFields{DecodeField{
      WordOf(Descriptors::name), !kMayBeAbsent<std::remove_cvref_t<decltype(std::declval<T&>().*Descriptors::pointer)>>,
      &TakeMember<T, Descriptors>}...};
  return kFields;
}

template <class T>
std::span<const DecodeField> DecodeFields() {
  namespace describe = boost::describe;
  return DecodeFieldsOf<T>(describe::describe_members<T, describe::mod_public | describe::mod_inherited>{});
}

template <class T, template <class...> class List, class... Descriptors>
std::span<const std::string_view> WordsOf(List<Descriptors...>) {
  static constexpr std::array<std::string_view, sizeof...(Descriptors)> kWords{WordOf(Descriptors::name)...};
  return kWords;
}
template <class T, template <class...> class List, class... Descriptors>
T EnumeratorAt(List<Descriptors...>, size_t index) {
  static constexpr std::array<T, sizeof...(Descriptors)> kValues{Descriptors::value...};
  return kValues[index];
}

template <class T>
void TakeEnumerator(Decoder& decoder, const boost::json::value& value, T& out) {
  using Enumerators = boost::describe::describe_enumerators<T>;
  const auto words = WordsOf<T>(Enumerators{});
  const size_t index = TakeWord(decoder, value, words);
  if (index < words.size()) out = EnumeratorAt<T>(Enumerators{}, index);
}

template <class T>
void TakeList(Decoder& decoder, const boost::json::value& value, std::vector<T>& out) {
  const std::vector<boost::json::value> items = TakeItems(decoder, value);
  out.reserve(items.size());
  for (size_t i = 0; i < items.size(); ++i) {
    const auto step = decoder.Into(i);
    T item{};
    Take(decoder, items[i], item);
    out.push_back(std::move(item));
  }
}

template <class T>
void TakeMap(Decoder& decoder, const boost::json::value& value, std::map<std::string, T>& out) {
  const boost::json::object* members = value.if_object();
  if (members == nullptr) return decoder.Fault("must be an object");
  for (const auto& member : *members) {
    const std::string name(member.key().data(), member.key().size());
    const auto step = decoder.Into(name);
    Take(decoder, member.value(), out[name]);
  }
}

template <class T>
void TakeNumber(Decoder& decoder, const boost::json::value& value, int64_t least, int64_t most, T& out) {
  int64_t number = static_cast<int64_t>(out);
  TakeInteger(decoder, value, least, most, number);
  out = static_cast<T>(number);
}

template <class T>
void TakeOptional(Decoder& decoder, const boost::json::value& value, std::optional<T>& out) {
  if (value.is_null()) return decoder.Fault("may not be null; leave it out instead");
  Take(decoder, value, out.emplace());
}

template <class T>
void TakeClearable(Decoder& decoder, const boost::json::value& value, Clearable<T>& out) {
  out.present = true;
  if (!value.is_null()) Take(decoder, value, out.value.emplace());
}

inline void TakeSecret(Decoder& decoder, const boost::json::value& value, Secret& out) {
  std::string text;
  TakeString(decoder, value, kSecretBytes, text);
  out = Secret(std::move(text));
}

template <class T>
void Take(Decoder& decoder, const boost::json::value& value, T& out) {
  if constexpr (kIsA<T, std::optional>) {
    TakeOptional(decoder, value, out);
  } else if constexpr (kIsA<T, Clearable>) {
    TakeClearable(decoder, value, out);
  } else if constexpr (kIsA<T, std::vector>) {
    TakeList(decoder, value, out);
  } else if constexpr (kIsMap<T>) {
    TakeMap(decoder, value, out);
  } else if constexpr (std::is_same_v<T, bool>) {
    TakeBoolean(decoder, value, out);
  } else if constexpr (std::is_integral_v<T>) {
    static_assert(sizeof(T) < 8 || std::is_signed_v<T>, "whole numbers of the API fit into int64_t");
    TakeNumber(decoder, value, std::numeric_limits<T>::min(), std::numeric_limits<T>::max(), out);
  } else if constexpr (kIsNumber<T>) {
    TakeNumber(decoder, value, NumberBounds<T>::kLeast, NumberBounds<T>::kMost, out.value);
  } else if constexpr (std::is_same_v<T, double>) {
    TakeReal(decoder, value, out);
  } else if constexpr (std::is_same_v<T, std::string>) {
    TakeString(decoder, value, kStringBytes, out);
  } else if constexpr (std::is_same_v<T, ShownOnce>) {
    TakeString(decoder, value, kStringBytes, out.value);
  } else if constexpr (kIsText<T>) {
    TakeText(decoder, value, TextBounds<T>::kLeast, TextBounds<T>::kMost, out);
  } else if constexpr (std::is_same_v<T, Email>) {
    TakeEmail(decoder, value, out);
  } else if constexpr (std::is_same_v<T, Slug>) {
    TakeSlug(decoder, value, out);
  } else if constexpr (std::is_same_v<T, Moment>) {
    TakeMoment(decoder, value, out);
  } else if constexpr (std::is_same_v<T, Secret>) {
    TakeSecret(decoder, value, out);
  } else if constexpr (std::is_same_v<T, boost::json::value>) {
    out = value;
  } else if constexpr (kIsEnum<T>) {
    TakeEnumerator(decoder, value, out);
  } else if constexpr (kIsA<T, Page>) {
    static constexpr std::array<DecodeField, 2> kFields{
        DecodeField{"items", true,
                    [](Decoder& d, const boost::json::value& v, void* o) { Take(d, v, static_cast<T*>(o)->items); }},
        DecodeField{"next", false,
                    [](Decoder& d, const boost::json::value& v, void* o) { Take(d, v, static_cast<T*>(o)->next); }}};
    TakeObject(decoder, value, kFields, &out);
  } else {
    static_assert(kIsStruct<T>, "describe the struct with BOOST_DESCRIBE_STRUCT, or use a field type of described.hpp");
    TakeObject(decoder, value, DecodeFields<T>(), &out);
  }
}

template <class T>
Result<T> DecodeWith(Decoder& decoder, const boost::json::value& value, std::vector<FieldFault>* faults) {
  T out{};
  Take(decoder, value, out);
  MIQ_TRY(decoder.Finish(faults));
  return out;
}

}  // namespace migrateiq::detail

namespace migrateiq {

template <class T>
Result<T> Decode(const boost::json::value& value, std::vector<FieldFault>* faults) {
  detail::Decoder decoder(false);
  return detail::DecodeWith<T>(decoder, value, faults);
}

template <class T>
Result<T> DecodeQuery(const std::vector<std::pair<std::string, std::string>>& members,
                      std::vector<FieldFault>* faults) {
  detail::Decoder decoder(true);
  return detail::DecodeWith<T>(decoder, detail::QueryObject(members), faults);
}

}  // namespace migrateiq
