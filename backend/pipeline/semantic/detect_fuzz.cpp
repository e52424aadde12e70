#include <cstdint>
#include <cstdlib>

#include "pipeline/semantic/semantic.hpp"

/// Any bytes as name, table and values, parted by NUL: an answer comes, with a known kind and a confidence within its
/// limits.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::vector<std::string_view> parts;
  while (!rest.empty() && parts.size() < 40) {
    const size_t end = std::min(rest.find('\0'), rest.size());
    parts.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  parts.resize(std::max<size_t>(parts.size(), 2));
  const std::span<const std::string_view> values(parts.begin() + 2, parts.end());
  const auto guess = migrateiq::Detect(
      {.name = parts[0], .table = parts[1], .comment = parts[1], .values = values, .neighbours = values});
  if (guess && (migrateiq::FindSemanticKind(guess.kind) == nullptr || guess.confidence < 0.5)) std::abort();
  for (const auto& candidate : guess.candidates) {
    if (candidate.confidence < 0 || candidate.confidence > 1 || candidate.evidence.empty()) std::abort();
  }
  return 0;
}
