#include "modules/ml/matchings_cases_test_support.hpp"

namespace migrateiq::ml {
namespace {

INSTANTIATE_TEST_SUITE_P(Sqlite, MlCases, ::testing::Values(store::Engine::kSqlite));

}  // namespace
}  // namespace migrateiq::ml
