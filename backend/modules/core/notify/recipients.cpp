#include "modules/core/notify/recipients.hpp"

#include <map>
#include <set>

#include "modules/core/notify/preferences.hpp"
#include "modules/core/standing_rights.hpp"

namespace migrateiq::core {

namespace {

/// An account that may be told; nothing when it may not sign in.
Result<std::optional<Recipient>> FindRecipient(store::Session& session, const std::string& tenant_id,
                                               const std::string& user_id) {
  MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT email FROM user_account WHERE tenant_id = $1 AND user_id = "
                                                   "$2 AND state = 'active'",
                                                   tenant_id, user_id));
  if (rows.empty()) return std::nullopt;
  return Recipient{.user_id = user_id, .email = rows[0].Text(0)};
}

}  // namespace

Result<std::vector<Recipient>> RecipientsOf(store::Session& session, const std::string& tenant_id,
                                            const Notice& notice) {
  std::set<std::string> concerned;
  for (const std::string& id : notice.user_ids) {
    MIQ_ASSIGN(std::string person, PersonBehind(session, tenant_id, id));
    concerned.insert(std::move(person));
  }
  MIQ_ASSIGN(const auto preferences, PreferencesFor(session, tenant_id, notice.event));
  for (const auto& [user_id, preference] : preferences) {
    if (preference.whose == Whose::all) concerned.insert(user_id);
  }
  std::set<std::string> readers = concerned;
  if (!notice.project_id.empty()) {
    MIQ_ASSIGN(readers, HoldersOf(session, tenant_id, std::string(ReaderOf(notice.event)), notice.project_id));
  }
  std::vector<Recipient> recipients;
  for (const std::string& user_id : concerned) {
    if (!readers.contains(user_id)) continue;
    MIQ_ASSIGN(auto recipient, FindRecipient(session, tenant_id, user_id));
    if (!recipient) continue;
    if (const auto preference = preferences.find(user_id); preference != preferences.end()) {
      recipient->in_app = preference->second.in_app;
      recipient->mail = preference->second.mail;
    }
    recipients.push_back(std::move(*recipient));
  }
  return recipients;
}

}  // namespace migrateiq::core
