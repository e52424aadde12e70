#include "platform/secrets/aead.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>

#include "base/errors/server.hpp"
#include "base/random.hpp"

namespace migrateiq::secrets {

namespace {

constexpr size_t kNonceBytes = 12, kTagBytes = 16;

struct CipherFree {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, CipherFree>;

const unsigned char* Bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
int Size(std::string_view text) { return static_cast<int>(text.size()); }

}  // namespace

Key::Key(std::string_view bytes) : bytes_{} {
  std::copy_n(bytes.begin(), std::min(bytes.size(), kSize), bytes_.begin());
}
Key::~Key() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

Key Key::Random() {
  std::string bytes = RandomBytes(kSize);
  Key key(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return key;
}

Result<std::string> SealBytes(const Key& key, std::string_view plain, std::string_view authenticated) {
  std::string sealed = RandomBytes(kNonceBytes);
  sealed.resize(kNonceBytes + plain.size() + kTagBytes);
  unsigned char* text = Bytes(sealed) + kNonceBytes;
  const Cipher cipher(EVP_CIPHER_CTX_new());
  int size = 0;
  const bool done = cipher &&
                    EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), Bytes(sealed)) == 1 &&
                    EVP_EncryptUpdate(cipher.get(), nullptr, &size, Bytes(authenticated), Size(authenticated)) == 1 &&
                    EVP_EncryptUpdate(cipher.get(), text, &size, Bytes(plain), Size(plain)) == 1 &&
                    EVP_EncryptFinal_ex(cipher.get(), text + size, &size) == 1 &&
                    EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, text + plain.size()) == 1;
  if (!done) return Fail(codes::kSecretOpen, "encryption failed");
  return sealed;
}

Result<std::string> OpenBytes(const Key& key, std::string_view sealed, std::string_view authenticated) {
  if (sealed.size() < kNonceBytes + kTagBytes) return Fail(codes::kSecretOpen, "the sealed value is damaged");
  const std::string_view text = sealed.substr(kNonceBytes, sealed.size() - kNonceBytes - kTagBytes);
  std::string tag(sealed.substr(sealed.size() - kTagBytes));
  std::string plain(text.size() + 1, '\0');
  const Cipher cipher(EVP_CIPHER_CTX_new());
  int size = 0;
  const bool done = cipher &&
                    EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), Bytes(sealed)) == 1 &&
                    EVP_DecryptUpdate(cipher.get(), nullptr, &size, Bytes(authenticated), Size(authenticated)) == 1 &&
                    EVP_DecryptUpdate(cipher.get(), Bytes(plain), &size, Bytes(text), Size(text)) == 1 &&
                    EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()) == 1 &&
                    EVP_DecryptFinal_ex(cipher.get(), Bytes(plain) + size, &size) == 1;
  if (!done)
    return Fail(codes::kSecretOpen, "the key does not fit the sealed value, or the value was moved or damaged");
  plain.resize(text.size());
  return plain;
}

}  // namespace migrateiq::secrets
