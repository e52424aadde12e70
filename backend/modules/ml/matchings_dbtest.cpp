#include "modules/ml/matchings_cases_test_support.hpp"

namespace migrateiq::ml {
namespace {

INSTANTIATE_TEST_SUITE_P(Postgres, MlCases, ::testing::Values(store::Engine::kPostgres));

}  // namespace
}  // namespace migrateiq::ml
