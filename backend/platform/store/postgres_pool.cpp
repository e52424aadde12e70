#include "platform/store/postgres_pool.hpp"

#include <algorithm>
#include <chrono>

#include "base/errors/run.hpp"

namespace migrateiq::store::detail {

namespace {

constexpr std::chrono::seconds kLongestWait{10};

}  // namespace

Result<std::unique_ptr<PostgresConnection>> PostgresPool::Take(const Scope& scope) {
  std::unique_lock lock(mutex_);
  ++waiting_;
  const bool free = returned_.wait_for(lock, kLongestWait, [&] { return !idle_.empty() || open_ < most_; });
  --waiting_;
  if (!free) {
    return Fail(Error(codes::kStateOpen, "no connection to the store became free")
                    .Fix("Raise the setting store.connections.")
                    .Retryable());
  }
  if (!idle_.empty()) return PopIdle(scope);
  ++open_;
  lock.unlock();
  auto connection = PostgresConnection::Open(url_);
  if (!connection) Forget();
  return connection;
}

// From the back: the one used last is the warmest.
std::unique_ptr<PostgresConnection> PostgresPool::PopIdle(const Scope& scope) {
  auto chosen = std::find_if(idle_.rbegin(), idle_.rend(), [&](const auto& idle) { return idle->IsSetTo(scope); });
  if (chosen == idle_.rend()) chosen = idle_.rbegin();
  auto connection = std::move(*chosen);
  idle_.erase(std::next(chosen).base());
  return connection;
}

void PostgresPool::Return(std::unique_ptr<PostgresConnection> connection) {
  std::vector<std::unique_ptr<PostgresConnection>> dead;
  const std::scoped_lock lock(mutex_);
  if (connection->lost()) {
    dead = std::move(idle_);
    idle_.clear();
    open_ -= static_cast<int>(dead.size()) + 1;
    returned_.notify_all();
    return;
  }
  if (connection->reusable()) {
    idle_.push_back(std::move(connection));
  } else {
    --open_;
  }
  returned_.notify_one();
}

Store::Pool PostgresPool::numbers() const {
  const std::scoped_lock lock(mutex_);
  return {most_, open_, open_ - static_cast<int>(idle_.size()), waiting_};
}

void PostgresPool::Forget() {
  const std::scoped_lock lock(mutex_);
  --open_;
  returned_.notify_one();
}

}  // namespace migrateiq::store::detail
