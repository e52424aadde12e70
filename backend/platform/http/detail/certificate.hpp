#pragma once

#include <boost/asio/ssl/context.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "base/error.hpp"

namespace migrateiq::http::detail {

/// The server's certificate and key, and the TLS context made of them: TLS 1.3 only, HTTP/1.1 by ALPN. Not thread-safe.
class Certificate {
 public:
  /// Errors: kServerTls.
  static Result<Certificate> Load(const std::string& certificate_file, const std::string& key_file);
  boost::asio::ssl::context& context() { return *context_; }
  /// Reads the files again when one of them changed. A pair that does not work is logged and the old one stays.
  void Refresh();

 private:
  using Stamp = std::pair<std::filesystem::file_time_type, std::filesystem::file_time_type>;
  Stamp Now() const;

  std::string certificate_file_, key_file_;
  Stamp loaded_;
  /// Connections keep the context they began with (OpenSSL counts it).
  std::unique_ptr<boost::asio::ssl::context> context_;
};

}  // namespace migrateiq::http::detail
