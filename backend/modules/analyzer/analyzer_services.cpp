#include "modules/analyzer/analyzer_services.hpp"

#include "modules/analyzer/migrations.hpp"

namespace migrateiq::analyzer {

Result<std::unique_ptr<AnalyzerServices>> AnalyzerServices::Make(Analyses::Parts parts) {
  MIQ_TRY(parts.store.Migrate("analyzer", AnalyzerMigrations()));
  return std::make_unique<AnalyzerServices>(parts);
}

}  // namespace migrateiq::analyzer
