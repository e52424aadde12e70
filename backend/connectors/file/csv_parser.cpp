#include "connectors/file/csv_parser.hpp"

#include <algorithm>
#include <cstring>

#include "connectors/file/byte_mask.hpp"

namespace migrateiq::file {

namespace {

/// Where a row under way stands.
struct RowState {
  size_t fields = 0;
  uint32_t lines = 1;
  bool torn = false;
};

/// Where the fields of a row go: those beyond the capacity are only counted.
struct FieldSink {
  Span* spans;
  size_t capacity;
  void Add(size_t index, Span span) const {
    if (index < capacity) spans[index] = span;
  }
};

struct Quoted {
  const char* next = nullptr;  ///< behind the closing quote; null when there is none yet
  Span value;
};

class Scanner {
 public:
  Scanner(const CsvDialect& dialect, const char* begin, const char* end, bool last, Arena& arena)
      : dialect_(dialect),
        cursor_(begin, end, dialect.delimiter, dialect.newline),
        end_(end),
        last_(last),
        arena_(arena) {}

  /// Returns where the next row begins; null when this one does not end here.
  const char* Row(const char* at, const FieldSink& sink, RowState& row);
  /// Row may only be called for consecutive rows, or after this.
  void Seek(const char* to) { cursor_.Seek(to); }

 private:
  enum class After : uint8_t { kField, kRow, kText, kIncomplete };
  After BehindQuote(const char*& at) const;
  Quoted TakeQuoted(const char* opening, RowState& row);
  Quoted TakeEscaped(const char* opening);
  Span Unescape(const char* begin, const char* end, size_t removed, char escape);
  Span Plain(const char* begin, const char* end, bool row_end) const;
  uint32_t CountNewlines(const char* begin, const char* end) const;

