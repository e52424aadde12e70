#pragma once

#include <span>

#include "platform/store/migration.hpp"

namespace migrateiq::detail {

/// The tables of runs, in the order of their making. Add at the end; never change one that was released.
std::span<const store::Migration> RunMigrations();

}  // namespace migrateiq::detail
