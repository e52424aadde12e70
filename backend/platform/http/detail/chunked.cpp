#include "platform/http/detail/chunked.hpp"

#include <algorithm>
#include <charconv>

namespace migrateiq::http::detail {
namespace {

constexpr size_t kMaxLine = 4096, kMaxTrailers = 8192;

std::unexpected<WireFault> Refuse(std::string_view text, int status = 400) {
  return std::unexpected<WireFault>(WireFault{status, text});
}

bool HasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

}  // namespace

std::expected<bool, WireFault> ChunkedDecoder::Feed(std::string_view& bytes, std::string& body) {
  while (where_ != Where::kDone && !bytes.empty()) {
    const auto taken = where_ == Where::kData ? TakeData(bytes, body) : TakeLine(bytes);
    if (!taken) return std::unexpected(taken.error());
  }
  return where_ == Where::kDone;
}

std::expected<void, WireFault> ChunkedDecoder::TakeData(std::string_view& bytes, std::string& body) {
  const size_t count = std::min(left_, bytes.size());
  body.append(bytes.substr(0, count));
  bytes.remove_prefix(count);
  left_ -= count;
  if (left_ == 0) where_ = Where::kDataEnd;
  return {};
}

std::expected<void, WireFault> ChunkedDecoder::TakeLine(std::string_view& bytes) {
  const size_t end = bytes.find('\n');
  const std::string_view part = bytes.substr(0, end);
  if (line_.size() + part.size() > kMaxLine) return Refuse("A line of the chunked body is too long.");
  line_ += part;
  if (end == std::string_view::npos) {
    bytes = {};
    return {};
  }
  bytes.remove_prefix(end + 1);
  if (!line_.ends_with('\r')) return Refuse("A line of the chunked body does not end with CRLF.");
  line_.pop_back();
  if (HasControl(line_)) return Refuse("The chunked body has control characters.");
  auto read = where_ == Where::kSize      ? ReadSize()
              : where_ == Where::kTrailer ? ReadTrailer()
                                          : std::expected<void, WireFault>();
  if (where_ == Where::kDataEnd) {
    if (!line_.empty()) return Refuse("A chunk is longer than its size.");
    where_ = Where::kSize;
  } else if (where_ == Where::kSize) {
    where_ = left_ > 0 ? Where::kData : Where::kTrailer;
  }
  line_.clear();
  return read;
}

std::expected<void, WireFault> ChunkedDecoder::ReadSize() {
  const std::string_view digits = std::string_view(line_).substr(0, line_.find_first_of("; \t"));
  size_t size = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
  const bool blank = digits.size() < line_.size() && line_[digits.size()] != ';';
  if (digits.empty() || digits.size() > 8 || digits.front() == '-' || blank || error != std::errc() ||
      stop != digits.data() + digits.size()) {
    return Refuse("A chunk's size is malformed.");
  }
  body_size_ += size;
  if (body_size_ > limit_) return Refuse("The body is too large.", 413);
  left_ = size;
  return {};
}

std::expected<void, WireFault> ChunkedDecoder::ReadTrailer() {
  if (line_.empty()) {
    where_ = Where::kDone;
    return {};
  }
  trailer_size_ += line_.size();
  const size_t colon = line_.find(':');
  if (colon == std::string::npos || !IsToken(std::string_view(line_).substr(0, colon)))
    return Refuse("A trailer is malformed.");
  if (trailer_size_ > kMaxTrailers) return Refuse("The trailers are too large.", 431);
  return {};
}

}  // namespace migrateiq::http::detail
