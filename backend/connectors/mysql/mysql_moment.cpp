#include "connectors/mysql/mysql_moment.hpp"

#include <algorithm>

#include "base/errors/connect.hpp"
#include "base/errors/run.hpp"

namespace migrateiq::mysql {

namespace {

constexpr const char* kSnapshot = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";

/// While the lock is waited for, the source's own writers wait behind us.
constexpr const char* kLockPatience = "SET SESSION lock_wait_timeout = 10";

Status BeginSnapshot(Session& session) {
  MIQ_TRY(session.Execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"));
  return session.Execute(kSnapshot);
}

/// Ends the locks however the function that holds them is left.
class LockHolder {
 public:
  explicit LockHolder(std::unique_ptr<Session> session) : session_(std::move(session)) {}
  ~LockHolder() { (void)session_->Execute("UNLOCK TABLES"); }
  LockHolder(const LockHolder&) = delete;
  LockHolder& operator=(const LockHolder&) = delete;

  /// True when the lock was granted; otherwise `why` says what the server answered.
  Result<bool> Try(const std::string& sql, std::string& why) {
    const Status status = session_->Execute(sql);
    if (status) return true;
    if (status.error().Is(codes::kRunInterrupted) || status.error().Is(codes::kConnLost)) return Fail(status.error());
    why += (why.empty() ? "" : "; ") + status.error().message;
    return false;
  }

 private:
  std::unique_ptr<Session> session_;
};

std::string LockTables(const std::vector<TableName>& tables) {
  std::string sql = "LOCK TABLES ";
  for (const TableName& table : tables) sql += (&table == &tables.front() ? "" : ", ") + QuoteName(table) + " READ";
  return sql;
}

struct Way {
  std::string sql;
  std::string description;
};

std::vector<Way> Ways(const std::vector<TableName>& tables) {
  std::vector<Way> ways{{"FLUSH TABLES WITH READ LOCK", "FLUSH TABLES WITH READ LOCK"}};
  if (!tables.empty()) ways.push_back({LockTables(tables), "LOCK TABLES ... READ"});
  if (tables.size() == 1) std::ranges::reverse(ways);
  return ways;
}

/// Which of the ways the server grants, "" when none.
Result<std::string> TakeLock(LockHolder& holder, const std::vector<TableName>& tables, std::string& why) {
  for (const Way& way : Ways(tables)) {
    MIQ_ASSIGN(const bool granted, holder.Try(way.sql, why));
    if (granted) return way.description;
  }
  return "";
}

/// Tables whose engine has no snapshots.
Result<std::vector<std::string>> NotCovered(Session& session, const std::vector<TableName>& tables) {
  MIQ_ASSIGN(const QueryRows rows,
             session.Query("SELECT table_name, engine FROM information_schema.tables WHERE table_schema = DATABASE() "
                           "AND engine NOT IN ('InnoDB', 'ROCKSDB', 'TokuDB') AND table_type <> 'SEQUENCE'"));
  std::vector<std::string> warnings;
  for (const auto& row : rows) {
    const std::string name = row[0].value_or("");
    const bool chosen = std::ranges::any_of(tables, [&](const TableName& t) { return t.name == name; });
    if (!chosen && !tables.empty()) continue;
    warnings.push_back("table " + name + " is " + row[1].value_or("") +
                       ", which has no snapshots: rows changed while it is read may be seen");
  }
  return warnings;
}

Result<MomentSessions> HoldAlone(const Url& url, std::stop_token stop, std::string description) {
  MomentSessions held;
  MIQ_ASSIGN(auto session, Session::Open(url, SessionUse::kSource, std::move(stop)));
  MIQ_TRY(BeginSnapshot(*session));
  held.readers.push_back(std::move(session));
  held.moment.description = std::move(description);
  held.moment.readers = 1;
  return held;
}

/// nullopt when no lock was granted.
Result<std::optional<MomentSessions>> HoldTogether(const Url& url, std::stop_token stop, int readers,
                                                   const std::vector<TableName>& tables, Session& planner,
                                                   std::string& why) {
  MomentSessions held;
  for (int i = 0; i < readers; ++i) {
    MIQ_ASSIGN(auto session, Session::Open(url, SessionUse::kSource, stop));
    held.readers.push_back(std::move(session));
  }
  MIQ_ASSIGN(auto locking, Session::Open(url, SessionUse::kSource, stop));
  MIQ_TRY(locking->Execute(kLockPatience));
  LockHolder holder(std::move(locking));
  MIQ_ASSIGN(held.moment.description, TakeLock(holder, tables, why));
  if (held.moment.description.empty()) return std::nullopt;
  for (const SessionPtr& session : held.readers) MIQ_TRY(BeginSnapshot(*session));
  MIQ_TRY(BeginSnapshot(planner));
  held.planner_included = true;
  held.moment.readers = readers;
  return held;
}

}  // namespace

Result<MomentSessions> HoldOneMoment(const Url& url, std::stop_token stop, int readers,
                                     const std::vector<TableName>& tables, Session& planner) {
  MIQ_ASSIGN(std::vector<std::string> warnings, NotCovered(planner, tables));
  MomentSessions held;
  std::string why;
  if (readers > 1) {
    MIQ_ASSIGN(auto together, HoldTogether(url, stop, readers, tables, planner, why));
    if (together) held = *std::move(together);
  }
  if (held.readers.empty()) {
    MIQ_ASSIGN(held, HoldAlone(url, stop, "the snapshot of one connection"));
    if (readers > 1) {
      warnings.push_back("reading with one connection only: neither RELOAD nor LOCK TABLES could be used (" + why +
                         ")");
    }
  }
  held.moment.warnings = std::move(warnings);
  return held;
}

}  // namespace migrateiq::mysql
