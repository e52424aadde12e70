#pragma once

#include <memory>
#include <string>

#include "platform/store/store.hpp"

namespace migrateiq::store {

/// One connection that writes, under a mutex, and up to `connections` - 1 that read beside it, opened when needed.
Result<std::unique_ptr<Store>> OpenSqlite(const std::string& path, int connections);

}  // namespace migrateiq::store
