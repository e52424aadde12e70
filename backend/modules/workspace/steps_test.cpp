#include "modules/workspace/steps_cases_test_support.hpp"

namespace migrateiq::workspace {
namespace {

INSTANTIATE_TEST_SUITE_P(Sqlite, StepsCases, ::testing::Values(store::Engine::kSqlite));

}  // namespace
}  // namespace migrateiq::workspace
