#include "modules/core/audit_chain.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "base/encoding.hpp"
#include "base/json_text.hpp"

namespace migrateiq::core {

namespace {

constexpr std::string_view kColumns =
    "tenant_id, sequence, at, actor_id, actor, action, object_type, object_id, outcome, address, request_id, details, "
    "previous_hash, hash";

AuditRecord RecordOf(const store::Row& row) {
  AuditRecord record;
  record.tenant_id = row.Text(0);
  record.sequence = row.Integer(1);
  record.at = row.Integer(2);
  record.entry = {row.Text(3), row.Text(4), row.Text(5),  row.Text(6), row.Text(7),
                  row.Text(8), row.Text(9), row.Text(10), row.Text(11)};
  record.previous_hash = row.Text(12);
  record.hash = row.Text(13);
  return record;
}

std::vector<AuditRecord> RecordsOf(const store::Rows& rows) {
  std::vector<AuditRecord> records;
  for (const store::Row& row : rows) records.push_back(RecordOf(row));
  return records;
}

std::string ContainsPattern(const std::string& text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

/// Conditions of a WHERE clause with their parameters.
struct Conditions {
  std::string sql;
  std::vector<store::Value> values;

  template <class T>
  void Add(std::string_view condition, const T& value) {
    values.push_back(store::ToValue(value));
    sql += fmt::format(fmt::runtime(condition), fmt::arg("value", fmt::format("${}", values.size())));
  }
  template <class T>
  void AddGiven(std::string_view condition, const std::optional<T>& value) {
    if (value) Add(condition, *value);
  }
};

Conditions ConditionsOf(const std::string& tenant_id, const AuditFilter& filter, int64_t before) {
  Conditions conditions;
  conditions.Add("tenant_id = {value}", tenant_id);
  if (before > 0) conditions.Add(" AND sequence < {value}", before);
  conditions.AddGiven(" AND actor_id = {value}", filter.actor_id);
  conditions.AddGiven(" AND action = {value}", filter.action);
  conditions.AddGiven(" AND object_id = {value}", filter.object_id);
  conditions.AddGiven(" AND outcome = {value}", filter.outcome);
  conditions.AddGiven(" AND at >= {value}", filter.from);
  conditions.AddGiven(" AND at < {value}", filter.until);
  if (filter.text) {
    conditions.Add(" AND (actor LIKE {value} ESCAPE '\\' OR details LIKE {value} ESCAPE '\\')",
                   ContainsPattern(*filter.text));
  }
  return conditions;
}

/// Compares one entry after the other with what its predecessor promises.
class ChainCheck {
 public:
  bool Accepts(const AuditRecord& record) {
    if (record.sequence != proof_.entries + 1) return Broken(proof_.entries + 1, "the entry is missing");
    if (record.previous_hash != proof_.head) return Broken(record.sequence, "it does not follow its predecessor");
    if (record.hash != HashOf(record)) return Broken(record.sequence, "its text is not the one that was written");
    ++proof_.entries;
    proof_.head = record.hash;
    return true;
  }
  void Finish(int64_t sequence, const std::string& hash) {
    if (proof_.unbroken && (sequence != proof_.entries || hash != proof_.head))
      Broken(proof_.entries + 1, "the newest entries are missing");
  }
  const AuditProof& proof() const { return proof_; }

 private:
  bool Broken(int64_t sequence, std::string problem) {
    proof_.unbroken = false;
    proof_.broken_at = sequence;
    proof_.problem = std::move(problem);
    return false;
  }
  AuditProof proof_;
};

struct Head {
  int64_t sequence = 0;
  std::string hash;
};

Result<Head> ReadHead(store::Session& session, const std::string& tenant_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT sequence, hash FROM audit_head WHERE tenant_id = $1", tenant_id));
  return rows.empty() ? Head{} : Head{rows[0].Integer(0), rows[0].Text(1)};
}

}  // namespace

std::string HashOf(const AuditRecord& record) {
  const AuditEntry& entry = record.entry;
  const boost::json::array canonical{record.tenant_id, record.sequence, record.at,         entry.actor_id,
                                     entry.actor,      entry.action,    entry.object_type, entry.object_id,
                                     entry.outcome,    entry.address,   entry.request_id,  entry.details};
  return ToHexText(Sha256(record.previous_hash + "\n" + JsonText(canonical)));
}

Result<std::vector<AuditRecord>> ListAudit(store::Session& session, const std::string& tenant_id,
                                           const AuditFilter& filter, int64_t before, int64_t limit) {
  const Conditions conditions = ConditionsOf(tenant_id, filter, before);
  const std::string sql = fmt::format("SELECT {} FROM audit_entry WHERE {} ORDER BY sequence DESC LIMIT {}", kColumns,
                                      conditions.sql, limit);
  MIQ_ASSIGN(const store::Rows rows, session.QueryValues(sql, conditions.values));
  return RecordsOf(rows);
}

Result<std::vector<AuditRecord>> ReadAudit(store::Session& session, const std::string& tenant_id, int64_t after,
                                           int64_t limit) {
  const std::string sql = fmt::format(
      "SELECT {} FROM audit_entry WHERE tenant_id = $1 AND sequence > $2 ORDER BY sequence LIMIT {}", kColumns, limit);
  MIQ_ASSIGN(const store::Rows rows, session.Query(sql, tenant_id, after));
  return RecordsOf(rows);
}

Result<AuditProof> VerifyAudit(store::Store& store, const std::string& tenant_id) {
  constexpr int64_t kPiece = 1000;
  const store::Scope scope = store::Scope::Tenant(tenant_id);
  // Entries that are added meanwhile are not looked at.
  MIQ_ASSIGN(const Head head,
             store.ReadFor<Head>(scope, [&](store::Session& session) { return ReadHead(session, tenant_id); }));
  ChainCheck check;
  bool more = true;
  while (more && check.proof().entries < head.sequence) {
    const int64_t count = std::min(kPiece, head.sequence - check.proof().entries);
    MIQ_ASSIGN(const auto records, store.ReadFor<std::vector<AuditRecord>>(scope, [&](store::Session& session) {
      return ReadAudit(session, tenant_id, check.proof().entries, count);
    }));
    more = !records.empty();
    for (const AuditRecord& record : records) more = more && check.Accepts(record);
  }
  check.Finish(head.sequence, head.hash);
  return check.proof();
}

}  // namespace migrateiq::core
