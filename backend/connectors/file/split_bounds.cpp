#include "connectors/file/split_bounds.hpp"

#include <fmt/format.h>

#include <charconv>

namespace migrateiq::file {

namespace {

/// Takes "name=value " from the front.
std::optional<std::string_view> Take(std::string_view& text, std::string_view name) {
  if (!text.starts_with(name) || text.size() <= name.size() || text[name.size()] != '=') return std::nullopt;
  text.remove_prefix(name.size() + 1);
  const size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const std::string_view value = text.substr(0, blank);
  text.remove_prefix(blank + 1);
  return value;
}

template <class T>
bool TakeNumber(std::string_view& text, std::string_view name, T& number, int base = 10) {
  const std::optional<std::string_view> value = Take(text, name);
  if (!value) return false;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number, base);
  return error == std::errc() && end == value->data() + value->size();
}

}  // namespace

std::string ToText(const SplitBounds& bounds) {
  return fmt::format("begin={} end={} line={} size={} mtime={} hash={:016x} layout={} file={}", bounds.begin,
                     bounds.end, bounds.line, bounds.identity.size, bounds.identity.mtime_ns, bounds.identity.hash,
                     bounds.layout, bounds.file);
}

std::optional<SplitBounds> ParseBounds(std::string_view text) {
  SplitBounds bounds;
  const bool numbers = TakeNumber(text, "begin", bounds.begin) && TakeNumber(text, "end", bounds.end) &&
                       TakeNumber(text, "line", bounds.line) && TakeNumber(text, "size", bounds.identity.size) &&
                       TakeNumber(text, "mtime", bounds.identity.mtime_ns) &&
                       TakeNumber(text, "hash", bounds.identity.hash, 16);
  const std::optional<std::string_view> layout = numbers ? Take(text, "layout") : std::nullopt;
  if (!layout || !text.starts_with("file=") || bounds.begin > bounds.end) return std::nullopt;
  bounds.layout = *layout;
  bounds.file = text.substr(5);
  return bounds;
}

}  // namespace migrateiq::file
