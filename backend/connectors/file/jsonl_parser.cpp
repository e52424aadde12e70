#include "connectors/file/jsonl_parser.hpp"

#include <algorithm>
#include <cstring>

namespace migrateiq::file {

JsonlParser::JsonlParser(std::vector<std::string> names, bool grow) : names_(std::move(names)), grow_(grow) {
  for (size_t i = 0; i < names_.size(); ++i) index_.emplace(names_[i], i);
  stamps_.resize(names_.size());
}

size_t JsonlParser::ColumnOf(std::string_view key) {
  if (expected_ < names_.size() && names_[expected_] == key) return expected_++;
  const auto found = index_.find(key);
  if (found == index_.end()) return kUnknown;
  expected_ = found->second + 1;
  return found->second;
}

/// Drops the columns from `first` on: they came with a line that turned out to be ill-formed.
void JsonlParser::Forget(size_t first) {
  for (size_t i = first; i < names_.size(); ++i) index_.erase(names_[i]);
  names_.resize(first);
  stamps_.resize(first);
}

const char* JsonlParser::TakeValue(const char* at, const JsonText& text, RowBlock& block, Span& value) {
  bool escaped = false;
  const bool string = *at == '"';
  const char* next = string ? text.SkipString(at, escaped) : text.SkipValue(at);
  if (next == nullptr) return nullptr;
  const auto size = static_cast<uint32_t>(next - at);
  if (*at == 'n') {
    value = {};
  } else if (!string) {
    value = {at, size, *at == '{' || *at == '[' ? SpanKind::kNested : SpanKind::kPlain};
  } else if (!escaped) {
    value = {at + 1, size - 2, SpanKind::kText};
  } else {
    char* decoded = block.arena.Take(size);
    const size_t length = DecodeJsonString({at + 1, size - 2}, decoded);
    block.arena.Shrink(size - length);
    if (block.ascii) block.ascii = IsAscii(decoded, length);
    value = {decoded, static_cast<uint32_t>(length), SpanKind::kText};
  }
  return next;
}

/// From a key's quote to behind its value.
const char* JsonlParser::TakeMember(const char* at, const JsonText& text, RowBlock& block, size_t& column) {
  Span key, value;
  if (*at != '"') return nullptr;
  at = TakeValue(at, text, block, key);
  if (at == nullptr) return nullptr;
  at = text.SkipBlanks(at);
  if (*at != ':') return nullptr;
  at = text.SkipBlanks(at + 1);
  at = TakeValue(at, text, block, value);
  column = ColumnOf(key.view());
  if (column == kUnknown && grow_ && at != nullptr) {
    if (block.rows > 0) return at;
    column = names_.size();
    names_.emplace_back(key.view());
    stamps_.push_back(0);
    index_.emplace(names_.back(), column);
  }
  if (at != nullptr && column != kUnknown) Store(column, value, block);
  return at;
}

bool JsonlParser::Store(size_t column, const Span& value, RowBlock& block) {
  const bool twice = stamps_[column] == row_stamp_;
  stamps_[column] = row_stamp_;
  if (column >= block.columns) return twice;
  if (twice) {
    const Span& before = block.At(block.rows, column);
    block.duplicates.push_back({block.rows, column, Clip(before.kind == SpanKind::kNull ? "null" : before.view())});
  }
  block.RowSpans(block.rows)[column] = value;
  return twice;
}

JsonlParser::Outcome JsonlParser::ParseLine(const char* begin, const char* end, RowBlock& block) {
  const JsonText text(end);
  ++row_stamp_;
  expected_ = 0;
  std::fill_n(block.RowSpans(block.rows), block.columns, Span());
  const char* at = text.SkipBlanks(begin);
  why_ = *at == '{' ? "not well-formed JSON" : "not a JSON object";
  if (*at != '{') return Outcome::kBad;
  at = text.SkipBlanks(at + 1);
  bool more = at < end && *at != '}';
  while (more) {
    size_t column = 0;
    if (at >= end || (at = TakeMember(at, text, block, column)) == nullptr) return Outcome::kBad;
    if (column == kUnknown && grow_) return Outcome::kNewKey;
    at = text.SkipBlanks(at);
    if (at >= end || (*at != ',' && *at != '}')) return Outcome::kBad;
    more = *at == ',';
    if (more) at = text.SkipBlanks(at + 1);
  }
  if (at >= end) return Outcome::kBad;
  return text.SkipBlanks(at + 1) == end ? Outcome::kGood : Outcome::kBad;
}

size_t JsonlParser::Parse(const char* begin, const char* end, const char* stop, bool last, RowBlock& block) {
  block.Reset(names_.size());
  block.ascii = true;
  stop = std::min(stop, end);
  const char* at = begin;
  uint32_t line = 0;
  while (block.rows < RowBlock::kRows && at < stop) {
    const auto* newline = static_cast<const char*>(std::memchr(at, '\n', static_cast<size_t>(end - at)));
    if (newline == nullptr && !last) break;
    const char* line_end = newline == nullptr ? end : newline;
    const char* next = newline == nullptr ? end : newline + 1;
    if (JsonText(line_end).SkipBlanks(at) < line_end) {
      const size_t known = names_.size();
      Outcome outcome = ParseLine(at, line_end, block);
      if (outcome == Outcome::kNewKey) break;  // begins the next block, which has room for it
      if (outcome == Outcome::kBad) Forget(known);
      if (names_.size() > block.columns) {
        block.Reset(names_.size());
        outcome = ParseLine(at, line_end, block);
      }
      if (outcome == Outcome::kBad) {
        std::erase_if(block.duplicates, [&](const auto& odd) { return odd.row == block.rows; });
        block.AddBad({at, static_cast<size_t>(line_end - at)}, why_);
      }
      block.lines.push_back(line);
      block.starts.push_back(static_cast<uint32_t>(at - begin));
      ++block.rows;
    }
    ++line;
    at = next;
  }
  block.line_count = line;
  return static_cast<size_t>(at - begin);
}

}  // namespace migrateiq::file
