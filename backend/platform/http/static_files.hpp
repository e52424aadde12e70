#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "platform/http/message.hpp"

namespace migrateiq::http {

/// The built web app. All of it is read into memory at the start: only what was in the folder then is ever served, so
/// that no path leads anywhere else. Symbolic links and hidden files are left out.
///
/// A file with hashed name (assets/index-Ab3dE9x_.js) is cached for ever; others are asked for again with their ETag.
/// `X.br` and `X.gz` beside X are served to who takes them; what is worth it is gzipped here otherwise. In index.html
/// every `__CSP_NONCE__` becomes the nonce of the response's Content-Security-Policy. Scripts have a policy of their
/// own, with which they may be workers.
class StaticFiles {
 public:
  /// Errors: kSettingValue when the folder has no index.html, or more than 256 MiB.
  static Result<StaticFiles> Load(const std::string& folder);
  /// The same from one block of bytes, as frontend/scripts/pack.mjs writes it: "MIQWEB1\n", then for each file the
  /// lengths of its path and its content (32 bits, little-endian) and both. Errors: kSettingValue when it is no pack.
  static Result<StaticFiles> FromPack(std::string_view pack);
  /// The file; index.html for a path of the app itself (no dot in its last part, and the client takes HTML). Nothing
  /// for other methods than GET and HEAD, for paths under /api/, and for files that are not there.
  std::optional<Response> Find(const Request& request) const;

 private:
  struct File {
    std::string content, gzip, brotli, type, etag;
    bool immutable = false;
  };
  using Contents = std::map<std::string, std::string, std::less<>>;  ///< by path, with the slash
  static StaticFiles From(const Contents& contents);
  static Response Serve(const File& file, const Request& request);
  Response Index() const;

  std::map<std::string, File, std::less<>> files_;  ///< by path, with the slash
};

/// The policy for pages; `nonce` may be empty.
std::string PagePolicy(std::string_view nonce);

}  // namespace migrateiq::http
