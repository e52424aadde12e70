#include <algorithm>
#include <charconv>
#include <sstream>

#include "base/errors/server.hpp"
#include "platform/objects/local_objects.hpp"

namespace migrateiq::objects::detail {

namespace {

constexpr std::string_view kFormat = "1";

/// It becomes a header one day.
std::string Harmless(const std::string& content_type) {
  const bool harmless = !content_type.empty() && content_type.size() <= 200 &&
                        std::ranges::all_of(content_type, [](char c) { return c >= ' ' && c <= '~'; });
  return harmless ? content_type : "application/octet-stream";
}

template <class Number>
bool Parse(const std::string& line, Number& number) {
  const char* end = line.data() + line.size();
  return std::from_chars(line.data(), end, number).ptr == end && !line.empty();
}

bool IsHex(const std::string& text) {
  return text.size() == 32 &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

std::string WritePointer(const Pointer& pointer) {
  std::ostringstream text;
  text << kFormat << '\n'
       << pointer.blob << '\n'
       << pointer.info.size << '\n'
       << pointer.info.etag << '\n'
       << pointer.info.modified << '\n'
       << Harmless(pointer.info.content_type) << '\n';
  return text.str();
}

Result<Pointer> ParsePointer(const std::string& key, const std::string& text) {
  std::istringstream lines(text);
  std::string format, size, modified;
  Pointer pointer;
  pointer.info.key = key;
  for (std::string* line : {&format, &pointer.blob, &size, &pointer.info.etag, &modified, &pointer.info.content_type})
    std::getline(lines, *line);
  const bool whole = lines && format == kFormat && IsHex(pointer.blob) && Parse(size, pointer.info.size) &&
                     Parse(modified, pointer.info.modified);
  if (!whole) return Fail(codes::kObjectStore, "the entry of " + key + " is damaged");
  return pointer;
}

}  // namespace migrateiq::objects::detail
