#pragma once

#include <span>

#include "platform/store/migration.hpp"

namespace migrateiq::projects {

/// The tables of this module, for Store::Migrate("projects", ...), after core's.
std::span<const store::Migration> ProjectMigrations();

}  // namespace migrateiq::projects
