#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace migrateiq::cli {

std::string Count(int64_t number);                 ///< 1,234,567
std::string Bytes(double bytes);                   ///< 12.3 MB
std::string Duration(double seconds);              ///< 0.4 s, 12 s, 3 min 05 s, 2 h 07 min
std::string Percent(int64_t done, int64_t total);  ///< " 42%", " --%" when the total is unknown

/// "1 index", "2 indexes": the noun in the number that the count asks for.
std::string Counted(size_t count, const std::string& noun);

/// Rows in columns two blanks apart; columns whose every cell but the first row's is a number are right-aligned.
std::string Columns(const std::vector<std::vector<std::string>>& rows, const std::string& indent);

/// Control characters made visible, and the text cut to `most` characters.
std::string OneLine(const std::string& text, size_t most);

/// ANSI colours, or nothing.
class Paint {
 public:
  explicit Paint(bool on) : on_(on) {}
  std::string Good(const std::string& text) const { return Wrap("32", text); }
  std::string Bad(const std::string& text) const { return Wrap("31", text); }
  std::string Odd(const std::string& text) const { return Wrap("33", text); }
  std::string Strong(const std::string& text) const { return Wrap("1", text); }
  std::string Faint(const std::string& text) const { return Wrap("2", text); }

 private:
  std::string Wrap(const char* code, const std::string& text) const {
    return on_ ? "\x1b[" + std::string(code) + "m" + text + "\x1b[0m" : text;
  }
  bool on_;
};

}  // namespace migrateiq::cli
