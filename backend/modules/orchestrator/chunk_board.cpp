#include "modules/orchestrator/chunk_board.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <thread>

#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "base/random.hpp"

namespace migrateiq::orchestrator {

namespace {

namespace json = boost::json;

/// A deal is about as much work as one chunk of usual size, and never more than a part of what is left.
constexpr int64_t kDealBytes = int64_t{32} << 20, kMostChunks = 64, kPartOfRest = 16;
constexpr size_t kRowsAtOnce = 500;
constexpr std::chrono::milliseconds kUntilLookedAgain{100};

std::string WarningsJson(const std::vector<std::string>& warnings) {
  json::array array;
  for (const std::string& warning : warnings) array.push_back(json::string(warning));
  return JsonText(array);
}

std::vector<std::string> WarningsFrom(const std::string& text) {
  std::vector<std::string> warnings;
  boost::system::error_code error;
  const json::value value = json::parse(text, error);
  if (error || !value.is_array()) return warnings;
  for (const json::value& one : value.get_array()) warnings.emplace_back(one.as_string());
  return warnings;
}

ChunkOutcome OutcomeFrom(const store::Row& row) {
  return {.number = row.Integer(0),
          .rows = row.Integer(1),
          .bytes = row.Integer(2),
          .rejected = row.Integer(3),
          .foreign_keys_bypassed = row.Boolean(4),
          .warnings = WarningsFrom(row.Text(5))};
}

}  // namespace

namespace shares {

/// The controller must still have its task: with it the moment is gone.
Result<std::optional<ShareTerms>> Terms(store::Session& session, const Task& help, Micros now) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT o.moment, o.fence, o.tables, o.rejected FROM chunk_offer o "
                           "JOIN task c ON c.task_id = o.task_id AND c.epoch = o.epoch AND c.state = 'claimed' AND "
                           "c.lease_until >= $3 "
                           "JOIN run_job r ON r.run_id = o.run_id AND r.control = '' "
                           "WHERE o.run_id = $1 AND o.tenant_id = $2",
                           help.run_id, help.tenant_id, now));
  if (rows.empty()) return std::nullopt;
  return ShareTerms{.moment = rows[0].Text(0),
                    .fence = rows[0].Integer(1),
                    .tables = rows[0].Text(2),
                    .rejected = rows[0].Integer(3)};
}

Status Invite(store::Session& session, const std::string& tenant_id, const std::string& run_id, int64_t priority,
              Micros now) {
  MIQ_ASSIGN(const store::Rows asked,
             session.Query("SELECT 1 FROM task WHERE run_id = $1 AND tenant_id = $2 AND kind = 'help' AND state = "
                           "'ready'",
                           run_id, tenant_id));
  if (!asked.empty()) return {};
  return tasks::Insert(session, {.task_id = NewId(),
                                 .tenant_id = tenant_id,
                                 .run_id = run_id,
                                 .kind = kHelpTask,
                                 .state = "ready",
                                 .priority = priority,
                                 .not_before = now,
                                 .created_at = now,
                                 .input = "{}"});
}

Status Finish(store::Session& session, const Task& task, const std::string& state, const std::string& error,
              Micros now) {
  MIQ_TRY(
      session.Execute("UPDATE task SET state = $5, error = $6, finished_at = $7, lease_until = 0 WHERE task_id = $1 "
                      "AND tenant_id = $2 AND owner = $3 AND epoch = $4 AND state IN ('claimed', 'cancelled')",
                      task.task_id, task.tenant_id, task.owner, task.epoch, state, error, now));
  MIQ_TRY(
      session.Execute("UPDATE chunk_work SET state = 'open', task_id = '' WHERE run_id = $1 AND tenant_id = $2 AND "
                      "task_id = $3 AND state = 'claimed'",
                      task.run_id, task.tenant_id, task.task_id));
  return {};
}

Status End(store::Session& session, const std::string& tenant_id, const std::string& run_id, Micros now) {
  MIQ_TRY(session.Execute("DELETE FROM chunk_offer WHERE run_id = $1 AND tenant_id = $2", run_id, tenant_id));
  MIQ_TRY(session.Execute("DELETE FROM chunk_work WHERE run_id = $1 AND tenant_id = $2", run_id, tenant_id));
  MIQ_TRY(session.Execute("DELETE FROM task WHERE run_id = $1 AND tenant_id = $2 AND kind = 'help' AND state = 'ready'",
                          run_id, tenant_id));
  MIQ_TRY(
      session.Execute("UPDATE task SET state = 'cancelled', finished_at = $3, lease_until = 0 WHERE run_id = $1 AND "
                      "tenant_id = $2 AND kind = 'help' AND state = 'claimed'",
                      run_id, tenant_id, now));
  return {};
}

}  // namespace shares

