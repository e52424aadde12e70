#pragma once

#include <boost/describe.hpp>
#include <string>
#include <string_view>
#include <type_traits>

#include "platform/describe/described.hpp"

/// What kind of field a type is, and its name in the API's document.
namespace migrateiq::detail {

template <class T, template <class...> class Template>
inline constexpr bool kIsA = false;
template <template <class...> class Template, class... Arguments>
inline constexpr bool kIsA<Template<Arguments...>, Template> = true;

template <class T>
inline constexpr bool kIsText = false;
template <size_t kMin, size_t kMax>
inline constexpr bool kIsText<Text<kMin, kMax>> = true;

template <class T>
inline constexpr bool kIsNumber = false;
template <int64_t kMin, int64_t kMax>
inline constexpr bool kIsNumber<Number<kMin, kMax>> = true;

template <class T>
inline constexpr bool kIsMap = false;
template <class T>
inline constexpr bool kIsMap<std::map<std::string, T>> = true;

template <class T>
inline constexpr bool kIsStruct = boost::describe::has_describe_members<T>::value;
template <class T>
inline constexpr bool kIsEnum = boost::describe::has_describe_enumerators<T>::value;

template <class T>
inline constexpr bool kMayBeAbsent = kIsA<T, std::optional> || kIsA<T, std::vector> || kIsMap<T> || kIsA<T, Clearable>;
template <class T>
inline constexpr bool kMayBeLeftOut = kIsA<T, std::optional> || kIsA<T, Clearable>;

template <class T>
struct TextBounds;
template <size_t kMin, size_t kMax>
struct TextBounds<Text<kMin, kMax>> {
  static constexpr size_t kLeast = kMin, kMost = kMax;
};
template <class T>
struct NumberBounds;
template <int64_t kMin, int64_t kMax>
struct NumberBounds<Number<kMin, kMax>> {
  static constexpr int64_t kLeast = kMin, kMost = kMax;
};

inline constexpr size_t kStringBytes = 64 << 10, kSecretBytes = 4096;

/// The word of an identifier: one trailing underscore is dropped, so that `default_` can name "default".
constexpr std::string_view WordOf(std::string_view identifier) {
  if (identifier.ends_with('_')) identifier.remove_suffix(1);
  return identifier;
}

template <class T>
constexpr std::string_view PrettyName() {
  return __PRETTY_FUNCTION__;
}

/// "UserView" out of what the compiler calls the function above.
std::string UnqualifiedName(std::string_view pretty_function);

template <class T>
std::string TypeName() {
  return UnqualifiedName(PrettyName<T>());
}

}  // namespace migrateiq::detail
