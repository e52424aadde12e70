#include <algorithm>
#include <map>

#include "connectors/file/csv_format.hpp"

// How a file tells its dialect: the delimiter that cuts the most rows into as many fields as the first one.
namespace migrateiq::file {

namespace {

constexpr char kDelimiters[] = {',', ';', '\t', '|'};
constexpr size_t kSampleRows = 500;

/// The first line end outside quotes.
char GuessNewline(std::string_view sample, char quote) {
  bool quoted = false;
  for (size_t i = 0; i < sample.size(); ++i) {
    if (sample[i] == quote) quoted = !quoted;
    if (quoted) continue;
    if (sample[i] == '\n') return '\n';
    if (sample[i] == '\r') return i + 1 >= sample.size() || sample[i + 1] == '\n' ? '\n' : '\r';
  }
  return '\n';
}

struct Score {
  double agreeing = 0;  ///< share of the rows that are cut like the first one
  size_t fields = 1;
};

Score Try(const std::string& sample, bool whole, const CsvDialect& dialect) {
  const CsvParser parser(dialect, 1);
  const char* at = sample.data();
  const char* const end = at + sample.size() - kSlack;
  Arena arena;
  CsvParser::Row row;
  Score score;
  size_t rows = 0, agreeing = 0;
  try {
    while (at < end && rows < kSampleRows) {
      const size_t used = parser.ParseRow(at, end, whole, row, arena);
      if (used == 0) break;
      at += used;
      if (row.fields.size() == 1 && row.fields[0].kind == SpanKind::kNull) continue;
      if (rows++ == 0) score.fields = row.fields.size();
      agreeing += row.fields.size() == score.fields && !row.torn ? 1 : 0;
    }
  } catch (const UnclosedQuote&) {
    ++rows;  // counts as a row that does not agree
  }
  score.agreeing = rows == 0 ? 0 : static_cast<double>(agreeing) / static_cast<double>(rows);
  return score;
}

bool Better(const Score& a, const Score& b) {
  if ((a.fields > 1) != (b.fields > 1)) return a.fields > 1 && a.agreeing >= 0.5;
  if (a.agreeing != b.agreeing) return a.agreeing > b.agreeing;
  return a.fields > b.fields;
}

}  // namespace

CsvDialect GuessDialect(std::string_view sample, bool whole, const CsvOptions& options) {
  CsvDialect dialect;
  dialect.quote = options.quote;
  dialect.escape = options.escape.value_or(0);
  dialect.newline = GuessNewline(sample, options.quote);
  dialect.delimiter = options.delimiter.value_or(',');
  if (options.delimiter) return dialect;
  std::string padded(sample);
  padded.append(kSlack, '\0');
  CsvDialect best = dialect;
  Score best_score;
  bool any = false;
  for (const char escape : {'\0', '\\'}) {
    if (options.escape && escape != *options.escape) continue;
    if (any && best_score.agreeing > 0) break;  // backslashes only where nothing else makes sense of the file
    for (const char delimiter : kDelimiters) {
      CsvDialect candidate = dialect;
      candidate.delimiter = delimiter;
      candidate.escape = escape;
      const Score score = Try(padded, whole, candidate);
      if (!any ? score.fields > 1 && score.agreeing >= 0.5 : Better(score, best_score)) {
        best = candidate;
        best_score = score;
        any = true;
      }
    }
  }
  best.escape = dialect.escape;
  return best;
}

}  // namespace migrateiq::file
