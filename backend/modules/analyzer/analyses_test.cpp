#include "modules/analyzer/analyses_cases_test_support.hpp"

namespace migrateiq::analyzer {
namespace {

INSTANTIATE_TEST_SUITE_P(Sqlite, AnalyzerCases, ::testing::Values(store::Engine::kSqlite));

}  // namespace
}  // namespace migrateiq::analyzer
