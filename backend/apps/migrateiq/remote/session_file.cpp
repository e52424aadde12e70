#include "apps/migrateiq/remote/session_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "apps/migrateiq/remote/json_members.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"

namespace migrateiq::cli {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr const char* kDefaultFile = "/default";

std::unexpected<Error> CannotUse(const std::string& path, int error) {
  return Fail(codes::kStateOpen, "'" + path + "': " + std::generic_category().message(error));
}

Result<std::optional<std::string>> Read(const std::string& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return std::nullopt;
  std::ifstream file(path);
  if (!file) return CannotUse(path, errno);
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

Status WriteOpen(int file, const std::string& path, const std::string& text) {
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int error = errno;
  const bool closed = ::close(file) == 0;
  return written && closed ? Status() : CannotUse(path, error);
}

/// Under another name first: nobody sees half a file.
Status Replace(const std::string& path, const std::string& text) {
  const std::string temporary = path + "." + std::to_string(::getpid());
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return CannotUse(temporary, errno);
  MIQ_TRY(WriteOpen(file, temporary, text));
  return std::rename(temporary.c_str(), path.c_str()) == 0 ? Status() : CannotUse(path, errno);
}

std::string ToText(const ServerSession& session) {
  return JsonText(json::object{{"server", session.server},
                               {"email", session.email},
                               {"access_token", session.access_token},
                               {"refresh_token", session.refresh_token},
                               {"expires_at", session.expires_at},
                               {"api_key", session.api_key},
                               {"ca_file", session.ca_file}});
}

Result<ServerSession> FromText(const std::string& text, const std::string& path) {
  boost::system::error_code error;
  const json::value value = json::parse(text, error);
  if (error || !value.is_object())
    return Fail(
        Error(codes::kStateOpen, "'" + path + "' is damaged").Fix("Sign in again: migrateiq login --server URL"));
  const json::object& in = value.get_object();
  return ServerSession{.server = TextIn(in, "server"),
                       .email = TextIn(in, "email"),
                       .access_token = TextIn(in, "access_token"),
                       .refresh_token = TextIn(in, "refresh_token"),
                       .expires_at = NumberIn(in, "expires_at"),
                       .api_key = TextIn(in, "api_key"),
                       .ca_file = TextIn(in, "ca_file")};
}

}  // namespace

SessionLock::~SessionLock() {
  if (file_ >= 0) ::close(file_);
}

/// Letters, digits, dot and hyphen stand for themselves, every other byte as `_` and two digits.
std::string SessionFiles::FileOf(const std::string& server) const {
  std::string name;
  for (const char c : server) {
    const auto byte = static_cast<unsigned char>(c);
    char escaped[4] = {c, 0, 0, 0};
    if (std::isalnum(byte) == 0 && c != '.' && c != '-') std::snprintf(escaped, sizeof escaped, "_%02x", byte);
    name += escaped;
  }
  return folder_ + "/" + name + ".json";
}

Status SessionFiles::MakeFolder() const {
  std::error_code error;
  fs::create_directories(fs::path(folder_).parent_path(), error);
  if (error) return CannotUse(folder_, error.value());
  if (::mkdir(folder_.c_str(), 0700) == 0 || errno == EEXIST) return {};
  return CannotUse(folder_, errno);
}

Result<std::optional<ServerSession>> SessionFiles::Load(const std::string& server) const {
  const std::string path = FileOf(server);
  MIQ_ASSIGN(const std::optional<std::string> text, Read(path));
  if (!text) return std::nullopt;
  MIQ_ASSIGN(ServerSession session, FromText(*text, path));
  return session;
}

Status SessionFiles::Save(const ServerSession& session) const {
  MIQ_TRY(MakeFolder());
  return Replace(FileOf(session.server), ToText(session));
}

Status SessionFiles::Remove(const std::string& server) const {
  const std::string path = FileOf(server);
  if (::unlink(path.c_str()) == 0 || errno == ENOENT) return {};
  return CannotUse(path, errno);
}

Result<SessionLock> SessionFiles::Lock(const std::string& server) const {
  MIQ_TRY(MakeFolder());
  const std::string path = FileOf(server) + ".lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return CannotUse(path, errno);
  SessionLock lock(file);
  while (::flock(file, LOCK_EX) != 0) {
    if (errno != EINTR) return CannotUse(path, errno);
  }
  return lock;
}

Result<std::string> SessionFiles::Default() const {
  MIQ_ASSIGN(const std::optional<std::string> text, Read(folder_ + kDefaultFile));
  return text ? text->substr(0, text->find('\n')) : std::string();
}

Status SessionFiles::SetDefault(const std::string& server) const {
  MIQ_TRY(MakeFolder());
  return Replace(folder_ + kDefaultFile, server + "\n");
}

}  // namespace migrateiq::cli
