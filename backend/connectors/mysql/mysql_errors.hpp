#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace migrateiq::mysql {

/// What a MySQL / MariaDB error number means to us.
struct ErrorMeaning {
  const ErrorCode* code = nullptr;
  bool retryable = false;  ///< the same statement may succeed later
};

/// Exact number first, then the class by SQLSTATE (08 connection, 22 data, 23 constraint, 28 login, 42 definition),
/// then kConnServer. Pure.
ErrorMeaning Classify(unsigned number, std::string_view sqlstate);

/// "doing: server's words (1062)". `doing` may be empty. Never holds a password: the server does not send one.
Error MakeError(unsigned number, std::string_view sqlstate, std::string_view message, std::string_view doing);

/// The error is about the rows and not about the connection, the server or the statement.
bool IsDataError(const Error& error);

}  // namespace migrateiq::mysql
