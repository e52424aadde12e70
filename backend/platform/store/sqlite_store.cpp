#include "platform/store/sqlite_store.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "platform/store/checked_session.hpp"
#include "platform/store/sqlite_connection.hpp"

namespace migrateiq::store {

namespace {

using detail::SqliteConnection;

class SqliteSession : public detail::CheckedSession {
 public:
  SqliteSession(SqliteConnection& connection, bool in_transaction)
      : CheckedSession(in_transaction), connection_(connection) {}
  Engine engine() const override { return Engine::kSqlite; }

 private:
  Result<Rows> DoQuery(std::string_view sql, const std::vector<Value>& parameters) override {
    return connection_.Query(sql, parameters);
  }
  Result<int64_t> DoExecute(std::string_view sql, const std::vector<Value>& parameters) override {
    return connection_.Execute(sql, parameters);
  }
  Status DoScript(const std::string& sql) override { return connection_.RunScript(sql); }

  SqliteConnection& connection_;
};

/// BEGIN IMMEDIATE now; rolled back on destruction unless committed.
class Transaction {
 public:
  static Result<Transaction> Begin(SqliteConnection& connection) {
    MIQ_TRY(connection.RunScript("BEGIN IMMEDIATE"));
    return Transaction(connection);
  }
  Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction() {
    if (connection_ != nullptr) (void)connection_->RunScript("ROLLBACK");
  }
  Status Commit() {
    MIQ_TRY(connection_->RunScript("COMMIT"));
    connection_ = nullptr;
    return {};
  }

 private:
  explicit Transaction(SqliteConnection& connection) : connection_(&connection) {}
  SqliteConnection* connection_;  ///< null when over
};

/// The connections that read. Thread-safe.
class Readers {
 public:
  Readers(std::string path, int most) : path_(std::move(path)), most_(most) {}

  Result<std::unique_ptr<SqliteConnection>> Take() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    returned_.wait(lock, [&] { return !idle_.empty() || open_ < most_; });
    --waiting_;
    if (!idle_.empty()) return PopIdle();
    ++open_;
    lock.unlock();
    auto connection = SqliteConnection::Open(path_, SqliteConnection::Use::kRead);
    if (!connection) Forget();
    return connection;
  }

  void Return(std::unique_ptr<SqliteConnection> connection) {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(connection));
    returned_.notify_one();
  }

  Store::Pool numbers() const {
    const std::scoped_lock lock(mutex_);
    return {most_, open_, open_ - static_cast<int>(idle_.size()), waiting_};
  }

 private:
  std::unique_ptr<SqliteConnection> PopIdle() {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }

  void Forget() {
    const std::scoped_lock lock(mutex_);
    --open_;
    returned_.notify_one();
  }

  const std::string path_;
  const int most_;
  mutable std::mutex mutex_;
  std::condition_variable returned_;
  int open_ = 0, waiting_ = 0;
  std::vector<std::unique_ptr<SqliteConnection>> idle_;
};

class SqliteStore : public Store {
 public:
  SqliteStore(const std::string& path, int connections, std::unique_ptr<SqliteConnection> writer)
      : writer_(std::move(writer)), readers_(path, std::max(1, connections - 1)) {}

  Engine engine() const override { return Engine::kSqlite; }

  Status Read(const Scope&, const std::function<Status(Session&)>& work) override {
    MIQ_ASSIGN(std::unique_ptr<SqliteConnection> connection, readers_.Take());
    const Returner returner{*this, connection};
    SqliteSession session(*connection, false);
    return work(session);
  }

  Status Write(const Scope&, const std::function<Status(Session&)>& work) override {
    const std::scoped_lock lock(write_mutex_);
    MIQ_ASSIGN(Transaction transaction, Transaction::Begin(*writer_));
    SqliteSession session(*writer_, true);
    MIQ_TRY(work(session));
    if (session.failure()) return Fail(*session.failure());
    return transaction.Commit();
  }

  Status Ping() override {
    return Read(Scope::System(), [](Session& session) -> Status {
      MIQ_TRY(session.Query("SELECT 1"));
      return {};
    });
  }

  /// Those that read: there is just one that writes.
  Pool pool() const override { return readers_.numbers(); }

 private:
  struct Returner {
    SqliteStore& store;
    std::unique_ptr<SqliteConnection>& connection;
    ~Returner() { store.readers_.Return(std::move(connection)); }
  };

  std::mutex write_mutex_;
  std::unique_ptr<SqliteConnection> writer_;  ///< closed after the readers: the last one tidies the WAL up
  Readers readers_;
};

}  // namespace

Result<std::unique_ptr<Store>> OpenSqlite(const std::string& path, int connections) {
  MIQ_ASSIGN(auto writer, SqliteConnection::Open(path, SqliteConnection::Use::kWrite));
  return std::make_unique<SqliteStore>(path, connections, std::move(writer));
}

}  // namespace migrateiq::store
