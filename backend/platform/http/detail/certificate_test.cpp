#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "platform/http/server.hpp"

namespace migrateiq::http {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Paper = std::unique_ptr<X509, decltype(&X509_free)>;

/// Writes a certificate that signs itself, and its key.
void WriteCertificate(const std::string& name, const std::string& certificate_file, const std::string& key_file) {
  const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  const Paper paper(X509_new(), &X509_free);
  ASN1_INTEGER_set(X509_get_serialNumber(paper.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(paper.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(paper.get()), 3600);
  X509_set_pubkey(paper.get(), key.get());
  X509_NAME* subject = X509_get_subject_name(paper.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1,
                             0);
  X509_set_issuer_name(paper.get(), subject);
  X509_sign(paper.get(), key.get(), EVP_sha256());
  FILE* file = fopen(certificate_file.c_str(), "w");
  PEM_write_X509(file, paper.get());
  fclose(file);
  file = fopen(key_file.c_str(), "w");
  PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  fclose(file);
}

/// A TLS client; `most` is the highest version it speaks.
class TlsClient {
 public:
  TlsClient(uint16_t port, int most)
      : context_(SSL_CTX_new(TLS_client_method())), socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    SSL_CTX_set_max_proto_version(context_, most);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
    ssl_ = SSL_new(context_);
    SSL_set_fd(ssl_, socket_);
    connected_ = SSL_connect(ssl_) == 1;
  }
  ~TlsClient() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
    close(socket_);
  }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  bool connected() const { return connected_; }
  std::string version() const { return SSL_get_version(ssl_); }
  std::string Name() const {
    const Paper paper(SSL_get1_peer_certificate(ssl_), &X509_free);
    char name[100] = "";
    if (paper) X509_NAME_get_text_by_NID(X509_get_subject_name(paper.get()), NID_commonName, name, sizeof name);
    return name;
  }
  std::string Ask(const std::string& request) {
    SSL_write(ssl_, request.data(), static_cast<int>(request.size()));
    std::string all;
    char bytes[4096];
    for (int count = 1; count > 0;) {
      count = SSL_read(ssl_, bytes, sizeof bytes);
      if (count > 0) all.append(bytes, static_cast<size_t>(count));
    }
    return all;
  }

 private:
  SSL_CTX* context_;
  int socket_;
  SSL* ssl_ = nullptr;
  bool connected_ = false;
};

class CertificateTest : public testing::Test {
 protected:
  void SetUp() override {
    char pattern[] = "/tmp/miq-certificate-XXXXXX";
    folder_ = mkdtemp(pattern);
    certificate_ = folder_ + "/tls.crt";
    key_ = folder_ + "/tls.key";
    WriteCertificate("first", certificate_, key_);
    auto server = Server::Start({.port = 0, .certificate_file = certificate_, .key_file = key_, .worker_threads = 1},
                                {.handle =
                                     [](const Request& request) {
                                       Response response;
                                       response.body = request.secure ? "secure" : "plain";
                                       return response;
                                     },
                                 .body_limit = nullptr,
                                 .upgrade = nullptr});
    ASSERT_TRUE(server) << server.error().ToString();
    server_ = std::move(*server);
  }
  void TearDown() override {
    server_.reset();
    std::filesystem::remove_all(folder_);
  }
  std::string NameNow() { return TlsClient(server_->port(), TLS1_3_VERSION).Name(); }

  std::string folder_, certificate_, key_;
  std::unique_ptr<Server> server_;
};

TEST_F(CertificateTest, OnlyTls13) {
  EXPECT_TRUE(server_->secure());
  TlsClient client(server_->port(), TLS1_3_VERSION);
  ASSERT_TRUE(client.connected());
  EXPECT_EQ(client.version(), "TLSv1.3");
  const std::string response = client.Ask("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(response.ends_with("secure")) << response;
  EXPECT_FALSE(TlsClient(server_->port(), TLS1_2_VERSION).connected());
}

TEST_F(CertificateTest, IsReadAgainWhenItChanges) {
  TlsClient old(server_->port(), TLS1_3_VERSION);
  std::ofstream(key_) << "broken";
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  EXPECT_EQ(NameNow(), "first");
  WriteCertificate("second", certificate_, key_);
  for (int i = 0; i < 50 && NameNow() != "second"; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(NameNow(), "second");
  EXPECT_TRUE(old.Ask("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").ends_with("secure"));
}

}  // namespace
}  // namespace migrateiq::http
