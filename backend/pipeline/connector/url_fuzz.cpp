#include <cstdint>
#include <cstdlib>

#include "pipeline/connector/url.hpp"

/// Any text is split or refused; what is split reads back from its redacted form with the same address and path.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto& [begin, end] : migrateiq::SecretSpans(text)) {
    if (begin >= end || end > size) std::abort();
  }
  const auto url = migrateiq::ParseUrl(text, migrateiq::Secrets::kRefuse);
  if (!url || url->host.find(',') != std::string::npos) return 0;
  const auto again = migrateiq::ParseUrl(url->redacted, migrateiq::Secrets::kRefuse);
  if (again && (again->scheme != url->scheme || again->host != url->host || again->path != url->path)) std::abort();
  return 0;
}
