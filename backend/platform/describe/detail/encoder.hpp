#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace migrateiq::detail {

/// JSON text as it grows; commas come by themselves.
class ObjectText {
 public:
  void Open(char bracket);
  void Close(char bracket);
  /// Before each item of a list.
  void Next();
  /// Before each value of an object.
  void Name(std::string_view name);

  void Text(std::string_view text);
  void Time(int64_t micros);
  void Integer(int64_t number);
  void Json(const boost::json::value& value);
  void Word(std::string_view word) { text_ += word; }  ///< null, true, false

  std::string Take() && { return std::move(text_); }

 private:
  std::string text_;
  bool first_ = true;  ///< of the innermost open list or object
};

/// One member of a described struct: writes itself unless it is left out.
struct EncodeField {
  std::string_view name;
  void (*put)(ObjectText& text, std::string_view name, const void* object);
};

void EncodeObject(ObjectText& text, std::span<const EncodeField> fields, const void* object);

}  // namespace migrateiq::detail
