#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"

namespace migrateiq::cli {

/// How this user is known to one server.
struct ServerSession {
  std::string server;  ///< as NormalAddress writes it
  std::string email;   ///< empty with an API key
  std::string access_token, refresh_token;
  int64_t expires_at = 0;  ///< of the access token; seconds since 1970
  std::string api_key;     ///< instead of tokens
  std::string ca_file;     ///< empty: the system's authorities
};

/// Holds a server's session against other processes, as long as it lives.
class SessionLock {
 public:
  explicit SessionLock(int file) : file_(file) {}
  SessionLock(SessionLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
  SessionLock(const SessionLock&) = delete;
  ~SessionLock();

 private:
  int file_;
};

/// The sessions of a user: `<state>/servers`, one file a server, for nobody else to read. Several processes may use it.
class SessionFiles {
 public:
  explicit SessionFiles(const std::string& state) : folder_(state + "/servers") {}

  /// Nothing when there was no login. Errors: kStateOpen.
  Result<std::optional<ServerSession>> Load(const std::string& server) const;
  /// Whole or not at all.
  Status Save(const ServerSession& session) const;
  Status Remove(const std::string& server) const;
  /// One process at a time renews tokens: an old refresh token that is shown twice ends the session.
  Result<SessionLock> Lock(const std::string& server) const;

  /// The server that commands use when none is named; empty: this machine.
  Result<std::string> Default() const;
  Status SetDefault(const std::string& server) const;  ///< empty: this machine

 private:
  Status MakeFolder() const;
  std::string FileOf(const std::string& server) const;
  std::string folder_;
};

}  // namespace migrateiq::cli
