#include "base/errors/api.hpp"
#include "platform/store/store_cases_test_support.hpp"

namespace migrateiq::store {
namespace {

INSTANTIATE_TEST_SUITE_P(Postgres, StoreCases, ::testing::Values(Engine::kPostgres));

class PostgresStoreTest : public StoreCases {};
INSTANTIATE_TEST_SUITE_P(Only, PostgresStoreTest, ::testing::Values(Engine::kPostgres));

TEST_P(PostgresStoreTest, RowLevelSecurityBitesWhenAQueryForgetsItsTenant) {
  ASSERT_TRUE(Put("a", "of-a").has_value());
  ASSERT_TRUE(Put("b", "of-b").has_value());
  for (const auto& [tenant, id] : {std::pair("a", "of-a"), std::pair("b", "of-b"), std::pair("a", "of-a")}) {
    const Rows rows = Select(Scope::Tenant(tenant), "SELECT id FROM item");
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].Text(0), id);
  }
  EXPECT_EQ(Count(), 2) << "the system sees all";
}

TEST_P(PostgresStoreTest, WithoutATenantNothingIsSeen) {
  ASSERT_TRUE(Put("a", "of-a").has_value());
  for (const Scope& scope : {Scope{}, Scope::Tenant(""), Scope::Tenant("*"), Scope::Tenant("?"), Scope::Tenant("A")})
    EXPECT_TRUE(Select(scope, "SELECT id FROM item").empty()) << scope.tenant_id;
}

TEST_P(PostgresStoreTest, ForeignRowsCannotBeWritten) {
  ASSERT_TRUE(Put("a", "of-a").has_value());
  const auto as_b = [&](const std::string& sql) {
    return store().WriteFor<int64_t>(Scope::Tenant("b"), [&](Session& session) { return session.Execute(sql); });
  };
  EXPECT_EQ(*as_b("UPDATE item SET number = 9"), 0);
  EXPECT_EQ(*as_b("DELETE FROM item"), 0);
  EXPECT_FALSE(as_b("INSERT INTO item (tenant_id, id) VALUES ('a', 'planted')").has_value());
  ASSERT_TRUE(Put("b", "of-b").has_value());
  EXPECT_FALSE(as_b("UPDATE item SET tenant_id = 'a'").has_value()) << "rows cannot be given away";
  EXPECT_EQ(Count(), 2);
}

TEST_P(PostgresStoreTest, TheScopeHoldsAfterFailuresAndRollbacks) {
  ASSERT_TRUE(Put("a", "of-a").has_value());
  const std::unique_ptr<Store> one = store_->OpenAnother(1);
  const auto seen = [&](const Scope& scope) {
    return one->ReadFor<Rows>(scope, [](Session& session) { return session.Query("SELECT id FROM item"); })
        .value()
        .size();
  };
  const auto fail = [&](const Scope& scope) {
    return one->Write(scope, [](Session& session) -> Status {
      MIQ_TRY(session.Query("SELECT 1"));
      MIQ_TRY(session.Query("SELECT 1/0"));
      return {};
    });
  };
  const auto give_up = [&](const Scope& scope) {
    return one->Write(scope, [](Session& session) -> Status {
      MIQ_TRY(session.Query("SELECT 1"));
      return Fail(codes::kApiConflict, "no");
    });
  };
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(seen(Scope::Tenant("a")), 1u);
    EXPECT_FALSE(fail(Scope::System()).has_value());
    EXPECT_EQ(seen(Scope::Tenant("b")), 0u);
    EXPECT_FALSE(give_up(Scope::System()).has_value());
    EXPECT_EQ(seen(Scope::Tenant("b")), 0u);
    EXPECT_EQ(seen(Scope::System()), 1u);
    EXPECT_FALSE(one->Read(Scope::System(),
                           [](Session& session) -> Status {
                             MIQ_TRY(session.Query("SELECT 1/0"));
                             return {};
                           })
                     .has_value());
    EXPECT_EQ(seen(Scope::Tenant("b")), 0u);
  }
}

