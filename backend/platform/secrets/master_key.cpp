#include "platform/secrets/master_key.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <system_error>

#include "base/encoding.hpp"
#include "base/errors/server.hpp"
#include "base/random.hpp"

namespace migrateiq::secrets {

namespace {

constexpr std::string_view kFile = "file:", kEnvironment = "env:";

std::unexpected<Error> SystemError(const std::string& path) {
  return Fail(codes::kSecretKey, path + ": " + std::generic_category().message(errno));
}

struct File {
  int number = -1;
  ~File() {
    if (number >= 0) ::close(number);
  }
};

/// Wiped when it goes out of use.
struct SecretText {
  std::string text;
  ~SecretText() { OPENSSL_cleanse(text.data(), text.size()); }
};

MasterKey WithId(std::string_view bytes) {
  return {.key = Key(bytes), .id = ToHexText(HmacSha256(bytes, "migrateiq master key id").substr(0, 8))};
}

Status CheckFile(const File& file, const std::string& path) {
  struct stat status {};
  if (::fstat(file.number, &status) != 0) return SystemError(path);
  if (!S_ISREG(status.st_mode) || status.st_size != static_cast<off_t>(Key::kSize)) {
    return Fail(codes::kSecretKey, path + " does not have the 32 bytes of a key");
  }
  if ((status.st_mode & 077) == 0) return {};
  return Fail(Error(codes::kSecretKey, path + " can be read by others").Fix("chmod 600 " + path));
}

bool WriteDurably(const std::string& path, std::string_view bytes) {
  const File file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  return file.number >= 0 && ::write(file.number, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
         ::fsync(file.number) == 0;
}

/// Both alphabets of base64, with and without padding.
std::optional<std::string> Decode(std::string_view base64) {
  SecretText text{std::string(base64)};
  while (!text.text.empty() && (text.text.back() == '=' || text.text.back() == '\n')) text.text.pop_back();
  std::ranges::replace(text.text, '+', '-');
  std::ranges::replace(text.text, '/', '_');
  return FromBase64Url(text.text);
}

Result<MasterKey> LoadFromEnvironment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return Fail(codes::kSecretKey, "the environment has no " + name);
  const SecretText bytes{Decode(value).value_or("")};
  if (bytes.text.size() != Key::kSize) return Fail(codes::kSecretKey, name + " is not 32 bytes in base64");
  return WithId(bytes.text);
}

Result<MasterKey> LoadOne(std::string_view source, bool may_create) {
  if (source.starts_with(kEnvironment)) return LoadFromEnvironment(std::string(source.substr(kEnvironment.size())));
  if (!source.starts_with(kFile)) return Fail(codes::kSecretKey, "a master key is named by file:PATH or env:NAME");
  const std::string path(source.substr(kFile.size()));
  if (may_create) MIQ_TRY(CreateKeyFile(path));
  return LoadKeyFile(path);
}

}  // namespace

// The key appears under its name whole or not at all, and an existing one is never replaced.
Status CreateKeyFile(const std::string& path) {
  if (::access(path.c_str(), F_OK) == 0) return {};
  const SecretText bytes{RandomBytes(Key::kSize)};
  const std::string temporary = path + "." + RandomToken(6);
  const bool linked =
      WriteDurably(temporary, bytes.text) && (::link(temporary.c_str(), path.c_str()) == 0 || errno == EEXIST);
  const int error = errno;
  ::unlink(temporary.c_str());
  errno = error;
  return linked ? Status() : SystemError(path);
}

Result<MasterKey> LoadKeyFile(const std::string& path) {
  const File file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.number < 0) return SystemError(path);
  MIQ_TRY(CheckFile(file, path));
  SecretText bytes{std::string(Key::kSize, '\0')};
  if (::read(file.number, bytes.text.data(), Key::kSize) != static_cast<ssize_t>(Key::kSize)) return SystemError(path);
  return WithId(bytes.text);
}

Result<std::vector<MasterKey>> LoadMasterKeys(std::string_view setting, bool may_create) {
  std::vector<MasterKey> keys;
  std::optional<Error> failure;
  for (bool more = true; more;) {
    const size_t comma = std::min(setting.find(','), setting.size());
    Result<MasterKey> key = LoadOne(setting.substr(0, comma), may_create && keys.empty());
    if (key) keys.push_back(std::move(*key));
    if (!key && !failure) failure = key.error();
    more = comma < setting.size();
    setting.remove_prefix(std::min(comma + 1, setting.size()));
  }
  if (keys.empty()) return Fail(*failure);
  return keys;
}

}  // namespace migrateiq::secrets
