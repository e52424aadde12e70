#pragma once

#include <string>

#include "base/error.hpp"

namespace migrateiq::cli {

/// The server's address in one spelling: lower case, no slash at the end, no default port. Errors: kUsage.
Result<std::string> NormalAddress(const std::string& text);

/// Does what is sent there leave the machine unencrypted?
bool IsOpenToReaders(const std::string& address);

}  // namespace migrateiq::cli
