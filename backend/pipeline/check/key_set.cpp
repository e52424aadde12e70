#include "pipeline/check/key_set.hpp"

#include <algorithm>

namespace migrateiq {

namespace {

constexpr size_t kKeptInMemory = 512;  ///< so small a set needs no file
constexpr int64_t kReadAtOnce = 256;   ///< records of one run

std::string_view BytesOf(const std::vector<KeyRecord>& records) {
  return {reinterpret_cast<const char*>(records.data()), records.size() * sizeof(KeyRecord)};
}

void AppendText(std::string& out, const std::string& text) {
  const auto size = static_cast<uint32_t>(text.size());
  out.append(reinterpret_cast<const char*>(&size), sizeof(size));
  out += text;
}

}  // namespace

Status KeySet::Add(std::vector<KeyRecord> records, const std::vector<std::string>& texts) {
  if (records.empty()) return {};
  std::string together;
  for (size_t i = 0; i < records.size(); ++i) {
    records[i].text = static_cast<int64_t>(together.size());
    AppendText(together, texts[i]);
  }
  MIQ_ASSIGN(const int64_t begin, spill_.Append(together));
  for (KeyRecord& record : records) record.text += begin;
  const std::lock_guard lock(mutex_);
  buffer_.insert(buffer_.end(), records.begin(), records.end());
  return buffer_.size() < buffered_ ? Status{} : Spill();
}

Status KeySet::Spill() {
  std::ranges::sort(buffer_);
  MIQ_ASSIGN(const int64_t offset, spill_.Append(BytesOf(buffer_)));
  runs_.push_back({offset, static_cast<int64_t>(buffer_.size())});
  buffer_.clear();
  return {};
}

Status KeySet::Finish() {
  const std::lock_guard lock(mutex_);
  if (buffer_.size() > kKeptInMemory) MIQ_TRY(Spill());
  std::ranges::sort(buffer_);
  buffer_.shrink_to_fit();
  return {};
}

Result<std::string> KeySet::Text(const KeyRecord& record) const {
  uint32_t size = 0;
  MIQ_TRY(spill_.Read(record.text, &size, sizeof(size)));
  std::string text(size, '\0');
  MIQ_TRY(spill_.Read(record.text + static_cast<int64_t>(sizeof(size)), text.data(), size));
  return text;
}

Result<KeySet::Cursor> KeySet::Open() const {
  Cursor cursor;
  cursor.spill_ = &spill_;
  for (const SortedRun& run : runs_) cursor.runs_.push_back({.offset = run.offset, .left = run.records});
  if (!buffer_.empty()) cursor.runs_.push_back({.loaded = buffer_});
  return cursor;
}

Result<bool> KeySet::Cursor::Fill(Run& run) const {
  if (run.at < run.loaded.size()) return true;
  if (run.left == 0) return false;
  const int64_t count = std::min(run.left, kReadAtOnce);
  run.loaded.resize(static_cast<size_t>(count));
  MIQ_TRY(spill_->Read(run.offset, run.loaded.data(), run.loaded.size() * sizeof(KeyRecord)));
  run.offset += count * static_cast<int64_t>(sizeof(KeyRecord));
  run.left -= count;
  run.at = 0;
  return true;
}

/// Puts the run back among those that have a head.
Status KeySet::Cursor::Advance(size_t index) {
  MIQ_ASSIGN(const bool more, Fill(runs_[index]));
  if (!more) return {};
  heap_.push_back(index);
  std::ranges::push_heap(heap_, [this](size_t a, size_t b) { return runs_[b].head() < runs_[a].head(); });
  return {};
}

Result<const KeyRecord*> KeySet::Cursor::Next() {
  if (!begun_) {
    begun_ = true;
    for (size_t index = 0; index < runs_.size(); ++index) MIQ_TRY(Advance(index));
  }
  if (heap_.empty()) return nullptr;
  std::ranges::pop_heap(heap_, [this](size_t a, size_t b) { return runs_[b].head() < runs_[a].head(); });
  const size_t index = heap_.back();
  heap_.pop_back();
  current_ = runs_[index].head();
  ++runs_[index].at;
  MIQ_TRY(Advance(index));
  return &current_;
}

}  // namespace migrateiq
