#include "platform/http/detail/certificate.hpp"

#include <openssl/ssl.h>
#include <spdlog/spdlog.h>

#include <string_view>

#include "base/errors/server.hpp"

namespace migrateiq::http::detail {
namespace {

namespace ssl = boost::asio::ssl;
using ErrorCode = boost::system::error_code;

/// Chooses http/1.1 when the client offers it; a client that offers only other protocols goes without.
int ChooseProtocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                   unsigned int offered_size, void*) {
  static constexpr std::string_view kOurs = "\x08http/1.1";
  unsigned char* found = nullptr;
  const int result = SSL_select_next_proto(&found, size, reinterpret_cast<const unsigned char*>(kOurs.data()),
                                           static_cast<unsigned int>(kOurs.size()), offered, offered_size);
  *chosen = found;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

Result<std::unique_ptr<ssl::context>> MakeContext(const std::string& certificate_file, const std::string& key_file) {
  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  SSL_CTX* native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_3_VERSION);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(native, &ChooseProtocol, nullptr);
  ErrorCode error;
  context->use_certificate_chain_file(certificate_file, error);
  if (error)
    return Fail(codes::kServerTls, "the certificate " + certificate_file + " cannot be read: " + error.message());
  context->use_private_key_file(key_file, ssl::context::pem, error);
  if (error)
    return Fail(codes::kServerTls,
                "the key " + key_file + " cannot be read or is not the certificate's: " + error.message());
  return context;
}

std::filesystem::file_time_type ChangedAt(const std::string& file) {
  std::error_code ignored;
  return std::filesystem::last_write_time(file, ignored);
}

}  // namespace

Result<Certificate> Certificate::Load(const std::string& certificate_file, const std::string& key_file) {
  Certificate certificate;
  certificate.certificate_file_ = certificate_file;
  certificate.key_file_ = key_file;
  certificate.loaded_ = certificate.Now();
  MIQ_ASSIGN(certificate.context_, MakeContext(certificate_file, key_file));
  return certificate;
}

Certificate::Stamp Certificate::Now() const { return {ChangedAt(certificate_file_), ChangedAt(key_file_)}; }

void Certificate::Refresh() {
  const Stamp now = Now();
  if (now == loaded_) return;
  auto context = MakeContext(certificate_file_, key_file_);
  loaded_ = now;
  if (!context) {
    spdlog::error("The new certificate is not used: {}", context.error().ToString());
    return;
  }
  context_ = std::move(*context);
  spdlog::info("The certificate was read again");
}

}  // namespace migrateiq::http::detail
