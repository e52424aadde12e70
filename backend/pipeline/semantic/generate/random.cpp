#include "pipeline/semantic/generate/random.hpp"

#include <fmt/format.h>

namespace migrateiq::generate {

std::string Random::Day(std::string_view order) {
  const int year = Between(1935, 2006), month = Between(1, 12), day = Between(1, 28);
  if (order == "ymd") return fmt::format("{:02}{:02}{:02}", year % 100, month, day);
  if (order == "dmy") return fmt::format("{:02}{:02}{:02}", day, month, year % 100);
  return fmt::format("{:04}{:02}{:02}", year, month, day);
}

std::string Random::Like(std::string_view form) {
  constexpr std::string_view kCapitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", kSmall = "abcdefghijklmnopqrstuvwxyz";
  constexpr std::string_view kCapitalsAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  constexpr std::string_view kSmallAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::string out;
  for (size_t i = 0; i < form.size(); ++i) {
    switch (form[i]) {
      case '9': out += Of(std::string_view("0123456789")); break;
      case 'A': out += Of(kCapitals); break;
      case 'a': out += Of(kSmall); break;
      case 'X': out += Of(kCapitalsAndDigits); break;
      case 'x': out += Of(kSmallAndDigits); break;
      case 'h': out += Of(std::string_view("0123456789abcdef")); break;
      case '\\': out += form[++i]; break;
      case '{': {
        const size_t end = form.find('}', i);
        out += Day(form.substr(i + 1, end - i - 1));
        i = end;
        break;
      }
      default: out += form[i];
    }
  }
  return out;
}

}  // namespace migrateiq::generate
