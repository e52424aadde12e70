#include "modules/core/sign_in/tickets.hpp"

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/sign_in/hashed_token.hpp"

namespace migrateiq::core {

namespace {

constexpr const char* kPurpose = "websocket";
constexpr Micros kTicketLife = 30 * kSecond;

}  // namespace

Result<std::string> Tickets::Make(const Actor& actor) {
  if (actor.session_id.empty()) return Fail(codes::kApiState, "an API key opens a WebSocket by its header");
  return store_.WriteFor<std::string>(
      store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Result<std::string> {
        MIQ_TRY(session.Execute("DELETE FROM one_time_token WHERE tenant_id = $1 AND purpose = $2 AND expires_at < $3",
                                actor.tenant_id, kPurpose, clock_.Now()));
        // Several tabs may ask at the same time: each ticket stands for itself.
        return MakeOneTimeToken(session, {actor.tenant_id, kPurpose, actor.session_id + ":" + NewId()}, clock_.Now(),
                                kTicketLife);
      });
}

Result<http::Principal> Tickets::Use(const std::string& ticket) {
  MIQ_ASSIGN(const OneTimeToken used,
             store_.WriteFor<OneTimeToken>(store::Scope::System(), [&](store::Session& session) {
               return UseOneTimeToken(session, kPurpose, ticket, clock_.Now());
             }));
  return authenticator_.OfSession(used.tenant_id, used.subject.substr(0, used.subject.find(':')));
}

}  // namespace migrateiq::core
