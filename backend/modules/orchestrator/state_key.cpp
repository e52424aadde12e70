#include "modules/orchestrator/state_key.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>

namespace migrateiq {

namespace {

constexpr int kNonceBytes = 12;
constexpr int kTagBytes = 16;
constexpr char kFormat = 1;

std::unexpected<Error> SystemError(const std::string& path) {
  return Fail(codes::kStateKey, path + ": " + std::generic_category().message(errno));
}

struct File {
  int number = -1;
  ~File() {
    if (number >= 0) ::close(number);
  }
};

// The key appears under its name whole or not at all, and an existing one is never replaced.
Status CreateKeyFile(const std::string& path, size_t size) {
  std::string bytes(size, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size)) != 1) {
    return Fail(codes::kStateKey, "no random numbers for a new key");
  }
  const std::string temporary = path + "." + std::to_string(::getpid());
  const File file{::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
  if (file.number < 0) return SystemError(temporary);
  const bool written =
      ::write(file.number, bytes.data(), size) == static_cast<ssize_t>(size) && ::fsync(file.number) == 0;
  const bool linked = written && (::link(temporary.c_str(), path.c_str()) == 0 || errno == EEXIST);
  const int error = errno;
  ::unlink(temporary.c_str());
  errno = error;
  return linked ? Status() : SystemError(path);
}

Status CheckMode(const File& file, const std::string& path) {
  struct stat status {};
  if (::fstat(file.number, &status) != 0) return SystemError(path);
  if ((status.st_mode & 077) == 0) return {};
  return Fail(Error(codes::kStateKey, path + " can be read by others").Fix("chmod 600 " + path));
}

struct CipherFree {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, CipherFree>;

const unsigned char* Bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

Result<StateKey> StateKey::Load(const std::string& folder, bool must_exist) {
  const std::string path = folder + "/key";
  StateKey key;
  if (!must_exist && ::access(path.c_str(), F_OK) != 0) MIQ_TRY(CreateKeyFile(path, key.bytes_.size()));
  const File file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.number < 0) return SystemError(path);
  MIQ_TRY(CheckMode(file, path));
  if (::read(file.number, key.bytes_.data(), key.bytes_.size()) != static_cast<ssize_t>(key.bytes_.size())) {
    return Fail(codes::kStateKey, path + " is not a key");
  }
  return key;
}

Result<std::string> StateKey::Seal(std::string_view plain, std::string_view context) const {
  std::string sealed(1 + kNonceBytes + plain.size() + kTagBytes, kFormat);
  unsigned char* nonce = Bytes(sealed) + 1;
  unsigned char* text = nonce + kNonceBytes;
  const Cipher cipher(EVP_CIPHER_CTX_new());
  int size = 0;
  const bool done =
      cipher && RAND_bytes(nonce, kNonceBytes) == 1 &&
      EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_.data(), nonce) == 1 &&
      EVP_EncryptUpdate(cipher.get(), nullptr, &size, Bytes(context), static_cast<int>(context.size())) == 1 &&
      EVP_EncryptUpdate(cipher.get(), text, &size, Bytes(plain), static_cast<int>(plain.size())) == 1 &&
      EVP_EncryptFinal_ex(cipher.get(), text + size, &size) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, text + plain.size()) == 1;
  if (!done) return Fail(codes::kStateKey, "encryption failed");
  return sealed;
}

Result<std::string> StateKey::Open(std::string_view sealed, std::string_view context) const {
  if (sealed.size() < 1 + kNonceBytes + kTagBytes || sealed[0] != kFormat) {
    return Fail(codes::kStateKey, "the encrypted value is damaged");
  }
  const std::string_view nonce = sealed.substr(1, kNonceBytes);
  const std::string_view text = sealed.substr(1 + kNonceBytes, sealed.size() - 1 - kNonceBytes - kTagBytes);
  std::string tag(sealed.substr(sealed.size() - kTagBytes));
  std::string plain(text.size() + 1, '\0');
  const Cipher cipher(EVP_CIPHER_CTX_new());
  int size = 0;
  const bool done =
      cipher && EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_.data(), Bytes(nonce)) == 1 &&
      EVP_DecryptUpdate(cipher.get(), nullptr, &size, Bytes(context), static_cast<int>(context.size())) == 1 &&
      EVP_DecryptUpdate(cipher.get(), Bytes(plain), &size, Bytes(text), static_cast<int>(text.size())) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(cipher.get(), Bytes(plain) + size, &size) == 1;
  if (!done) return Fail(codes::kStateKey, "the key does not fit the encrypted value, or the value is damaged");
  plain.resize(text.size());
  return plain;
}

}  // namespace migrateiq
