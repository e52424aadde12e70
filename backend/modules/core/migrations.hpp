#pragma once

#include <span>

#include "platform/store/migration.hpp"

namespace migrateiq::core {

/// The tables of this module, for Store::Migrate("core", ...).
std::span<const store::Migration> CoreMigrations();

}  // namespace migrateiq::core
