#include "apps/migrateiq/remote/proof.hpp"

#include "apps/migrateiq/ask_secret.hpp"
#include "apps/migrateiq/remote/json_members.hpp"
#include "base/errors/api.hpp"

namespace migrateiq::cli {

Status ProveIdentity(ApiClient& client) {
  const std::string advice = "migrateiq login --server " + client.session().server;
  if (!client.session().api_key.empty())
    return Fail(Error(codes::kApiStepUp, "an API key cannot prove who uses it").Fix("Sign in as a person: " + advice));
  MIQ_ASSIGN(const boost::json::object me, client.Get("me"));
  if (FlagIn(me, "stepped_up")) return {};
  if (!OnTerminal())
    return Fail(Error(codes::kApiStepUp, "you signed in more than some minutes ago").Fix("Again: " + advice));
  if (FlagIn(me, "totp")) return client.StepUp("", ReadLine("Code of your authenticator: "));
  return client.StepUp(ReadSecret("Your password, once more: "), "");
}

}  // namespace migrateiq::cli
