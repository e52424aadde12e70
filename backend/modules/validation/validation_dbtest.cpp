#include "modules/validation/validation_cases_test_support.hpp"

namespace migrateiq::validation {
namespace {

INSTANTIATE_TEST_SUITE_P(Postgres, ValidationCases, ::testing::Values(store::Engine::kPostgres));

}  // namespace
}  // namespace migrateiq::validation
