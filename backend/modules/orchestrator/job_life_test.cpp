#include "modules/orchestrator/job_cases_test_support.hpp"

namespace migrateiq::orchestrator {
namespace {

INSTANTIATE_TEST_SUITE_P(Sqlite, JobCases, ::testing::Values(store::Engine::kSqlite));

}  // namespace
}  // namespace migrateiq::orchestrator
