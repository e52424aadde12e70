#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace migrateiq::store::detail {

/// What helps after a failure of PostgreSQL.
enum class Remedy {
  kNone,
  kRepeat,     ///< the same work again, after a moment
  kForget,     ///< the same work again, with statements prepared anew
  kReconnect,  ///< the same work again, over a new connection
};

/// By SQLSTATE; empty for errors of the connection itself.
Remedy RemedyFor(std::string_view sqlstate);
Error ErrorFor(std::string_view sqlstate, std::string message);

}  // namespace migrateiq::store::detail
