#pragma once

#include <string>
#include <vector>

#include "modules/core/notify/notice.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

struct Recipient {
  std::string user_id, email;
  bool in_app = true, mail = false;
};
/// Whom it concerns, and who wants to hear of everybody's, each as their preferences say. Nobody who may not sign in,
/// and of a project's events nobody who may not see what it is about (ReaderOf).
Result<std::vector<Recipient>> RecipientsOf(store::Session& session, const std::string& tenant_id,
                                            const Notice& notice);

}  // namespace migrateiq::core
