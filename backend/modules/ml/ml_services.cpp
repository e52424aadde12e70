#include "modules/ml/ml_services.hpp"

#include "modules/ml/migrations.hpp"

namespace migrateiq::ml {

Result<std::unique_ptr<MlServices>> MlServices::Make(const Parts& parts) {
  MIQ_TRY(parts.store.Migrate("ml", MlMigrations()));
  return std::make_unique<MlServices>(parts);
}

MlServices::MlServices(const Parts& parts)
    : store(parts.store),
      jobs(parts.jobs),
      clock(parts.clock),
      models(parts.store, parts.clock),
      matching_parts{parts.store,    parts.vault, parts.connections, parts.plans, parts.jobs,
                     parts.analyses, models,      parts.bus,         parts.clock},
      matchings(matching_parts) {}

std::vector<projects::JobKind> MlServices::Kinds() {
  return {MatchKind(matchings, matching_parts), TrainKind(models, store)};
}

}  // namespace migrateiq::ml