Status ChunkBoard::Offer(const ShareTerms& terms, const std::vector<SharedChunk>& chunks) {
  MIQ_TRY(parts_.store.Write(Scope(), [&](store::Session& session) -> Status {
    const Micros now = parts_.clock.Now();
    MIQ_TRY(tasks::CheckClaim(session, task_));
    MIQ_TRY(shares::End(session, task_.tenant_id, task_.run_id, now));
    MIQ_TRY(
        session.Execute("INSERT INTO chunk_offer (run_id, tenant_id, task_id, epoch, moment, fence, tables, "
                        "rejected) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                        task_.run_id, task_.tenant_id, task_.task_id, task_.epoch, terms.moment, terms.fence,
                        terms.tables, terms.rejected));
    MIQ_TRY(InsertChunks(session, chunks));
    return shares::Invite(session, task_.tenant_id, task_.run_id, task_.priority, now);
  }));
  parts_.wake();
  return {};
}

Status ChunkBoard::InsertChunks(store::Session& session, const std::vector<SharedChunk>& chunks) const {
  for (size_t begin = 0; begin < chunks.size(); begin += kRowsAtOnce) {
    std::string sql = "INSERT INTO chunk_work (run_id, number, tenant_id, state, bytes) VALUES ";
    for (size_t i = begin; i < std::min(begin + kRowsAtOnce, chunks.size()); ++i) {
      sql += std::string(i == begin ? "" : ", ") + "($1, " + std::to_string(chunks[i].number) + ", $2, 'open', " +
             std::to_string(chunks[i].bytes) + ")";
    }
    MIQ_TRY(session.Execute(sql, task_.run_id, task_.tenant_id));
  }
  return {};
}

Result<Deal> ChunkBoard::Next(const std::vector<ChunkOutcome>& done) {
  Deal deal;
  std::vector<std::string> lost;
  MIQ_TRY(parts_.store.Write(Scope(), [&](store::Session& session) -> Status {
    deal = {};
    lost.clear();
    MIQ_TRY(tasks::CheckClaim(session, task_));
    MIQ_TRY(Record(session, done));
    if (is_controller()) {
      MIQ_TRY(LookAfterHelpers(session, deal, lost));
    } else {
      MIQ_ASSIGN(const bool on, MayHelpOn(session));
      deal.over = !on;
      if (!on) return {};
    }
    return Claim(session, deal);
  }));
  for (const std::string& worker : lost)
    parts_.say("warning", "worker " + worker + " gave no sign: its chunks go to others");
  return deal;
}

/// A chunk that went to somebody else meanwhile is not this task's any more: the ledger knows that it is done.
Status ChunkBoard::Record(store::Session& session, const std::vector<ChunkOutcome>& done) const {
  int64_t chunks = 0, rows = 0;
  for (const ChunkOutcome& outcome : done) {
    MIQ_ASSIGN(
        const int64_t changed,
        session.Execute("UPDATE chunk_work SET state = $5, rows = $6, loaded_bytes = $7, rejected = $8, bypassed "
                        "= $9, warnings = $10 WHERE run_id = $1 AND number = $2 AND tenant_id = $3 AND task_id = "
                        "$4 AND state = 'claimed'",
                        task_.run_id, outcome.number, task_.tenant_id, task_.task_id,
                        is_controller() ? "counted" : "done", outcome.rows, outcome.bytes, outcome.rejected,
                        outcome.foreign_keys_bypassed, WarningsJson(outcome.warnings)));
    chunks += changed;
    rows += changed * outcome.rows;
  }
  if (chunks == 0) return {};
  MIQ_TRY(session.Execute(
      "UPDATE task SET chunks = chunks + $3, rows_loaded = rows_loaded + $4 WHERE task_id = $1 AND tenant_id = $2",
      task_.task_id, task_.tenant_id, chunks, rows));
  return {};
}

/// Frees the chunks of the dead, and counts what the living finished.
Status ChunkBoard::LookAfterHelpers(store::Session& session, Deal& deal, std::vector<std::string>& lost) const {
  const Micros now = parts_.clock.Now();
  MIQ_ASSIGN(
      const store::Rows dead,
      session.Query("UPDATE task SET state = 'failed', finished_at = $3, error = $4 WHERE run_id = $1 AND "
                    "tenant_id = $2 AND kind = 'help' AND state = 'claimed' AND lease_until < $3 RETURNING owner",
                    task_.run_id, task_.tenant_id, now,
                    JsonText(json::object{{"code", codes::kRunHeld.code}, {"message", "gave no sign"}})));
  for (const store::Row& row : dead) lost.push_back(row.Text(0));
  MIQ_TRY(session.Execute(
      "UPDATE chunk_work SET state = 'open', task_id = '' WHERE run_id = $1 AND tenant_id = $2 AND state = 'claimed' "
      "AND "
      "task_id NOT IN (SELECT task_id FROM task WHERE run_id = $1 AND tenant_id = $2 AND state = 'claimed')",
      task_.run_id, task_.tenant_id));
  MIQ_ASSIGN(const store::Rows finished,
             session.Query("UPDATE chunk_work SET state = 'counted' WHERE run_id = $1 AND tenant_id = $2 AND state = "
                           "'done' RETURNING number, rows, loaded_bytes, rejected, bypassed, warnings",
                           task_.run_id, task_.tenant_id));
  for (const store::Row& row : finished) deal.elsewhere.push_back(OutcomeFrom(row));
  return {};
}

