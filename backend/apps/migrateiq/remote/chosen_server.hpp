#pragma once

#include "apps/migrateiq/console.hpp"
#include "apps/migrateiq/remote/api_client.hpp"

namespace migrateiq::cli {

/// The server that the command shall ask: the one named, else that of the last login; empty: this machine.
/// Errors: kUsage, kStateOpen.
Result<std::string> ChosenServer(const Console& console);

/// A client with what login kept. Errors: kApiUnauthenticated when there was none.
Result<ApiClient> ClientFor(const Console& console, const std::string& server);

}  // namespace migrateiq::cli
