#include "connectors/file/rows.hpp"

#include <algorithm>
#include <cstring>

namespace migrateiq::file {

namespace {
constexpr size_t kArenaBlock = size_t{64} << 10;
constexpr size_t kClip = 1024;
}  // namespace

char* Arena::Take(size_t size) {
  if (blocks_.empty() || used_ + size + kSlack > blocks_.back().capacity) {
    const size_t capacity = std::max(kArenaBlock, size + kSlack);
    blocks_.push_back({std::make_unique<char[]>(capacity), capacity});
    used_ = 0;
  }
  char* place = blocks_.back().bytes.get() + used_;
  used_ += size;
  return place;
}

void Arena::Clear() {
  if (blocks_.size() > 1 || (!blocks_.empty() && blocks_[0].capacity > kArenaBlock)) blocks_.clear();
  used_ = 0;
}

void RowBlock::Reset(size_t column_count) {
  columns = column_count;
  rows = 0;
  spans.resize(kRows * columns);
  lines.clear();
  starts.clear();
  bad.clear();
  duplicates.clear();
  line_count = 0;
  torn = 0;
  arena.Clear();
}

void RowBlock::AddBad(std::string_view raw, std::string why) {
  while (!raw.empty() && (raw.back() == '\n' || raw.back() == '\r')) raw.remove_suffix(1);
  std::fill_n(RowSpans(rows), columns, Span());
  bad.push_back({rows, Clip(raw), std::move(why)});
}

std::string Clip(std::string_view text) {
  size_t size = std::min(text.size(), kClip);
  while (size < text.size() && size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return std::string(text.substr(0, size));
}

bool IsAscii(const char* bytes, size_t size) {
  uint64_t high = 0;
  size_t at = 0;
  for (; at + 8 <= size; at += 8) {
    uint64_t word;
    std::memcpy(&word, bytes + at, 8);
    high |= word;
  }
  for (; at < size; ++at) high |= static_cast<unsigned char>(bytes[at]);
  return (high & 0x8080808080808080ULL) == 0;
}

}  // namespace migrateiq::file
