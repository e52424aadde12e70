#include "modules/orchestrator/joined.hpp"

#include <algorithm>
#include <cstdlib>

#include "pipeline/batch/text.hpp"

namespace migrateiq {

// The length of the first in front.
std::string Joined(const std::string& first, const std::string& second) {
  return std::to_string(first.size()) + "\n" + first + second;
}

std::pair<std::string, std::string> Parted(const std::string& joined) {
  const size_t newline = std::min(joined.find('\n'), joined.size());
  const size_t size = std::strtoull(joined.c_str(), nullptr, 10);
  const std::string rest = joined.substr(std::min(newline + 1, joined.size()));
  return {rest.substr(0, size), rest.substr(std::min(size, rest.size()))};
}

std::string Printable(const std::string& text) {
  std::string printable;
  std::string_view rest = text;
  while (!rest.empty()) {
    const size_t bad = std::min({rest.find('\0'), text::FindInvalidUtf8(rest), rest.size()});
    printable += rest.substr(0, bad);
    if (bad < rest.size()) {
      printable += "\\x";
      text::AppendHex(printable, rest.substr(bad, 1));
    }
    rest.remove_prefix(std::min(bad + 1, rest.size()));
  }
  return printable;
}

}  // namespace migrateiq
