#include "apps/migrateiq/local_runs.hpp"
#include "apps/migrateiq/remote/chosen_server.hpp"
#include "apps/migrateiq/remote/remote_runs.hpp"

namespace migrateiq::cli {

Result<std::unique_ptr<Runs>> OpenRuns(const Console& console) {
  MIQ_ASSIGN(const std::string server, ChosenServer(console));
  if (server.empty()) return std::make_unique<LocalRuns>(console);
  MIQ_ASSIGN(ApiClient client, ClientFor(console, server));
  return std::make_unique<RemoteRuns>(console, std::move(client));
}

}  // namespace migrateiq::cli
