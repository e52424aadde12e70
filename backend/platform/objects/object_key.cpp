#include "platform/objects/object_key.hpp"

#include <algorithm>
#include <cctype>

#include "base/errors/server.hpp"

namespace migrateiq::objects {

namespace {

constexpr size_t kLongestKey = 1024, kLongestPart = 200;

bool IsAllowed(unsigned char letter) {
  return letter < 0x80 && (std::isalnum(letter) != 0 || letter == '.' || letter == '_' || letter == '-');
}

bool IsPart(std::string_view part) {
  return !part.empty() && part.size() <= kLongestPart && part != "." && part != ".." &&
         std::ranges::all_of(part, IsAllowed);
}

}  // namespace

Result<std::vector<std::string>> KeyParts(std::string_view key) {
  std::vector<std::string> parts;
  for (std::string_view rest = key; key.size() <= kLongestKey;) {
    const size_t slash = std::min(rest.find('/'), rest.size());
    if (!IsPart(rest.substr(0, slash))) break;
    parts.emplace_back(rest.substr(0, slash));
    if (slash == rest.size()) return parts;
    rest.remove_prefix(slash + 1);
  }
  return Fail(codes::kObjectKey, "a file's name is empty, too long, or has what is not allowed");
}

}  // namespace migrateiq::objects
