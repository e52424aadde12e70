#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "connectors/postgres/postgres_session.hpp"

namespace migrateiq::postgres {

/// Idle sessions of a target, so that a writer for each of thousands of tables needs no connection of its own.
/// Thread-safe.
class SessionPool {
 public:
  SessionPool(Url url, SessionOptions options) : url_(std::move(url)), options_(std::move(options)) {}
  Result<std::unique_ptr<Session>> Take();
  /// Sessions that are broken or inside a transaction are closed instead.
  void Return(std::unique_ptr<Session> session);

 private:
  Url url_;
  SessionOptions options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Session>> idle_;
};

}  // namespace migrateiq::postgres
