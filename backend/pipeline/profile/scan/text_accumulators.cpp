#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

#include "pipeline/batch/any_value.hpp"
#include "pipeline/profile/scan/accumulators.hpp"

namespace migrateiq::detail {

namespace {

constexpr size_t kKept = 1024;  ///< bytes of an extreme that are compared and kept

/// The first eight bytes as a number that is ordered as they are; zeros where there are none.
uint64_t Head(std::string_view text) {
  uint64_t head = 0;
  std::memcpy(&head, text.data(), std::min<size_t>(8, text.size()));
  return __builtin_bswap64(head);
}

bool IsAscii(std::string_view bytes) {
  uint64_t high = 0;
  size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, 8);
    high |= word;
  }
  for (; at < bytes.size(); ++at) high |= static_cast<uint64_t>(bytes[at] & 0x80);
  return (high & 0x8080808080808080) == 0;
}

int64_t Characters(std::string_view text) {
  int64_t count = 0;
  for (const char byte : text) count += (static_cast<unsigned char>(byte) & 0xC0) != 0x80 ? 1 : 0;
  return count;
}

/// The least and the greatest text by bytes.
class TextExtremes {
 public:
  void Add(std::string_view text) {
    const uint64_t head = text.empty() ? 0 : Head(text);
    if (head <= least_head_ && (!seen_ || text.substr(0, kKept) < least_)) {
      least_ = text.substr(0, kKept);
      least_head_ = head;
    }
    if (head >= most_head_ && (!seen_ || text.substr(0, kKept) > most_)) {
      most_ = text.substr(0, kKept);
      most_head_ = head;
    }
    seen_ = true;
  }
  void Merge(const TextExtremes& other) {
    if (!other.seen_) return;
    Add(other.least_);
    Add(other.most_);
  }
  bool seen() const { return seen_; }
  const std::string& least() const { return least_; }
  const std::string& most() const { return most_; }

 private:
  bool seen_ = false;
  uint64_t least_head_ = UINT64_MAX, most_head_ = 0;
  std::string least_, most_;
};

class TextAccumulator : public ColumnAccumulator {
 public:
  explicit TextAccumulator(const LogicalType& type)
      : kind_(type.kind), binary_(FamilyOf(type.kind) == ValueFamily::binary) {}

 protected:
  void AddValues(const Column& column, Scratch&) override {
    const int64_t rows = column.length();
    if (rows == column.null_count()) return;
    const std::string_view all(reinterpret_cast<const char*>(column.values()),
                               static_cast<size_t>(column.offsets()[rows]));
    const bool plain = binary_ || IsAscii(all);
    for (int64_t row = 0; row < rows; ++row) {
      if (!column.IsNull(row)) AddText(Meaning(column.Bytes(row)), plain);
    }
  }

  void MergeValues(const ColumnAccumulator& next) override {
    const auto& other = static_cast<const TextAccumulator&>(next);
    extremes_.Merge(other.extremes_);
    least_length_ = std::min(least_length_, other.least_length_);
    most_length_ = std::max(most_length_, other.most_length_);
    total_length_ += other.total_length_;
    values_ += other.values_;
    empty_ += other.empty_;
    blank_ += other.blank_;
  }

  void FillValues(ColumnProfile& profile) const override {
    profile.empty = empty_;
    profile.blank = blank_;
    if (values_ == 0) return;
    profile.lengths =
        LengthProfile{least_length_, most_length_, static_cast<double>(total_length_) / static_cast<double>(values_)};
    if (binary_ || !extremes_.seen()) return;
    profile.minimum = Shown(extremes_.least());
    profile.maximum = Shown(extremes_.most());
  }

 private:
  /// The text that the stored bytes stand for.
  std::string_view Meaning(std::string_view bytes) const {
    if (kind_ == TypeKind::kAny) return any::Read(bytes).bytes;
    if (kind_ != TypeKind::kChar) return bytes;
    const size_t last = bytes.find_last_not_of(' ');
    return bytes.substr(0, last == std::string_view::npos ? 0 : last + 1);
  }

  void AddText(std::string_view text, bool plain) {
    const int64_t length = plain ? static_cast<int64_t>(text.size()) : Characters(text);
    ++values_;
    total_length_ += length;
    least_length_ = std::min(least_length_, length);
    most_length_ = std::max(most_length_, length);
    if (length == 0)
      ++empty_;
    else if (text[0] == ' ' && text.find_first_not_of(' ') == std::string_view::npos)
      ++blank_;
    if (!binary_) extremes_.Add(text);
  }

  TypeKind kind_;
  bool binary_;
  TextExtremes extremes_;
  int64_t least_length_ = INT64_MAX, most_length_ = 0, total_length_ = 0;
  int64_t values_ = 0, empty_ = 0, blank_ = 0;
};

}  // namespace

std::unique_ptr<ColumnAccumulator> MakeTextAccumulator(const LogicalType& type) {
  return std::make_unique<TextAccumulator>(type);
}

}  // namespace migrateiq::detail
