#include "modules/core/audit_export.hpp"

#include <boost/json/object.hpp>

#include "base/json_text.hpp"

namespace migrateiq::core {

namespace json = boost::json;

namespace {

constexpr int64_t kPiece = 500;
constexpr const char* kCsvHead =
    "sequence,at,actor_id,actor,action,object_type,object_id,outcome,address,request_id,details,previous_hash,hash\r\n";

std::string JsonLine(const AuditRecord& record) {
  const AuditEntry& entry = record.entry;
  json::object object{{"sequence", record.sequence},
                      {"at", FormatTime(record.at)},
                      {"at_micros", record.at},
                      {"actor_id", entry.actor_id},
                      {"actor", entry.actor},
                      {"action", entry.action},
                      {"object_type", entry.object_type},
                      {"object_id", entry.object_id},
                      {"outcome", entry.outcome},
                      {"address", entry.address},
                      {"request_id", entry.request_id},
                      {"details", entry.details},
                      {"previous_hash", record.previous_hash},
                      {"hash", record.hash}};
  return JsonText(object) + "\n";
}

std::string CsvLine(const AuditRecord& record) {
  const AuditEntry& entry = record.entry;
  std::string line = std::to_string(record.sequence) + "," + FormatTime(record.at);
  for (const std::string* text :
       {&entry.actor_id, &entry.actor, &entry.action, &entry.object_type, &entry.object_id, &entry.outcome,
        &entry.address, &entry.request_id, &entry.details, &record.previous_hash, &record.hash})
    line += "," + CsvCell(*text);
  return line + "\r\n";
}

class AuditSource : public http::BodySource {
 public:
  AuditSource(store::Store& store, std::string tenant_id, AuditFormat format)
      : store_(store), tenant_id_(std::move(tenant_id)), format_(format) {}

  Result<std::string> Next() override {
    std::string piece = after_ == 0 && format_ == AuditFormat::kCsv ? kCsvHead : "";
    MIQ_ASSIGN(const auto records,
               store_.ReadFor<std::vector<AuditRecord>>(store::Scope::Tenant(tenant_id_), [&](store::Session& session) {
                 return ReadAudit(session, tenant_id_, after_, kPiece);
               }));
    for (const AuditRecord& record : records) {
      piece += format_ == AuditFormat::kCsv ? CsvLine(record) : JsonLine(record);
      after_ = record.sequence;
    }
    return piece;
  }

 private:
  store::Store& store_;
  std::string tenant_id_;
  AuditFormat format_;
  int64_t after_ = 0;
};

}  // namespace

std::string CsvCell(const std::string& text) {
  constexpr std::string_view kFormula = "=+-@\t\r";
  std::string cell = !text.empty() && kFormula.find(text[0]) != kFormula.npos ? "'" + text : text;
  if (cell.find_first_of(",\"\r\n") == cell.npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

std::unique_ptr<http::BodySource> ExportAudit(store::Store& store, std::string tenant_id, AuditFormat format) {
  return std::make_unique<AuditSource>(store, std::move(tenant_id), format);
}

}  // namespace migrateiq::core
