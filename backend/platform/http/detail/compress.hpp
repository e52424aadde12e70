#pragma once

#include <string>
#include <string_view>

#include "platform/http/message.hpp"

namespace migrateiq::http::detail {

/// Gzips the body, or wraps the stream, when the client takes it, the type is worth it and there is more than 1 KiB.
/// Never: ranges, answers with Set-Cookie or their own Content-Encoding. To be called on a worker thread.
void Compress(const Request& request, Response& response);

std::string Gzip(std::string_view bytes, int level);
/// Does Accept-Encoding take `coding` (q above 0)?
bool AcceptsCoding(const Headers& headers, std::string_view coding);
/// Text, JSON, scripts, SVG, WASM: not what is compressed already.
bool IsCompressible(std::string_view content_type);

}  // namespace migrateiq::http::detail
