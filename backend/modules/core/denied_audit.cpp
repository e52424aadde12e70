#include "modules/core/denied_audit.hpp"

#include <boost/json/object.hpp>

#include "base/json_text.hpp"
#include "modules/core/audit.hpp"
#include "modules/core/sign_in/system_tenant.hpp"

namespace migrateiq::core {

namespace {

constexpr Micros kPause = kMinute;
constexpr size_t kMostRemembered = 10'000;

}  // namespace

bool DeniedAudit::IsNew(const std::string& what) {
  const std::lock_guard lock(mutex_);
  if (written_.size() >= kMostRemembered) written_.clear();
  Micros& last = written_[what];
  const bool is_new = clock_.Now() - last >= kPause;
  if (is_new) last = clock_.Now();
  return is_new;
}

void DeniedAudit::Denied(const http::Principal* principal, const http::Request& request, const http::Route* route,
                         const Error& error) {
  const std::string who = principal != nullptr ? principal->subject() : request.address;
  const std::string what = route != nullptr ? route->name : "";
  if (!IsNew(who + " " + what + " " + std::string(error.code.code))) return;
  AuditEntry entry;
  entry.actor_id = principal != nullptr ? who : "";
  entry.actor = principal != nullptr ? principal->name : "nobody";
  entry.action = "access.denied";
  entry.object_type = "operation";
  entry.object_id = what;
  entry.outcome = "denied";
  entry.address = request.address;
  entry.request_id = std::string(request.headers.Get("X-Request-Id").value_or(""));
  entry.details = JsonText(boost::json::object{{"code", error.code.code}, {"path", request.path}});
  const std::string tenant_id = principal != nullptr ? principal->tenant_id : kDefaultTenant;
  // The request is refused in any case; that the store cannot be written shows in /readyz.
  static_cast<void>(store_.Write(store::Scope::Tenant(tenant_id),
                                 [&](store::Session& session) { return AppendAudit(session, tenant_id, entry); }));
}

}  // namespace migrateiq::core
