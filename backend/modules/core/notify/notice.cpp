#include "modules/core/notify/notice.hpp"

#include <algorithm>

#include "base/random.hpp"
#include "modules/core/json_list.hpp"
#include "modules/core/standing_rights.hpp"

namespace migrateiq::core {

namespace {

constexpr NotificationEvent kEvents[] = {
    {"run.succeeded", "A run, rehearsal or verification ended well"},
    {"run.failed", "A run failed, or found differences"},
    {"run.unusual", "A run took, moved or refused unlike those before it"},
    {"run.cancelled", "A run was cancelled"},
    {"run.undone", "A run was taken back"},
    {"approval.wanted", "Something waits for a second person"},
    {"approval.given", "What waited was approved"},
    {"approval.refused", "What waited was refused"},
    {"schedule.failed", "A schedule could not start its run"},
    {"suite.failed", "A check of a suite failed, could not be made, or is unusual"},
    {"comment.mention", "A comment calls you by name", "projects.read"},
};

}  // namespace

std::span<const NotificationEvent> NotificationEvents() { return kEvents; }

bool IsNotificationEvent(std::string_view name) {
  return std::ranges::find(kEvents, name, &NotificationEvent::name) != std::end(kEvents);
}

std::string_view ReaderOf(std::string_view event) {
  const auto* const found = std::ranges::find(kEvents, event, &NotificationEvent::name);
  return found == std::end(kEvents) ? NotificationEvent().reader : found->reader;
}

Status PutNotice(store::Session& session, const std::string& tenant_id, const Notice& notice, Micros now) {
  std::vector<std::string> users = notice.user_ids;
  if (!notice.audience.empty()) {
    MIQ_ASSIGN(const auto holders, HoldersOf(session, tenant_id, notice.audience, notice.project_id));
    users.insert(users.end(), holders.begin(), holders.end());
  }
  std::erase_if(users, [&](const std::string& id) {
    return std::ranges::find(notice.except_ids, id) != notice.except_ids.end();
  });
  MIQ_TRY(session.Execute(
      "INSERT INTO notice (notice_id, tenant_id, event, title, text, link, project_id, user_ids, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      NewId(), tenant_id, notice.event, notice.title, notice.text, notice.link, notice.project_id, JsonListText(users),
      now));
  return {};
}

}  // namespace migrateiq::core
