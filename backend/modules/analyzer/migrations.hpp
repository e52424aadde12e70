#pragma once

#include <span>

#include "platform/store/migration.hpp"

namespace migrateiq::analyzer {

/// The tables of analyses; module name "analyzer" in the store, after "projects".
std::span<const store::Migration> AnalyzerMigrations();

}  // namespace migrateiq::analyzer
