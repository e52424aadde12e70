#include "modules/workspace/steps_cases_test_support.hpp"

namespace migrateiq::workspace {
namespace {

INSTANTIATE_TEST_SUITE_P(Postgres, StepsCases, ::testing::Values(store::Engine::kPostgres));

}  // namespace
}  // namespace migrateiq::workspace
