#include "apps/migrateiq/remote/chosen_server.hpp"

#include <cstdlib>

#include "apps/migrateiq/remote/server_address.hpp"
#include "base/errors/api.hpp"
#include "base/errors/run.hpp"

namespace migrateiq::cli {

namespace {

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

std::string NamedServer(const Console& console) {
  const std::string& given = console.options().server;
  return given.empty() ? Variable("MIGRATEIQ_SERVER") : given;
}

Result<std::string> ChosenServer(const Console& console) {
  const GlobalOptions& options = console.options();
  const bool contradicts = options.local && !options.server.empty() && options.server != "local";
  if (contradicts) return Fail(codes::kUsage, "either --local or --server URL");
  const std::string named = NamedServer(console);
  if (options.local || named == "local") return std::string();
  return named.empty() ? SessionFiles(console.state()).Default() : NormalAddress(named);
}

Result<ApiClient> ClientFor(const Console& console, const std::string& server) {
  const SessionFiles files(console.state());
  MIQ_ASSIGN(std::optional<ServerSession> session, files.Load(server));
  const std::string key = Variable("MIGRATEIQ_API_KEY"), ca_file = Variable("MIGRATEIQ_CA_FILE");
  if (!key.empty()) session = {.server = server, .api_key = key, .ca_file = session ? session->ca_file : ""};
  if (session && !ca_file.empty()) session->ca_file = ca_file;
  if (session) return ApiClient(*session, files);
  return Fail(Error(codes::kApiUnauthenticated, "you are not signed in to " + server)
                  .Fix("migrateiq login --server " + server + ", or --local for this machine."));
}

}  // namespace migrateiq::cli
