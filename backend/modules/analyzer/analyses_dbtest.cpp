#include "modules/analyzer/analyses_cases_test_support.hpp"

namespace migrateiq::analyzer {
namespace {

INSTANTIATE_TEST_SUITE_P(Postgres, AnalyzerCases, ::testing::Values(store::Engine::kPostgres));

}  // namespace
}  // namespace migrateiq::analyzer
