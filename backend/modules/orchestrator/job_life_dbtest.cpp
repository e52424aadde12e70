#include "modules/orchestrator/job_cases_test_support.hpp"

namespace migrateiq::orchestrator {
namespace {

INSTANTIATE_TEST_SUITE_P(Postgres, JobCases, ::testing::Values(store::Engine::kPostgres));

}  // namespace
}  // namespace migrateiq::orchestrator
