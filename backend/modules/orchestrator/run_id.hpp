#pragma once

#include <string>
#include <string_view>

namespace migrateiq {

/// "20261122-223305-k3f9": the UTC second and four random characters; sorts by time.
std::string NewRunId();
/// True for text that NewRunId could have made; such text is safe as a file name.
bool IsRunId(std::string_view text);
/// Now as RFC 3339 in UTC: "2026-11-22T22:33:05Z".
std::string UtcNow();

}  // namespace migrateiq
