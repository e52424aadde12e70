#include "pipeline/match/csv_text.hpp"

#include <algorithm>
#include <utility>

namespace migrateiq::match {

namespace {

char MostFrequentDelimiter(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  char best = ',';
  for (const char c : {';', '\t', '|'})
    if (std::ranges::count(line, c) > std::ranges::count(line, best)) best = c;
  return best;
}

/// Reads value by value.
class CsvScanner {
 public:
  CsvScanner(std::string_view text, char delimiter, size_t most_rows)
      : text_(text), delimiter_(delimiter), most_rows_(most_rows) {}

  std::vector<std::vector<std::string>> Run() {
    for (size_t at = 0; at < text_.size() && rows_.size() <= most_rows_; ++at) at = quoted_ ? Quoted(at) : Plain(at);
    if (!value_.empty() || !row_.empty()) EndRow();
    return std::move(rows_);
  }

 private:
  size_t Quoted(size_t at) {
    if (text_[at] != '"') {
      value_ += text_[at];
    } else if (at + 1 < text_.size() && text_[at + 1] == '"') {
      value_ += text_[++at];
    } else {
      quoted_ = false;
    }
    return at;
  }
  size_t Plain(size_t at) {
    const char c = text_[at];
    if (c == '"' && value_.empty())
      quoted_ = true;
    else if (c == delimiter_)
      row_.push_back(std::exchange(value_, ""));
    else if (c == '\n')
      EndRow();
    else
      value_ += c;
    return at;
  }
  void EndRow() {
    if (value_.ends_with('\r')) value_.pop_back();
    row_.push_back(std::exchange(value_, ""));
    rows_.push_back(std::exchange(row_, {}));
  }

  std::string_view text_;
  char delimiter_;
  size_t most_rows_;
  bool quoted_ = false;
  std::string value_;
  std::vector<std::string> row_;
  std::vector<std::vector<std::string>> rows_;
};

bool IsBlank(const std::vector<std::string>& row) { return row.size() == 1 && row[0].empty(); }

}  // namespace

std::vector<std::vector<std::string>> ReadCsv(std::string_view text, CsvShape shape) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const char delimiter = shape.delimiter != 0 ? shape.delimiter : MostFrequentDelimiter(text);
  return CsvScanner(text, delimiter, shape.most_rows).Run();
}

MatchTable TableFromCsv(std::string_view text, const std::string& name, CsvShape shape) {
  MatchTable table{.name = name, .columns = {}};
  const std::vector<std::vector<std::string>> rows = ReadCsv(text, shape);
  if (rows.empty()) return table;
  for (const std::string& column : rows[0]) table.columns.emplace_back().name = column;
  for (size_t r = 1; r < rows.size(); ++r) {
    if (IsBlank(rows[r]) && rows[0].size() > 1) continue;
    for (size_t c = 0; c < table.columns.size(); ++c) {
      const bool present = c < rows[r].size() && !rows[r][c].empty();
      table.columns[c].values.push_back(present ? std::optional(rows[r][c]) : std::nullopt);
    }
  }
  return table;
}

}  // namespace migrateiq::match
