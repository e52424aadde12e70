#pragma once

#include "apps/migrateiq/remote/api_client.hpp"

namespace migrateiq::cli {

/// For what a server gives only to who has proved in the last minutes who they are: asks for the password, or the code
/// of the second factor, when the proof is older. Errors: kApiStepUp where nobody is there to ask.
Status ProveIdentity(ApiClient& client);

}  // namespace migrateiq::cli