/// Help ends with the offer, and makes room for a run that waits for a worker.
Result<bool> ChunkBoard::MayHelpOn(store::Session& session) const {
  MIQ_ASSIGN(const auto terms, shares::Terms(session, task_, parts_.clock.Now()));
  if (!terms) return false;
  MIQ_ASSIGN(const store::Rows waiting,
             session.Query("SELECT 1 FROM task WHERE tenant_id = $1 AND state = 'ready' AND kind <> 'help' AND "
                           "not_before <= $2 LIMIT 1",
                           task_.tenant_id, parts_.clock.Now()));
  return waiting.empty();
}

Status ChunkBoard::Claim(store::Session& session, Deal& deal) const {
  MIQ_ASSIGN(
      const store::Rows numbers,
      session.Query(
          "SELECT (SELECT count(*) FROM chunk_work WHERE run_id = $1 AND tenant_id = $2 AND state = 'open'), "
          "(SELECT count(*) FROM chunk_work WHERE run_id = $1 AND tenant_id = $2 AND state IN ('claimed', "
          "'done')), "
          "(SELECT CAST(coalesce(sum(rejected), 0) AS BIGINT) FROM chunk_work WHERE run_id = $1 AND tenant_id = $2 AND "
          "task_id <> $3), "
          "(SELECT count(*) FROM task WHERE run_id = $1 AND tenant_id = $2 AND kind = 'help' AND state = "
          "'claimed')",
          task_.run_id, task_.tenant_id, task_.task_id));
  const int64_t open = numbers[0].Integer(0), at_work = numbers[0].Integer(1);
  deal.rejected_elsewhere = is_controller() ? 0 : numbers[0].Integer(2);
  deal.sharers = 1 + static_cast<int>(numbers[0].Integer(3));
  deal.over = open == 0 && (!is_controller() || at_work == 0);
  const int64_t most = std::clamp<int64_t>(open / kPartOfRest, 1, kMostChunks);
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query("SELECT number, bytes FROM chunk_work WHERE run_id = $1 AND tenant_id = $2 AND state = 'open' "
                    "ORDER BY number LIMIT $3" +
                        std::string(session.SkipLocked()),
                    task_.run_id, task_.tenant_id, most));
  int64_t bytes = 0;
  for (const store::Row& row : rows) {
    bytes += row.Integer(1) < 0 ? kDealBytes : row.Integer(1);
    if (bytes > kDealBytes && !deal.chunks.empty()) break;
    deal.chunks.push_back(row.Integer(0));
    MIQ_TRY(session.Execute(
        "UPDATE chunk_work SET state = 'claimed', task_id = $4 WHERE run_id = $1 AND number = $2 AND tenant_id = $3",
        task_.run_id, row.Integer(0), task_.tenant_id, task_.task_id));
  }
  return {};
}

/// Those who help stop within a second or so, or their lease runs out.
Status ChunkBoard::Withdraw(bool wait) {
  MIQ_TRY(parts_.store.Write(Scope(), [&](store::Session& session) -> Status {
    MIQ_TRY(tasks::CheckClaim(session, task_));
    MIQ_TRY(
        session.Execute("DELETE FROM chunk_offer WHERE run_id = $1 AND tenant_id = $2", task_.run_id, task_.tenant_id));
    MIQ_TRY(
        session.Execute("DELETE FROM chunk_work WHERE run_id = $1 AND tenant_id = $2", task_.run_id, task_.tenant_id));
    MIQ_TRY(
        session.Execute("DELETE FROM task WHERE run_id = $1 AND tenant_id = $2 AND kind = 'help' AND state = 'ready'",
                        task_.run_id, task_.tenant_id));
    return {};
  }));
  while (wait) {
    MIQ_ASSIGN(wait, AnyoneHelps());
    if (wait) std::this_thread::sleep_for(kUntilLookedAgain);
  }
  return {};
}

Result<bool> ChunkBoard::AnyoneHelps() {
  MIQ_ASSIGN(const store::Rows helping, parts_.store.ReadFor<store::Rows>(Scope(), [&](store::Session& session) {
    return session.Query(
        "SELECT 1 FROM task WHERE run_id = $1 AND tenant_id = $2 AND kind = 'help' AND state "
        "= 'claimed' AND lease_until >= $3",
        task_.run_id, task_.tenant_id, parts_.clock.Now());
  }));
  return !helping.empty();
}

}  // namespace migrateiq::orchestrator
