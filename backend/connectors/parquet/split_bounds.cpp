#include "connectors/parquet/split_bounds.hpp"

#include <fmt/format.h>

#include <charconv>

namespace migrateiq::parquet {

namespace {

template <class T>
bool TakeNumber(std::string_view& text, T& value, int base = 10) {
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (failed != std::errc() || end == text.data() + text.size() || *end != ' ') return false;
  text.remove_prefix(static_cast<size_t>(end - text.data()) + 1);
  return true;
}

}  // namespace

std::string SplitBounds::ToText() const {
  return fmt::format("{} {} {} {} {:x} {}", first, end, identity.size, identity.mtime_ns, identity.hash, file.string());
}

std::optional<SplitBounds> SplitBounds::Parse(std::string_view text) {
  SplitBounds bounds;
  const bool read = TakeNumber(text, bounds.first) && TakeNumber(text, bounds.end) &&
                    TakeNumber(text, bounds.identity.size) && TakeNumber(text, bounds.identity.mtime_ns) &&
                    TakeNumber(text, bounds.identity.hash, 16);
  bounds.file = text;
  return read ? std::optional(std::move(bounds)) : std::nullopt;
}

std::vector<Split> SplitFile(const std::filesystem::path& file, const files::FileIdentity& identity,
                             const std::vector<RowGroup>& groups, const SplitOptions& options) {
  std::vector<Split> splits;
  SplitBounds bounds{.file = file, .identity = identity};
  int64_t bytes = 0;
  for (size_t i = 0; i < groups.size(); ++i) {
    bounds.end += groups[i].rows;
    bytes += groups[i].bytes;
    const int64_t rows = bounds.end - bounds.first;
    const bool full = options.target_rows > 0 ? rows >= options.target_rows : bytes >= options.target_bytes;
    if (!full && i + 1 < groups.size()) continue;
    splits.push_back({bounds.ToText(), rows, bytes});
    bounds.first = bounds.end;
    bytes = 0;
  }
  if (splits.empty()) splits.push_back({bounds.ToText(), 0, 0});
  return splits;
}

}  // namespace migrateiq::parquet
