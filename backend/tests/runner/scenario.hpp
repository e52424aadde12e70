#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace migrateiq::runner {

/// One step of a scenario: a line that begins with a verb, and the lines up to the next step.
struct Step {
  int line = 0;                       ///< 1-based, of the verb
  std::string verb;                   ///< "migrate", "expect" ...
  std::string rest;                   ///< the remainder of the verb's line, trimmed
  std::vector<std::string> body;      ///< the lines below, before `----`
  std::vector<std::string> expected;  ///< the lines after `----`
  bool has_expected = false;

  /// `rest` and `body` in one text: long queries may begin on the verb's line and go on below.
  std::string Text() const;
};

/// A scenario ready to run: `foreach` is already expanded.
struct Scenario {
  std::string file;  ///< as given, for messages
  std::string name;  ///< file, with the `foreach` values in brackets
  std::string description;
  std::string group;
  std::vector<Step> steps;
};

/// Scenarios of one file: one, or one for each combination of `foreach` values. The error is "file:line: what is
/// wrong".
std::expected<std::vector<Scenario>, std::string> ParseScenario(std::string_view text, const std::string& file);

/// Splits a command line at blanks; '...' and "..." keep blanks.
std::vector<std::string> SplitWords(std::string_view text);

/// \n, \r, \t, \\ and \xNN to the bytes they mean, and back (for everything that is not printable ASCII or UTF-8).
std::string Unescape(std::string_view text);
std::string Escape(std::string_view bytes);

std::string ReplaceAll(std::string text, std::string_view what, std::string_view by);
std::string JoinLines(const std::vector<std::string>& lines);

}  // namespace migrateiq::runner
