#include "platform/secrets/vault_cases_test_support.hpp"

namespace migrateiq::secrets {
namespace {

INSTANTIATE_TEST_SUITE_P(Postgres, VaultCases, ::testing::Values(store::Engine::kPostgres));

}  // namespace
}  // namespace migrateiq::secrets
