#include "apps/migrateiq/remote/chosen_server.hpp"

#include "apps/migrateiq/remote/server_address.hpp"

namespace migrateiq::cli {

Result<std::string> ChosenServer(const Console& console) {
  const GlobalOptions& options = console.options();
  const bool here = options.server == "local";
  if (options.local && !options.server.empty() && !here) return Fail(codes::kUsage, "either --local or --server URL");
  if (options.local || here) return std::string();
  return options.server.empty() ? SessionFiles(console.state()).Default() : NormalAddress(options.server);
}

Result<ApiClient> ClientFor(const Console& console, const std::string& server) {
  const SessionFiles files(console.state());
  MIQ_ASSIGN(const std::optional<ServerSession> session, files.Load(server));
  if (session) return ApiClient(*session, files);
  return Fail(Error(codes::kApiUnauthenticated, "you are not signed in to " + server)
                  .Fix("migrateiq login --server " + server + ", or --local for this machine."));
}

}  // namespace migrateiq::cli
