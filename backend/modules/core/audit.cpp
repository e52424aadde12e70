#include "modules/core/audit.hpp"

#include "modules/core/audit_chain.hpp"
#include "platform/describe/detail/utf8.hpp"

namespace migrateiq::core {

namespace {

/// Names come from people: no control character, no invalid byte, no endless text gets into the log.
std::string Cleaned(const std::string& text) {
  constexpr size_t kMost = 500;
  const bool valid = detail::CountCharacters(text).has_value() && text.size() <= kMost;
  std::string out;
  for (const char c : text.substr(0, kMost)) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !valid) ? '?' : c;
  }
  return out;
}

AuditRecord RecordOf(const std::string& tenant_id, const AuditEntry& entry) {
  AuditRecord record;
  record.tenant_id = tenant_id;
  record.at = SystemClock().Now();
  record.entry = entry;
  for (std::string* text :
       {&record.entry.actor_id, &record.entry.actor, &record.entry.action, &record.entry.object_type,
        &record.entry.object_id, &record.entry.outcome, &record.entry.address, &record.entry.request_id})
    *text = Cleaned(*text);
  return record;
}

/// Moves the head one on, which lets one transaction at a time pass, and yields what it was.
Status TakePlace(store::Session& session, AuditRecord& record) {
  MIQ_TRY(
      session.Execute("INSERT INTO audit_head (tenant_id, sequence, hash) VALUES ($1, 0, '') ON CONFLICT DO NOTHING",
                      record.tenant_id));
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query("UPDATE audit_head SET sequence = sequence + 1 WHERE tenant_id = $1 RETURNING sequence, hash",
                    record.tenant_id));
  record.sequence = rows.at(0).Integer(0);
  record.previous_hash = rows.at(0).Text(1);
  return {};
}

}  // namespace

Status AppendAudit(store::Session& session, const std::string& tenant_id, const AuditEntry& entry) {
  AuditRecord record = RecordOf(tenant_id, entry);
  MIQ_TRY(TakePlace(session, record));
  record.hash = HashOf(record);
  MIQ_TRY(session.Execute(
      "INSERT INTO audit_entry (tenant_id, sequence, at, actor_id, actor, action, object_type, object_id, outcome, "
      "address, request_id, details, previous_hash, hash) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
      record.tenant_id, record.sequence, record.at, record.entry.actor_id, record.entry.actor, record.entry.action,
      record.entry.object_type, record.entry.object_id, record.entry.outcome, record.entry.address,
      record.entry.request_id, record.entry.details, record.previous_hash, record.hash));
  MIQ_TRY(session.Execute("UPDATE audit_head SET hash = $1 WHERE tenant_id = $2", record.hash, tenant_id));
  return {};
}

}  // namespace migrateiq::core
