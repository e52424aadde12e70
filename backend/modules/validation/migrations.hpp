#pragma once

#include <span>

#include "platform/store/migration.hpp"

namespace migrateiq::validation {

/// The tables of suites; module name "validation" in the store, after "projects".
std::span<const store::Migration> ValidationMigrations();

}  // namespace migrateiq::validation
