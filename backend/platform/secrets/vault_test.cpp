#include "platform/secrets/vault_cases_test_support.hpp"

namespace migrateiq::secrets {
namespace {

INSTANTIATE_TEST_SUITE_P(Sqlite, VaultCases, ::testing::Values(store::Engine::kSqlite));

}  // namespace
}  // namespace migrateiq::secrets
