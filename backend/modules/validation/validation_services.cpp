#include "modules/validation/validation_services.hpp"

#include "modules/validation/migrations.hpp"

namespace migrateiq::validation {

Result<std::unique_ptr<ValidationServices>> ValidationServices::Make(Parts parts) {
  MIQ_TRY(parts.store.Migrate("validation", ValidationMigrations()));
  return std::make_unique<ValidationServices>(parts);
}

}  // namespace migrateiq::validation
