#pragma once

#include "apps/migrateiq/console.hpp"
#include "apps/migrateiq/remote/api_client.hpp"

namespace migrateiq::cli {

/// The server that --server names, else the variable MIGRATEIQ_SERVER; as it was written.
std::string NamedServer(const Console& console);

/// The server that the command shall ask: the one named, else that of the last login; empty: this machine.
/// Errors: kUsage, kStateOpen.
Result<std::string> ChosenServer(const Console& console);

/// A client with the API key in the variable MIGRATEIQ_API_KEY, else with what login kept. Errors: kApiUnauthenticated
/// when there is neither.
Result<ApiClient> ClientFor(const Console& console, const std::string& server);

}  // namespace migrateiq::cli
