#include "connectors/postgres/postgres_pool.hpp"

namespace migrateiq::postgres {

Result<std::unique_ptr<Session>> SessionPool::Take() {
  {
    const std::scoped_lock lock(mutex_);
    while (!idle_.empty()) {
      std::unique_ptr<Session> session = std::move(idle_.back());
      idle_.pop_back();
      if (!session->broken()) return session;
    }
  }
  return Session::Open(url_, options_);
}

void SessionPool::Return(std::unique_ptr<Session> session) {
  if (session->broken() || PQtransactionStatus(session->raw()) != PQTRANS_IDLE) return;
  const std::scoped_lock lock(mutex_);
  idle_.push_back(std::move(session));
}

}  // namespace migrateiq::postgres
