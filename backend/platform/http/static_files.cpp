#include "platform/http/static_files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/encoding.hpp"
#include "base/errors/server.hpp"
#include "base/random.hpp"
#include "platform/http/detail/compress.hpp"

namespace migrateiq::http {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxTotal = 256UL << 20;
constexpr int kBestLevel = 9;
/// Of a script as a service worker or worker: it asks this server, and loads its scripts, and nothing else. Where it is
/// part of a page the page's own policy counts.
constexpr const char* kScriptPolicy =
    "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action "
    "'none'";
constexpr std::string_view kNonceMark = "__CSP_NONCE__", kIndex = "/index.html", kPackMark = "MIQWEB1\n";

constexpr auto kTypes = std::to_array<std::pair<std::string_view, std::string_view>>({
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".wasm", "application/wasm"},
    {".txt", "text/plain; charset=utf-8"},
});

std::string TypeOf(const fs::path& path) {
  const std::string extension = path.extension();
  const auto* found =
      std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& row) { return row.first == extension; });
  return std::string(found == kTypes.end() ? "application/octet-stream" : found->second);
}

/// "assets/name-Ab3dE9x_.js": a build gives a changed file another name.
bool HasHashedName(std::string_view path) {
  if (!path.starts_with("/assets/")) return false;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const size_t dash = name.find('-');
  const size_t dot = name.rfind('.');
  return dash != std::string_view::npos && dot != std::string_view::npos && dot >= dash + 9;
}

std::string ReadAll(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Names beginning with a dot are nobody's business; links may lead anywhere.
bool IsServed(const fs::path& relative) {
  return std::none_of(relative.begin(), relative.end(),
                      [](const fs::path& part) { return part.string().starts_with('.'); });
}

using Contents = std::map<std::string, std::string, std::less<>>;

Result<Contents> ReadFolder(const fs::path& folder) {
  Contents contents;
  size_t total = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const fs::path relative = at->path().lexically_relative(folder);
    if (at->is_symlink() || !at->is_regular_file() || !IsServed(relative)) continue;
    std::string& content = contents["/" + relative.generic_string()] = ReadAll(at->path());
    total += content.size();
    if (total > kMaxTotal)
      return Fail(codes::kSettingValue,
                  "server.web_folder: " + folder.string() + " holds more than 256 MiB: it is not a built web app");
  }
  if (error || !contents.contains(kIndex))
    return Fail(codes::kSettingValue, "server.web_folder: " + folder.string() + " has no index.html");
  return contents;
}

/// Takes `size` bytes from the front of `rest`; nothing when there are fewer.
std::optional<std::string_view> Take(std::string_view& rest, size_t size) {
  if (rest.size() < size) return std::nullopt;
  const std::string_view taken = rest.substr(0, size);
  rest.remove_prefix(size);
  return taken;
}

std::optional<size_t> TakeLength(std::string_view& rest) {
  const auto bytes = Take(rest, 4);
  if (!bytes) return std::nullopt;
  size_t length = 0;
  for (size_t at = 4; at-- > 0;) length = length << 8 | static_cast<unsigned char>((*bytes)[at]);
  return length;
}

/// Nothing when it is not whole.
std::optional<Contents> Unpack(std::string_view pack) {
  if (Take(pack, kPackMark.size()) != kPackMark) return std::nullopt;
  Contents contents;
  while (!pack.empty()) {
    const auto name_length = TakeLength(pack), content_length = TakeLength(pack);
    if (!name_length || !content_length) return std::nullopt;
    const auto name = Take(pack, *name_length), content = Take(pack, *content_length);
    if (!name || !content) return std::nullopt;
    contents["/" + std::string(*name)] = *content;
  }
  return contents;
}

bool WantsPage(const Request& request) {
  const auto accept = request.headers.Get("accept");
  const bool html =
      !accept || accept->find("text/html") != std::string_view::npos || accept->find("*/*") != std::string_view::npos;
  return html && request.path.find("/.") == std::string::npos &&
         request.path.find('.', request.path.rfind('/')) == std::string::npos;
}

}  // namespace

