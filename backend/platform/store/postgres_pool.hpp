#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "platform/store/postgres_connection.hpp"

namespace migrateiq::store::detail {

/// Connections that are open and idle, and how many are lent. Thread-safe.
class PostgresPool {
 public:
  PostgresPool(std::string url, int most) : url_(std::move(url)), most_(most) {}

  /// One that is set to this scope already if there is one. Waits while all are lent. Errors: kStateOpen.
  Result<std::unique_ptr<PostgresConnection>> Take(const Scope& scope);
  /// One that was lost is closed, and so are the idle ones: the server has most likely gone.
  void Return(std::unique_ptr<PostgresConnection> connection);
  Store::Pool numbers() const;

 private:
  std::unique_ptr<PostgresConnection> PopIdle(const Scope& scope);
  void Forget();

  const std::string url_;
  const int most_;
  mutable std::mutex mutex_;
  std::condition_variable returned_;
  int open_ = 0;     ///< idle and lent
  int waiting_ = 0;  ///< in Take
  std::vector<std::unique_ptr<PostgresConnection>> idle_;
};

}  // namespace migrateiq::store::detail