  const CsvDialect& dialect_;
  MaskCursor cursor_;
  const char* end_;
  bool last_;
  Arena& arena_;
};

const char* Scanner::Row(const char* at, const FieldSink& sink, RowState& row) {
  const char quote = dialect_.quote, newline = dialect_.newline;
  MaskCursor cursor = cursor_;  // a copy, for registers
  for (;;) {
    if (at < end_ && *at == quote) [[unlikely]] {
      const Quoted quoted = TakeQuoted(at, row);
      if (quoted.next == nullptr) return nullptr;
      const char* next = quoted.next;
      const After after = BehindQuote(next);
      if (after == After::kIncomplete) return nullptr;
      cursor.Seek(next);
      if (after != After::kText) {
        sink.Add(row.fields++, quoted.value);
        at = next;
        if (after != After::kRow) continue;
        cursor_ = cursor;
        return at;
      }
      row.torn = true;
    }
    const char* special = cursor.Next();
    if (special == nullptr) {
      if (!last_) return nullptr;
      sink.Add(row.fields++, Plain(at, end_, true));
      return end_;
    }
    const bool row_end = *special == newline;
    sink.Add(row.fields++, Plain(at, special, row_end));
    at = special + 1;
    if (!row_end) continue;
    cursor_ = cursor;
    return at;
  }
}

Span Scanner::Plain(const char* begin, const char* end, bool row_end) const {
  if (row_end && end > begin && end[-1] == '\r') --end;
  const auto size = static_cast<uint32_t>(end - begin);
  return {begin, size, size == 0 ? SpanKind::kNull : SpanKind::kPlain};
}

/// What follows a closing quote; `at` is moved behind it.
Scanner::After Scanner::BehindQuote(const char*& at) const {
  if (at == end_) return After::kRow;  // only when nothing follows: TakeQuoted asks for more otherwise
  const char c = *at;
  if (c == dialect_.delimiter) return ++at, After::kField;
  if (c == dialect_.newline) return ++at, After::kRow;
  if (c != '\r') return After::kText;
  if (at + 1 == end_) {
    if (!last_) return After::kIncomplete;
    return ++at, After::kRow;
  }
  if (at[1] != '\n') return After::kText;
  return at += 2, After::kRow;
}

uint32_t Scanner::CountNewlines(const char* begin, const char* end) const {
  return static_cast<uint32_t>(std::count(begin, end, dialect_.newline));
}

Quoted Scanner::TakeQuoted(const char* opening, RowState& row) {
  Quoted quoted = dialect_.escape != 0 ? TakeEscaped(opening) : Quoted();
  const char* at = opening + 1;
  size_t doubled = 0;
  while (dialect_.escape == 0 && quoted.next == nullptr) {
    const auto* found = static_cast<const char*>(std::memchr(at, dialect_.quote, static_cast<size_t>(end_ - at)));
    if (found == nullptr) break;
    if (found + 1 == end_ && !last_) return {};  // it may be doubled
    if (found + 1 < end_ && found[1] == dialect_.quote) {
      ++doubled;
      at = found + 2;
      continue;
    }
    quoted = {found + 1, Unescape(opening + 1, found, doubled, dialect_.quote)};
  }
  if (quoted.next == nullptr) {
    if (last_) throw UnclosedQuote{row.lines - 1};
    return {};
  }
  row.lines += CountNewlines(opening + 1, quoted.next - 1);
  return quoted;
}

/// With an escape character a doubled quote is understood as well.
Quoted Scanner::TakeEscaped(const char* opening) {
  size_t removed = 0;
  const char escape = dialect_.escape, quote = dialect_.quote;
  for (const char* at = opening + 1; at < end_; ++at) {
    if (*at != escape && *at != quote) continue;
    const bool more = at + 1 < end_;
    if (!more && !last_) return {};
    const bool pair = more && (at[1] == quote || (*at == escape && at[1] == escape));
    if (pair)
      ++removed, ++at;
    else if (*at == quote)
      return {at + 1, Unescape(opening + 1, at, removed, escape)};
  }
  return {};
}

/// Drops the first of each pair (doubled quotes, or escape and what it escapes).
Span Scanner::Unescape(const char* begin, const char* end, size_t removed, char escape) {
  const auto size = static_cast<size_t>(end - begin);
  if (removed == 0) return {begin, static_cast<uint32_t>(size), SpanKind::kText};
  char* out = arena_.Take(size - removed);
  char* to = out;
  for (const char* at = begin; at < end; ++at) {
    const bool has_next = at + 1 < end;
    const bool pair =
        has_next && (*at == escape || *at == dialect_.quote) && (at[1] == dialect_.quote || at[1] == escape);
    if (pair && !(*at == dialect_.quote && at[1] != dialect_.quote)) ++at;
    *to++ = *at;
  }
  return {out, static_cast<uint32_t>(to - out), SpanKind::kText};
}

bool IsBlank(const char* begin, const char* end) {
  return std::all_of(begin, end, [](char c) { return c == '\n' || c == '\r'; });
}

std::string Why(size_t fields, size_t columns, bool torn) {
  if (torn) return "text behind a closing quote";
  return std::to_string(fields) + (fields == 1 ? " field" : " fields") + " instead of " + std::to_string(columns);
}

}  // namespace

size_t CsvParser::Parse(const char* begin, const char* end, const char* stop, bool last, RowBlock& block) {
  block.Reset(columns_);
  block.ascii = true;
  stop = std::min(stop, end);
  Scanner scanner(dialect_, begin, end, last, block.arena);
  const char* at = begin;
  uint32_t line = 0;
  try {
    while (block.rows < RowBlock::kRows && at < stop) {
      RowState row;
      const char* next = scanner.Row(at, {block.RowSpans(block.rows), columns_}, row);
      if (next == nullptr) break;
      const bool good = row.fields == columns_ && !row.torn;
      if (good || columns_ == 1 || !IsBlank(at, next)) {
        if (!good) block.AddBad({at, static_cast<size_t>(next - at)}, Why(row.fields, columns_, row.torn));
        block.torn += row.torn ? 1 : 0;
        block.lines.push_back(line);
        block.starts.push_back(static_cast<uint32_t>(at - begin));
        ++block.rows;
      }
      line += row.lines;
      at = next;
    }
  } catch (const UnclosedQuote& quote) { throw UnclosedQuote{line + quote.line}; }
  block.line_count = line;
  return static_cast<size_t>(at - begin);
}

size_t CsvParser::ParseRow(const char* begin, const char* end, bool last, Row& row, Arena& arena) const {
  constexpr size_t kMostFields = 65536;
  if (row.storage == nullptr) row.storage = std::make_unique<Span[]>(kMostFields);
  Scanner scanner(dialect_, begin, end, last, arena);
  RowState state;
  const char* next = scanner.Row(begin, {row.storage.get(), kMostFields}, state);
  row.fields = {row.storage.get(), std::min(state.fields, kMostFields)};
  row.lines = state.lines;
  row.torn = state.torn;
  return next == nullptr ? 0 : static_cast<size_t>(next - begin);
}

}  // namespace migrateiq::file
