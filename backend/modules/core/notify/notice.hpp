#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

/// Something people want to hear about.
struct Notice {
  std::string event;                      ///< one of NotificationEvents
  std::string title, text;                ///< no values of data, no secrets
  std::string link;                       ///< path in the web app, "/runs/<id>"
  std::vector<std::string> user_ids;      ///< whom it concerns: users, or API keys, which stand for their users
  std::string project_id = {};            ///< it happened there; empty: in no project
  std::string audience = {};              ///< a permission: whoever holds it there is concerned too
  std::vector<std::string> except_ids{};  ///< whom the audience leaves out: who did it knows
};

struct NotificationEvent {
  std::string_view name, text;
  std::string_view reader = "runs.read";  ///< of what happened in a project: who is told must hold that there
};
/// Everything that is told about.
std::span<const NotificationEvent> NotificationEvents();
bool IsNotificationEvent(std::string_view name);
/// The permission without which nobody is told of such an event of a project.
std::string_view ReaderOf(std::string_view event);

/// Written down in the transaction of what it tells about; Notifier::SendPut hands it on.
Status PutNotice(store::Session& session, const std::string& tenant_id, const Notice& notice, Micros now);

}  // namespace migrateiq::core