Result<StaticFiles> StaticFiles::Load(const std::string& folder) {
  MIQ_ASSIGN(const Contents contents, ReadFolder(folder));
  return From(contents);
}

Result<StaticFiles> StaticFiles::FromPack(std::string_view pack) {
  const auto contents = Unpack(pack);
  if (!contents || !contents->contains(kIndex)) return Fail(codes::kSettingValue, "this is no packed web app");
  return From(*contents);
}

StaticFiles StaticFiles::From(const Contents& contents) {
  StaticFiles files;
  const auto beside = [&](const std::string& path) {
    const auto found = contents.find(path);
    return found == contents.end() ? std::string() : found->second;
  };
  for (const auto& [path, content] : contents) {
    const bool packed = path.ends_with(".gz") || path.ends_with(".br");
    if (packed && contents.contains(path.substr(0, path.size() - 3))) continue;
    File& file = files.files_[path];
    file.type = TypeOf(path);
    file.immutable = HasHashedName(path);
    file.etag = "W/\"" + ToBase64Url(Sha256(content)).substr(0, 27) + '"';
    file.brotli = beside(path + ".br");
    file.gzip = beside(path + ".gz");
    if (file.gzip.empty() && path != kIndex && content.size() > 1024 && detail::IsCompressible(file.type)) {
      file.gzip = detail::Gzip(content, kBestLevel);
    }
    file.content = content;
  }
  return files;
}

std::optional<Response> StaticFiles::Find(const Request& request) const {
  const bool reads = request.method == Method::kGet || request.method == Method::kHead;
  if (!reads || request.path.starts_with("/api/")) return std::nullopt;
  const auto found = files_.find(request.path);
  if (found != files_.end() && found->first != kIndex) return Serve(found->second, request);
  if (found != files_.end() || WantsPage(request)) return Index();
  return std::nullopt;
}

Response StaticFiles::Serve(const File& file, const Request& request) {
  Response response;
  response.content_type = file.type;
  response.headers.Set("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  response.headers.Set("ETag", file.etag);
  if (file.type.starts_with("text/javascript")) response.headers.Set("Content-Security-Policy", kScriptPolicy);
  if (!file.gzip.empty() || !file.brotli.empty()) response.headers.Set("Vary", "Accept-Encoding");
  const std::string* body = &file.content;
  if (!file.brotli.empty() && detail::AcceptsCoding(request.headers, "br")) {
    body = &file.brotli;
    response.headers.Set("Content-Encoding", "br");
  } else if (!file.gzip.empty() && detail::AcceptsCoding(request.headers, "gzip")) {
    body = &file.gzip;
    response.headers.Set("Content-Encoding", "gzip");
  }
  response.body = *body;
  return response;
}

/// The page, with a nonce of its own; never kept by caches.
Response StaticFiles::Index() const {
  const File& file = files_.find(kIndex)->second;
  const std::string nonce = RandomToken(16);
  Response response;
  response.content_type = file.type;
  std::string_view rest = file.content;
  for (size_t at = rest.find(kNonceMark); at != std::string_view::npos; at = rest.find(kNonceMark)) {
    (response.body += rest.substr(0, at)) += nonce;
    rest.remove_prefix(at + kNonceMark.size());
  }
  response.body += rest;
  response.headers.Set("Cache-Control", "no-store");
  response.headers.Set("Content-Security-Policy", PagePolicy(nonce));
  return response;
}

std::string PagePolicy(std::string_view nonce) {
  const std::string own = nonce.empty() ? "'self'" : "'self' 'nonce-" + std::string(nonce) + "'";
  return "default-src 'self'; script-src " + own + "; style-src " + own +
         "; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src "
         "'self'; "
         "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}

}  // namespace migrateiq::http
