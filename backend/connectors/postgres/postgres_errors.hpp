#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

/// The vendor's words in our codes. Pure functions.
namespace migrateiq::postgres {

struct MappedCode {
  ErrorCode code;
  bool retryable = false;
};

/// Exact SQLSTATE first, then its class, then kConnServer.
MappedCode MapSqlState(std::string_view sqlstate);

/// libpq gives no SQLSTATE for a failed connection, only text.
MappedCode MapConnectMessage(std::string_view message);

/// For statements that define things: keeps codes about the connection, privileges, locks and space; everything else is
/// kSchemaDdl.
Error AsDdlError(Error error);

}  // namespace migrateiq::postgres
