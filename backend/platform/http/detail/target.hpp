#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The target of a request line, decoded once and for all: what handlers see has no escapes and no dot segments.
namespace migrateiq::http::detail {

struct Target {
  std::string path;                                        ///< begins with /; no "//", no "." or ".." segment
  std::vector<std::pair<std::string, std::string>> query;  ///< in order; + is a space
  std::string authority;                                   ///< of an absolute target, else empty
};

/// Origin form ("/a?b=c") or absolute form ("http://host/a"). Nothing for anything else, bad escapes, text that is not
/// UTF-8, control characters, an escaped slash or backslash (other programs on the way read those differently), a path
/// that leads above the root, or more than 100 query members.
std::optional<Target> DecodeTarget(std::string_view target);

/// %XX decoded; nothing when an escape is broken or the text is not UTF-8 or has control characters.
std::optional<std::string> DecodePercent(std::string_view text, bool plus_is_space);

bool IsUtf8(std::string_view text);

}  // namespace migrateiq::http::detail
