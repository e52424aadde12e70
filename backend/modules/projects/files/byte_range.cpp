#include "modules/projects/files/byte_range.hpp"

#include <algorithm>
#include <charconv>

namespace migrateiq::projects {

namespace {

std::optional<uint64_t> Number(std::string_view text) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

RangeAnswer ReadRange(std::string_view header, uint64_t size) {
  constexpr std::string_view kUnit = "bytes=";
  if (!header.starts_with(kUnit)) return {};
  header.remove_prefix(kUnit.size());
  const size_t dash = header.find('-');
  if (dash == header.npos || header.contains(',')) return {};
  const auto first = Number(header.substr(0, dash)), last = Number(header.substr(dash + 1));
  const bool suffix = dash == 0;
  if (suffix) {
    if (!last) return {};
    const uint64_t count = std::min(*last, size);
    return count == 0 ? RangeAnswer{false, {}} : RangeAnswer{true, ByteRange{size - count, count}};
  }
  const bool open = dash + 1 == header.size();
  if (!first || (!open && !last) || (last && *last < *first)) return {};
  if (*first >= size) return {false, {}};
  const uint64_t end = last ? std::min(*last, size - 1) : size - 1;
  return {true, ByteRange{*first, end - *first + 1}};
}

}  // namespace migrateiq::projects
