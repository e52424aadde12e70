#include "modules/projects/files/csv_guard.hpp"

#include <charconv>

namespace migrateiq::projects {

namespace {

bool IsNumber(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool IsFormula(std::string_view text) {
  const size_t first = text.find_first_not_of(" \r\n");
  if (first == std::string_view::npos) return false;
  return std::string_view("=+-@\t").contains(text[first]) && !IsNumber(text);
}

}  // namespace

std::string GuardedField(std::string_view text) {
  std::string field = IsFormula(text) ? "'" : "";
  field += text;
  if (field.find_first_of(",\"\r\n;\t") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

void CsvText::Add(const std::vector<std::string>& fields) {
  for (size_t i = 0; i < fields.size(); ++i) text_ += (i > 0 ? "," : "") + GuardedField(fields[i]);
  text_ += "\r\n";
}

}  // namespace migrateiq::projects
