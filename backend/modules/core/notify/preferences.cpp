#include "modules/core/notify/preferences.hpp"

#include <algorithm>

#include "base/errors/api.hpp"

namespace migrateiq::core {

namespace {

Preference PreferenceFrom(const store::Row& row) {
  return {.event = row.Text(1),
          .in_app = row.Boolean(2),
          .mail = row.Boolean(3),
          .whose = row.Text(4) == "all" ? Whose::all : Whose::own};
}

constexpr std::string_view kSelect = "SELECT user_id, event, in_app, mail, whose FROM notification_preference ";

}  // namespace

Result<std::map<std::string, Preference>> PreferencesFor(store::Session& session, const std::string& tenant_id,
                                                         const std::string& event) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(std::string(kSelect) + "WHERE tenant_id = $1 AND event = $2", tenant_id, event));
  std::map<std::string, Preference> preferences;
  for (const store::Row& row : rows) preferences[row.Text(0)] = PreferenceFrom(row);
  return preferences;
}

Result<std::vector<Preference>> Preferences::List(const Actor& actor) {
  MIQ_ASSIGN(const store::Rows rows,
             store_.ReadFor<store::Rows>(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) {
               return session.Query(std::string(kSelect) + "WHERE tenant_id = $1 AND user_id = $2", actor.tenant_id,
                                    actor.user_id);
             }));
  std::vector<Preference> all;
  for (const NotificationEvent& event : NotificationEvents()) {
    const auto chosen = std::ranges::find(rows, event.name, [](const store::Row& row) { return row.Text(1); });
    all.push_back(chosen == rows.end() ? Preference{.event = std::string(event.name)} : PreferenceFrom(*chosen));
  }
  return all;
}

Result<Preference> Preferences::Put(const Actor& actor, const Preference& wanted) {
  if (!IsNotificationEvent(wanted.event)) return Fail(codes::kApiNotFound, "there is no such event");
  MIQ_TRY(store_.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute(
        "INSERT INTO notification_preference (tenant_id, user_id, event, in_app, mail, whose) VALUES ($1, $2, $3, $4, "
        "$5, $6) ON CONFLICT (tenant_id, user_id, event) DO UPDATE SET in_app = $4, mail = $5, whose = $6",
        actor.tenant_id, actor.user_id, wanted.event, wanted.in_app, wanted.mail,
        wanted.whose == Whose::all ? "all" : "own"));
    return AppendAudit(session, actor.tenant_id, actor.Entry("notifications.chosen", "user", actor.user_id));
  }));
  return wanted;
}

}  // namespace migrateiq::core
