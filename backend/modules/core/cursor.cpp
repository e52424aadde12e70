#include "modules/core/cursor.hpp"

#include <charconv>
#include <limits>

#include "base/encoding.hpp"
#include "base/errors/api.hpp"
#include "modules/core/json_list.hpp"

namespace migrateiq::core {

std::string EncodeCursor(const std::vector<std::string>& parts) { return ToBase64Url(JsonListText(parts)); }

Result<std::vector<std::string>> DecodeCursor(std::string_view cursor, size_t parts) {
  const auto text = FromBase64Url(cursor);
  std::vector<std::string> values = text ? ParseJsonList(*text) : std::vector<std::string>();
  bool whole = values.size() == parts;
  for (const std::string& value : values) whole = whole && value.find('\0') == value.npos;
  if (!whole) return Fail(codes::kApiCursor, "the cursor is not one of this list");
  return values;
}

Result<MomentCursor> ReadMomentCursor(const std::string& cursor, bool descending) {
  if (cursor.empty()) return MomentCursor{descending ? std::numeric_limits<int64_t>::max() : 0, ""};
  MIQ_ASSIGN(const auto parts, DecodeCursor(cursor, 2));
  MomentCursor position{0, parts[1]};
  const char* end = parts[0].data() + parts[0].size();
  const auto [stop, fault] = std::from_chars(parts[0].data(), end, position.moment);
  if (fault != std::errc() || stop != end) return Fail(codes::kApiCursor, "the cursor is not one of this list");
  return position;
}

}  // namespace migrateiq::core
