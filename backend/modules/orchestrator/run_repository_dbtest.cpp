#include "modules/orchestrator/run_repository_cases_test_support.hpp"

namespace migrateiq {
namespace {

INSTANTIATE_TEST_SUITE_P(Postgres, Orchestrator, ::testing::Values(store::Engine::kPostgres));

}  // namespace
}  // namespace migrateiq
