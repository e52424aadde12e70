#pragma once

#include <span>

#include "platform/store/migration.hpp"

namespace migrateiq::secrets::detail {

/// The tables of keys. Add at the end; never change one that was released.
std::span<const store::Migration> VaultMigrations();

}  // namespace migrateiq::secrets::detail
