#pragma once

#include <memory>
#include <string>

#include "platform/store/store.hpp"

namespace migrateiq::store {

/// A pool of up to `connections`, opened when needed and again when they were lost.
Result<std::unique_ptr<Store>> OpenPostgres(const std::string& url, int connections);

}  // namespace migrateiq::store
