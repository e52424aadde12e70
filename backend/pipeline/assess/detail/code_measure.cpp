#include "pipeline/assess/detail/code_measure.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace migrateiq::assess {

namespace {

bool IsWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Where the quoted text or comment that begins at `at` ends; `at` itself when none begins there.
size_t SkipQuiet(std::string_view sql, size_t at) {
  const auto after = [&](std::string_view end, size_t from) {
    const size_t found = sql.find(end, from);
    return found == std::string_view::npos ? sql.size() : found + end.size();
  };
  const char c = sql[at];
  if (c == '\'' || c == '"' || c == '`') return after(std::string_view(&c, 1), at + 1);
  if (sql.substr(at, 2) == "--") return std::min(sql.find('\n', at), sql.size());
  if (sql.substr(at, 2) == "/*") return after("*/", at + 2);
  return at;
}

/// Goes through the text once, word by word.
class Counter {
 public:
  CodeMeasure Count(std::string_view sql) {
    for (size_t at = 0; at < sql.size();) at = Step(sql, at);
    EndLine();
    measure_.subqueries = std::max(0, selects_ - 1);
    return measure_;
  }

 private:
  size_t Step(std::string_view sql, size_t at) {
    const size_t quiet = SkipQuiet(sql, at);
    if (quiet > at) {
      used_ = used_ || (sql[at] != '-' && sql[at] != '/');
      return quiet;
    }
    if (IsWord(sql[at])) return Word(sql, at);
    if (sql[at] == '\n') EndLine();
    used_ = used_ || std::isspace(static_cast<unsigned char>(sql[at])) == 0;
    return at + 1;
  }

  size_t Word(std::string_view sql, size_t at) {
    std::string word;
    for (; at < sql.size() && IsWord(sql[at]); ++at) {
      word += static_cast<char>(std::toupper(static_cast<unsigned char>(sql[at])));
    }
    used_ = true;
    CountWord(word);
    before_ = std::move(word);
    return at;
  }

  void CountWord(const std::string& word) {
    const auto is = [&word](auto... words) { return ((word == words) || ...); };
    if (word == "JOIN") ++measure_.joins;
    if (word == "SELECT") ++selects_;
    if (is("IF", "ELSIF", "ELSEIF", "CASE", "LOOP", "WHILE", "REPEAT") && before_ != "END") ++measure_.branches;
    if (is("CURSOR", "HANDLER", "EXCEPTION", "EXECUTE", "PREPARE")) ++measure_.hard;
    if (before_ == "EXECUTE" && is("FUNCTION", "PROCEDURE", "ON")) --measure_.hard;  // a trigger's, a grant's
  }

  void EndLine() {
    if (used_) ++measure_.lines;
    used_ = false;
  }

  CodeMeasure measure_;
  std::string before_;
  int selects_ = 0;
  bool used_ = false;
};

}  // namespace

CodeMeasure MeasureCode(std::string_view sql) { return Counter().Count(sql); }

}  // namespace migrateiq::assess
