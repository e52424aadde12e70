#include "platform/store/postgres_store.hpp"

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

#include "platform/store/checked_session.hpp"
#include "platform/store/postgres_pool.hpp"

namespace migrateiq::store {

namespace {

using detail::PostgresConnection;
using detail::Remedy;

constexpr int kMostAttempts = 10;
constexpr std::chrono::seconds kPatience{5};  ///< with a server that is away

class PostgresSession : public detail::CheckedSession {
 public:
  PostgresSession(PostgresConnection& connection, bool in_transaction)
      : CheckedSession(in_transaction), connection_(connection) {}
  Engine engine() const override { return Engine::kPostgres; }

 private:
  Result<Rows> DoQuery(std::string_view sql, const std::vector<Value>& parameters) override {
    return connection_.Query(sql, parameters);
  }
  Result<int64_t> DoExecute(std::string_view sql, const std::vector<Value>& parameters) override {
    return connection_.Execute(sql, parameters);
  }
  Status DoScript(const std::string& sql) override { return connection_.RunScript(sql); }

  PostgresConnection& connection_;
};

/// 5 ms, 10, 20 ... 640, each shortened by chance so that rivals do not meet again.
void Pause(int attempt) {
  thread_local std::minstd_rand random{std::random_device{}()};
  const int longest = 5000 << std::min(attempt, 7);
  std::this_thread::sleep_for(std::chrono::microseconds(std::uniform_int_distribution(longest / 2, longest)(random)));
}

/// What one attempt came to, and what would help.
struct Outcome {
  Status status;
  Remedy remedy = Remedy::kNone;
};

using Clock = std::chrono::steady_clock;

bool WorthRepeating(const Outcome& outcome, int attempt, Clock::time_point begun) {
  if (outcome.status || outcome.remedy == Remedy::kNone) return false;
  return outcome.remedy == Remedy::kReconnect ? Clock::now() - begun < kPatience : attempt < kMostAttempts;
}

std::string UnboundRole(const std::string& role) {
  return "The store's role " + role +
         " is a superuser or has BYPASSRLS, so PostgreSQL's row-level security does not keep tenants apart; use a "
         "plain role that owns its database.";
}

class PostgresStore : public Store {
 public:
  PostgresStore(const std::string& url, int connections) : pool_(url, std::max(1, connections)) {}

  Engine engine() const override { return Engine::kPostgres; }

  Status Read(const Scope& scope, const std::function<Status(Session&)>& work) override {
    return Repeatedly(scope, [&](PostgresConnection& connection) {
      PostgresSession session(connection, false);
      return work(session);
    });
  }

  Status Write(const Scope& scope, const std::function<Status(Session&)>& work) override {
    return Repeatedly(scope, [&](PostgresConnection& connection) { return InTransaction(connection, work); });
  }

  Status Ping() override {
    return Read(Scope::System(), [](Session& session) -> Status {
      MIQ_TRY(session.Query("SELECT 1"));
      return {};
    });
  }

  std::vector<std::string> Warnings() const override { return warnings_; }

  Pool pool() const override { return pool_.numbers(); }

  /// Connects once, without patience. Row-level security does not bind superusers and roles with BYPASSRLS.
  Status CheckRole() {
    return Once(Scope::System(),
                [&](PostgresConnection& connection) -> Status {
                  MIQ_ASSIGN(const Rows rows,
                             connection.Query("SELECT rolname FROM pg_roles WHERE rolname = current_user AND "
                                              "(rolsuper OR rolbypassrls)",
                                              {}));
                  for (const Row& row : rows) warnings_.push_back(UnboundRole(row.Text(0)));
                  return {};
                })
        .status;
  }

 private:
  using Work = std::function<Status(PostgresConnection&)>;

  static Status InTransaction(PostgresConnection& connection, const std::function<Status(Session&)>& work) {
    struct RollBack {
      PostgresConnection& connection;
      ~RollBack() { connection.Rollback(); }
    } const unless_committed{connection};
    connection.Begin();
    PostgresSession session(connection, true);
    MIQ_TRY(work(session));
    if (session.failure()) return Fail(*session.failure());
    return connection.Commit();
  }

  Status Repeatedly(const Scope& scope, const Work& work) {
    const Clock::time_point begun = Clock::now();
    for (int attempt = 0;; ++attempt) {
      Outcome outcome = Once(scope, work);
      if (!WorthRepeating(outcome, attempt, begun)) return std::move(outcome.status);
      Pause(outcome.remedy == Remedy::kReconnect ? attempt + 3 : attempt);
    }
  }

  Outcome Once(const Scope& scope, const Work& work) {
    Result<std::unique_ptr<PostgresConnection>> connection = pool_.Take(scope);
    if (!connection) {
      const Remedy remedy = connection.error().retryable ? Remedy::kReconnect : Remedy::kNone;
      return {Fail(connection.error()), remedy};
    }
    const Returner returner{pool_, *connection};
    (*connection)->Use(scope);
    Status status = work(**connection);
    const Remedy remedy = (*connection)->in_doubt() ? Remedy::kNone : (*connection)->remedy();
    return {std::move(status), remedy};
  }

  struct Returner {
    detail::PostgresPool& pool;
    std::unique_ptr<PostgresConnection>& connection;
    ~Returner() { pool.Return(std::move(connection)); }
  };

  detail::PostgresPool pool_;
  std::vector<std::string> warnings_;
};

}  // namespace

Result<std::unique_ptr<Store>> OpenPostgres(const std::string& url, int connections) {
  auto store = std::make_unique<PostgresStore>(url, connections);
  MIQ_TRY(store->CheckRole());
  return store;
}

}  // namespace migrateiq::store
