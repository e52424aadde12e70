#include "base/error.hpp"

namespace migrateiq {

std::string Error::ToString() const {
  std::string text(code.code);
  text += ": ";
  text += message;
  std::string where;
  const auto add = [&where](std::string_view label, const std::string& value) {
    if (value.empty()) return;
    if (!where.empty()) where += ", ";
    where += label;
    where += value;
  };
  add("table ", table);
  add("column ", column);
  add("at ", place);
  if (!where.empty()) text += " (" + where + ")";
  text += ". Fix: ";
  text += FixText();
  return text;
}

}  // namespace migrateiq
