#pragma once

#include <span>

#include "platform/store/migration.hpp"

namespace migrateiq::ml {

/// The tables of matchings and models; module name "ml" in the store, after "projects".
std::span<const store::Migration> MlMigrations();

}  // namespace migrateiq::ml
