#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace migrateiq::projects {

/// A field of CSV that people will open with a spreadsheet: quoted where needed, and what a spreadsheet would execute
/// as a formula begins with an apostrophe (numbers such as -5 and +1.5e3 stay).
std::string GuardedField(std::string_view text);

/// A CSV document for people, line by line (RFC 4180).
class CsvText {
 public:
  explicit CsvText(const std::vector<std::string>& header) { Add(header); }
  void Add(const std::vector<std::string>& fields);
  std::string Finish() && { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace migrateiq::projects
