#include "platform/describe/detail/encoder.hpp"

#include <charconv>

#include "base/json_text.hpp"
#include "base/time.hpp"

namespace migrateiq::detail {

void ObjectText::Open(char bracket) {
  text_ += bracket;
  first_ = true;
}

void ObjectText::Close(char bracket) {
  text_ += bracket;
  first_ = false;
}

void ObjectText::Next() {
  if (!first_) text_ += ", ";
  first_ = false;
}

// Names of maps are data, and may need escapes; those of structs come out the same.
void ObjectText::Name(std::string_view name) {
  Next();
  AppendJsonQuoted(text_, name);
  text_ += ": ";
}

void ObjectText::Text(std::string_view text) { AppendJsonQuoted(text_, text); }

void ObjectText::Time(int64_t micros) {
  text_ += '"';
  AppendTime(text_, micros);
  text_ += '"';
}

void ObjectText::Integer(int64_t number) {
  char digits[24];
  text_.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void ObjectText::Json(const boost::json::value& value) { AppendJson(text_, value); }

void EncodeObject(ObjectText& text, std::span<const EncodeField> fields, const void* object) {
  text.Open('{');
  for (const EncodeField& field : fields) field.put(text, field.name, object);
  text.Close('}');
}

}  // namespace migrateiq::detail
