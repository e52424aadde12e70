#include "modules/core/flags.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "base/errors/api.hpp"
#include "modules/core/json_list.hpp"

namespace migrateiq::core {

namespace {

constexpr std::string_view kSelect =
    "SELECT name, text, enabled, percentage, user_ids, version FROM feature_flag WHERE tenant_id = $1 ";

FlagRow RowOf(const store::Row& row) {
  return {row.Text(0), row.Text(1), row.Boolean(2), row.Integer(3), ParseJsonList(row.Text(4)), row.Integer(5)};
}

Result<FlagRow> RequireFlag(store::Session& session, const std::string& tenant_id, const std::string& name) {
  MIQ_ASSIGN(const store::Rows rows, session.Query(std::string(kSelect) + "AND name = $2", tenant_id, name));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no such flag");
  return RowOf(rows[0]);
}

Result<std::vector<FlagRow>> ReadAll(store::Session& session, const std::string& tenant_id) {
  MIQ_ASSIGN(const store::Rows rows, session.Query(std::string(kSelect) + "ORDER BY name LIMIT 1000", tenant_id));
  std::vector<FlagRow> flags;
  for (const store::Row& row : rows) flags.push_back(RowOf(row));
  return flags;
}

/// The epoch is raised so that processes which remember the flags read them again.
Status Record(store::Session& session, const Actor& actor, const char* action, const std::string& name) {
  MIQ_TRY(RaiseEpoch(session, actor.tenant_id));
  return AppendAudit(session, actor.tenant_id, actor.Entry(action, "feature_flag", name));
}

/// 0 to 99, the same for ever, and not the same people for each flag.
int64_t BucketOf(const std::string& flag, const std::string& user_id) {
  const std::string hash = Sha256(flag + ":" + user_id);
  uint64_t number = 0;
  for (size_t i = 0; i < 8; ++i) number = number << 8 | static_cast<unsigned char>(hash[i]);
  return static_cast<int64_t>(number % 100);
}

}  // namespace

bool FlagRow::IsOnFor(const std::string& user_id) const {
  if (!enabled) return false;
  return std::find(user_ids.begin(), user_ids.end(), user_id) != user_ids.end() || BucketOf(name, user_id) < percentage;
}

Result<std::vector<FlagRow>> Flags::List(const std::string& tenant_id) {
  return store_.ReadFor<std::vector<FlagRow>>(store::Scope::Tenant(tenant_id),
                                              [&](store::Session& session) { return ReadAll(session, tenant_id); });
}

Result<FlagRow> Flags::Get(const std::string& tenant_id, const std::string& name) {
  return store_.ReadFor<FlagRow>(store::Scope::Tenant(tenant_id),
                                 [&](store::Session& session) { return RequireFlag(session, tenant_id, name); });
}

Result<FlagRow> Flags::Create(const Actor& actor, const FlagRow& wanted) {
  MIQ_ASSIGN(
      FlagRow made,
      store_.WriteFor<FlagRow>(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Result<FlagRow> {
        MIQ_ASSIGN(const int64_t inserted,
                   session.Execute("INSERT INTO feature_flag (tenant_id, name, text, enabled, percentage, "
                                   "user_ids, version) VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT DO NOTHING",
                                   actor.tenant_id, wanted.name, wanted.text, wanted.enabled, wanted.percentage,
                                   JsonListText(wanted.user_ids)));
        if (inserted == 0) return Fail(codes::kApiConflict, "there is a flag '" + wanted.name + "'");
        MIQ_TRY(Record(session, actor, "flag.created", wanted.name));
        return RequireFlag(session, actor.tenant_id, wanted.name);
      }));
  cache_.Forget(actor.tenant_id);
  return made;
}

Result<FlagRow> Flags::Change(const Actor& actor, const std::string& name, const FlagChange& change,
                              const VersionCheck& check) {
  MIQ_ASSIGN(
      FlagRow changed,
      store_.WriteFor<FlagRow>(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Result<FlagRow> {
        MIQ_ASSIGN(const FlagRow row, RequireFlag(session, actor.tenant_id, name));
        MIQ_TRY(check(row.version));
        MIQ_TRY(
            session.Execute("UPDATE feature_flag SET text = $1, enabled = $2, percentage = $3, user_ids = $4, "
                            "version = version + 1 WHERE tenant_id = $5 AND name = $6",
                            change.text.value_or(row.text), change.enabled.value_or(row.enabled),
                            change.percentage.value_or(row.percentage),
                            JsonListText(change.user_ids.value_or(row.user_ids)), actor.tenant_id, name));
        MIQ_TRY(Record(session, actor, "flag.changed", name));
        return RequireFlag(session, actor.tenant_id, name);
      }));
  cache_.Forget(actor.tenant_id);
  return changed;
}

Status Flags::Remove(const Actor& actor, const std::string& name, const VersionCheck& check) {
  MIQ_TRY(store_.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_ASSIGN(const FlagRow row, RequireFlag(session, actor.tenant_id, name));
    MIQ_TRY(check(row.version));
    MIQ_TRY(session.Execute("DELETE FROM feature_flag WHERE tenant_id = $1 AND name = $2", actor.tenant_id, name));
    return Record(session, actor, "flag.removed", name);
  }));
  cache_.Forget(actor.tenant_id);
  return {};
}

Result<std::shared_ptr<const std::vector<FlagRow>>> Flags::Remembered(const std::string& tenant_id) {
  return cache_.Get<std::vector<FlagRow>>(tenant_id, "flags", [&] { return List(tenant_id); });
}

Result<std::map<std::string, bool>> Flags::Evaluate(const std::string& tenant_id, const std::string& user_id) {
  MIQ_ASSIGN(const auto flags, Remembered(tenant_id));
  std::map<std::string, bool> values;
  for (const FlagRow& flag : *flags) values[flag.name] = flag.IsOnFor(user_id);
  return values;
}

Result<bool> Flags::IsOn(const std::string& tenant_id, const std::string& user_id, const std::string& name) {
  MIQ_ASSIGN(const auto flags, Remembered(tenant_id));
  for (const FlagRow& flag : *flags) {
    if (flag.name == name) return flag.IsOnFor(user_id);
  }
  return false;
}

}  // namespace migrateiq::core
