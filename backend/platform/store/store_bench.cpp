#include <benchmark/benchmark.h>

#include <memory>

#include "platform/store/store_test_support.hpp"

namespace migrateiq::store {
namespace {

constexpr int kTenants = 10, kRowsOfEach = 1000;

constexpr Migration kProjects[] = {
    {1,
     "CREATE TABLE bench_project (id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, name TEXT NOT NULL, description TEXT, "
     "state TEXT NOT NULL, source TEXT, target TEXT, created_by TEXT NOT NULL, created_at BIGINT NOT NULL, "
     "updated_at BIGINT NOT NULL, version BIGINT NOT NULL);"
     "CREATE INDEX bench_project_of_tenant ON bench_project (tenant_id, created_at, id)",
     "bench_project"}};

std::string TenantName(int number) { return "tenant-" + std::to_string(number); }

Status Fill(Session& session) {
  for (int row = 0; row < kTenants * kRowsOfEach; ++row)
    MIQ_TRY(session.Execute("INSERT INTO bench_project VALUES ($1, $2, $3, $4, 'active', $5, $6, $7, $8, $8, 1)",
                            NewId(), TenantName(row % kTenants), "Project " + std::to_string(row),
                            "The shop's orders and customers, moved by night", NewId(), NewId(), NewId(),
                            int64_t{1'700'000'000'000'000} + row));
  return {};
}

/// A store with 10,000 projects of 10 tenants, made once for all threads of a benchmark.
TestStore& Projects(Engine engine) {
  static std::unique_ptr<TestStore> stores[2];
  std::unique_ptr<TestStore>& store = stores[engine == Engine::kPostgres];
  if (store) return *store;
  store = std::make_unique<TestStore>(engine, 16);
  if (!(*store)->Migrate("bench", kProjects) || !(*store)->Write(Scope::System(), Fill)) std::abort();
  return *store;
}

/// A page of 50 in the middle of a tenant's projects, as a list endpoint reads it.
Result<Rows> Page(Session& session, const std::string& tenant) {
  return session.Query(
      "SELECT id, name, description, state, source, target, created_by, created_at, updated_at, version "
      "FROM bench_project WHERE tenant_id = $1 AND (created_at, id) > ($2, $3) ORDER BY created_at, id LIMIT 50",
      tenant, int64_t{1'700'000'000'005'000}, "");
}

void ReadPages(benchmark::State& state, Engine engine, int tenants) {
  if (!TestStore::Available(engine)) return state.SkipWithError("MIQ_TEST_POSTGRES is not set");
  static std::unique_ptr<Store> shared[2];
  std::unique_ptr<Store>& store = shared[engine == Engine::kPostgres];
  if (state.thread_index() == 0 && !store) store = Projects(engine).OpenAnother(16);
  int64_t rows = 0, round = state.thread_index();
  for (auto step : state) {
    const std::string tenant = TenantName(static_cast<int>(round++ % tenants));
    const Result<Rows> page =
        store->ReadFor<Rows>(Scope::Tenant(tenant), [&](Session& session) { return Page(session, tenant); });
    if (!page || page->size() != 50) state.SkipWithError("no page");
    if (page) rows += static_cast<int64_t>(page->size());
  }
  state.SetItemsProcessed(state.iterations());
}

void PostgresPageOfOneTenant(benchmark::State& state) { ReadPages(state, Engine::kPostgres, 1); }
void PostgresPageOfTenTenants(benchmark::State& state) { ReadPages(state, Engine::kPostgres, kTenants); }
void SqlitePage(benchmark::State& state) { ReadPages(state, Engine::kSqlite, kTenants); }

BENCHMARK(PostgresPageOfOneTenant)->Threads(1)->Threads(16)->UseRealTime();
BENCHMARK(PostgresPageOfTenTenants)->Threads(16)->UseRealTime();
BENCHMARK(SqlitePage)->Threads(1)->Threads(16)->UseRealTime();

}  // namespace
}  // namespace migrateiq::store