TEST_P(PostgresStoreTest, ThreadsOfManyTenantsSeeOnlyTheirOwn) {
  for (int tenant = 0; tenant < 8; ++tenant)
    for (int row = 0; row <= tenant; ++row)
      ASSERT_TRUE(Put(std::to_string(tenant), std::to_string(tenant) + "-" + std::to_string(row)).has_value());
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> threads;
    for (int tenant = 0; tenant < 8; ++tenant)
      threads.emplace_back([&, tenant] {
        for (int round = 0; round < 100; ++round) {
          const Rows rows = Select(Scope::Tenant(std::to_string(tenant)), "SELECT tenant_id FROM item");
          wrong += rows.size() == static_cast<size_t>(tenant) + 1 ? 0 : 1;
        }
      });
  }
  EXPECT_EQ(wrong, 0);
}

TEST_P(PostgresStoreTest, LostConnectionsAreReplaced) {
  ASSERT_TRUE(Put("t", "a").has_value());
  const std::string kill_all =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + store_->name() + "'";
  TestStore::Administer(kill_all);
  EXPECT_EQ(Count(), 1);
  TestStore::Administer(kill_all);
  EXPECT_TRUE(Put("t", "b").has_value());
  int attempts = 0;
  EXPECT_TRUE(store()
                  .Write(Scope::System(),
                         [&](Session& session) -> Status {
                           MIQ_TRY(Insert(session, "t", "c"));
                           if (attempts++ == 0) TestStore::Administer(kill_all);
                           return Insert(session, "t", "d");
                         })
                  .has_value());
  EXPECT_EQ(attempts, 2);
  EXPECT_EQ(Count(), 4);
}

TEST_P(PostgresStoreTest, DeadlocksAreRepeated) {
  ASSERT_TRUE(Put("t", "a").has_value());
  ASSERT_TRUE(Put("t", "b").has_value());
  std::atomic<int> attempts = 0;
  const auto touch = [&](const char* first, const char* second) {
    return store().Write(Scope::System(), [&](Session& session) -> Status {
      ++attempts;
      MIQ_TRY(session.Execute("UPDATE item SET number = number + 1 WHERE id = $1", first));
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      MIQ_TRY(session.Execute("UPDATE item SET number = number + 1 WHERE id = $1", second));
      return {};
    });
  };
  std::jthread other([&] { EXPECT_TRUE(touch("a", "b").has_value()); });
  EXPECT_TRUE(touch("b", "a").has_value());
  other.join();
  EXPECT_GE(attempts, 3);
  EXPECT_EQ(Select(Scope::System(), "SELECT sum(number) FROM item")[0].Integer(0), 4);
}

TEST_P(PostgresStoreTest, StatementsSurviveAChangeOfTheirTable) {
  ASSERT_TRUE(Put("t", "a").has_value());
  EXPECT_EQ(Select(Scope::System(), "SELECT * FROM item").size(), 1u);
  TestStore::Administer("ALTER TABLE " + store_->name() + ".item ADD COLUMN more TEXT");
  EXPECT_EQ(Select(Scope::System(), "SELECT * FROM item").size(), 1u);
}

TEST_P(PostgresStoreTest, RolesThatSecurityDoesNotBindAreReported) {
  EXPECT_TRUE(store().Warnings().empty());
  TestStore::Administer("ALTER ROLE " + store_->name() + " BYPASSRLS");
  EXPECT_EQ(store_->OpenAnother()->Warnings().size(), 1u);
}

TEST_P(PostgresStoreTest, SkippedRowsAreThoseOthersHold) {
  for (const char* id : {"a", "b"}) ASSERT_TRUE(Put("t", id).has_value());
  const auto claim = [](Session& session) -> Result<Rows> {
    return session.Query("SELECT id FROM item ORDER BY id LIMIT 1" + std::string(session.SkipLocked()));
  };
  ASSERT_TRUE(store()
                  .Write(Scope::System(),
                         [&](Session& session) -> Status {
                           MIQ_ASSIGN(const Rows mine, claim(session));
                           EXPECT_EQ(mine[0].Text(0), "a");
                           const Rows others = *store().WriteFor<Rows>(Scope::System(), claim);
                           EXPECT_EQ(others[0].Text(0), "b");
                           return {};
                         })
                  .has_value());
}

}  // namespace
}  // namespace migrateiq::store
