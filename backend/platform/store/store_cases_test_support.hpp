#pragma once

#include <atomic>
#include <thread>

#include "base/errors/api.hpp"
#include "base/errors/run.hpp"
#include "platform/store/store_test_support.hpp"

namespace migrateiq::store {

constexpr Migration kTestMigrations[] = {
    {1,
     "CREATE TABLE item (tenant_id TEXT NOT NULL, id TEXT NOT NULL, number BIGINT, ratio DOUBLE PRECISION, "
     "small INTEGER NOT NULL DEFAULT 0, raw {bytes}, PRIMARY KEY (id));"
     "CREATE TABLE part (id {serial}, item_id TEXT NOT NULL REFERENCES item (id), name TEXT)",
     "item"}};

class StoreCases : public StoreCase {
 protected:
  void SetUp() override {
    StoreCase::SetUp();
    if (IsSkipped()) return;
    const Status migrated = store().Migrate("test", kTestMigrations);
    ASSERT_TRUE(migrated.has_value()) << migrated.error().ToString();
  }

  Status Put(const std::string& tenant, const std::string& id, int64_t number = 0) {
    return store().Write(Scope::Tenant(tenant), [&](Session& session) { return Insert(session, tenant, id, number); });
  }
  static Status Insert(Session& session, const std::string& tenant, const std::string& id, int64_t number = 0) {
    MIQ_TRY(session.Execute("INSERT INTO item (tenant_id, id, number) VALUES ($1, $2, $3)", tenant, id, number));
    return {};
  }
  template <class... Parameters>
  Rows Select(const Scope& scope, const std::string& sql, Parameters... parameters) {
    const Result<Rows> rows =
        store().ReadFor<Rows>(scope, [&](Session& session) { return session.Query(sql, parameters...); });
    EXPECT_TRUE(rows.has_value()) << sql << ": " << (rows ? "" : rows.error().ToString());
    return rows ? *rows : Rows{};
  }
  int64_t Count() { return Select(Scope::System(), "SELECT count(*) FROM item")[0].Integer(0); }
};

TEST_P(StoreCases, EveryKindOfValueComesBack) {
  const std::string bytes("\0\xff'\\x", 5), text = "it's \xc3\xa9\n\\n";
  ASSERT_TRUE(store()
                  .Write(Scope::System(),
                         [&](Session& session) -> Status {
                           MIQ_TRY(session.Execute("INSERT INTO item VALUES ($1, $2, $3, $4, $5, $6)", "t", text,
                                                   int64_t{1} << 60, 0.1, true, Bytes{bytes}));
                           MIQ_TRY(session.Execute("INSERT INTO item VALUES ($1, $2, $3, $4, $5, $6)", "", "empty",
                                                   std::optional<int64_t>(), std::nullopt, -7, Bytes{}));
                           return {};
                         })
                  .has_value());
  const Rows rows =
      Select(Scope::System(), "SELECT tenant_id, id, number, ratio, small, raw FROM item ORDER BY small DESC");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].Text(1), text);
  EXPECT_EQ(rows[0].Integer(2), int64_t{1} << 60);
  EXPECT_EQ(rows[0].Real(3), 0.1);
  EXPECT_TRUE(rows[0].Boolean(4));
  EXPECT_EQ(rows[0].Binary(5), bytes);
  EXPECT_EQ(rows[1].OptionalText(0), "");
  EXPECT_FALSE(rows[1].OptionalInteger(2).has_value());
  EXPECT_TRUE(rows[1].IsNull(3));
  EXPECT_EQ(rows[1].Integer(4), -7);
  EXPECT_FALSE(rows[1].IsNull(5));
  EXPECT_EQ(rows[1].Binary(5), "");
}

TEST_P(StoreCases, ParametersAreBoundByNumberAndMayRepeat) {
  const Rows rows = Select(Scope::System(), "SELECT $2, $1, $2 || '!'", int64_t{5}, "x");
  EXPECT_EQ(rows[0].Text(0), "x");
  EXPECT_EQ(rows[0].Integer(1), 5);
  EXPECT_EQ(rows[0].Text(2), "x!");
}

TEST_P(StoreCases, OneStatementTakesValuesAndNullsInTurn) {
  const std::string sql = "SELECT count(*) FROM item WHERE $1 IS NULL OR number = $1";
  ASSERT_TRUE(Put("t", "a", 5).has_value());
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(Select(Scope::System(), sql, std::optional<int64_t>())[0].Integer(0), 1);
    EXPECT_EQ(Select(Scope::System(), sql, std::optional<int64_t>(5))[0].Integer(0), 1);
    EXPECT_EQ(Select(Scope::System(), sql, int64_t{1} << 40)[0].Integer(0), 0);
  }
}

TEST_P(StoreCases, SumsOfBigNumbersAreNumbers) {
  ASSERT_TRUE(Put("t", "a", int64_t{1} << 40).has_value());
  ASSERT_TRUE(Put("t", "b", 2).has_value());
  EXPECT_EQ(Select(Scope::System(), "SELECT sum(number) FROM item")[0].Integer(0), (int64_t{1} << 40) + 2);
}

TEST_P(StoreCases, ChangedRowsAreCounted) {
  for (const char* id : {"a", "b", "c"}) ASSERT_TRUE(Put("t", id).has_value());
  const auto change = [&](const std::string& sql) {
    return *store().WriteFor<int64_t>(Scope::System(), [&](Session& session) { return session.Execute(sql); });
  };
  EXPECT_EQ(change("UPDATE item SET small = 1 WHERE id <> 'a'"), 2);
  EXPECT_EQ(change("UPDATE item SET small = 1 WHERE id = 'z'"), 0);
  EXPECT_EQ(change("CREATE TABLE other (x TEXT)"), 0);
  EXPECT_EQ(change("DELETE FROM item"), 3);
}

TEST_P(StoreCases, ReturningGivesCountedKeys) {
  ASSERT_TRUE(Put("t", "a").has_value());
  const auto add = [&] {
    return (*store().WriteFor<Rows>(Scope::System(),
                                    [&](Session& session) {
                                      return session.Query(
                                          "INSERT INTO part (item_id, name) VALUES ('a', $1) RETURNING id", "n");
                                    }))[0]
        .Integer(0);
  };
  const int64_t first = add();
  EXPECT_GT(add(), first);
}

TEST_P(StoreCases, FailedWorkIsRolledBack) {
  const Status status = store().Write(Scope::System(), [&](Session& session) -> Status {
    MIQ_TRY(Insert(session, "t", "a"));
    return Fail(codes::kApiConflict, "changed my mind");
  });
  EXPECT_TRUE(status.error().Is(codes::kApiConflict));
  EXPECT_EQ(Count(), 0);
  EXPECT_ANY_THROW((void)store().Write(Scope::System(), [&](Session& session) -> Status {
    MIQ_TRY(Insert(session, "t", "a"));
    throw std::runtime_error("work threw");
  }));
  EXPECT_EQ(Count(), 0);
}

TEST_P(StoreCases, BrokenKeysAreConflicts) {
  ASSERT_TRUE(Put("t", "a").has_value());
  EXPECT_TRUE(Put("t", "a").error().Is(codes::kStateConflict));
  const auto write = [&](const std::string& sql) {
    return store().Write(Scope::System(), [&](Session& session) -> Status {
      MIQ_TRY(session.Execute(sql));
      return {};
    });
  };
  EXPECT_TRUE(write("INSERT INTO part (item_id) VALUES ('absent')").error().Is(codes::kStateConflict));
  ASSERT_TRUE(write("INSERT INTO part (item_id) VALUES ('a')").has_value());
  EXPECT_TRUE(write("DELETE FROM item WHERE id = 'a'").error().Is(codes::kStateConflict));
  EXPECT_TRUE(write("INSERT INTO item (id) VALUES ('b')").error().Is(codes::kStateQuery)) << "NOT NULL";
  EXPECT_TRUE(write("nonsense").error().Is(codes::kStateQuery));
}

TEST_P(StoreCases, AFailedStatementEndsTheTransaction) {
  ASSERT_TRUE(Put("t", "a").has_value());
  const Status status = store().Write(Scope::System(), [&](Session& session) -> Status {
    EXPECT_TRUE(Insert(session, "t", "b").has_value());
    EXPECT_TRUE(Insert(session, "t", "a").error().Is(codes::kStateConflict));
    EXPECT_TRUE(Insert(session, "t", "c").error().Is(codes::kStateConflict));
    return {};
  });
  EXPECT_TRUE(status.error().Is(codes::kStateConflict));
  EXPECT_EQ(Count(), 1);
}

TEST_P(StoreCases, ReadCannotWrite) {
  const Status status = store().Read(Scope::System(), [&](Session& session) { return Insert(session, "t", "a"); });
  EXPECT_TRUE(status.error().Is(codes::kStateQuery));
  EXPECT_EQ(Count(), 0);
}

TEST_P(StoreCases, NulBytesInTextsAreRefused) {
  const Status status = Put("t", std::string("a\0b", 3));
  ASSERT_FALSE(status.has_value());
  EXPECT_TRUE(status.error().Is(codes::kStateQuery));
}

TEST_P(StoreCases, MissingParametersAreErrors) {
  const auto query = [&](const std::string& sql) {
    return store().ReadFor<Rows>(Scope::System(), [&](Session& session) { return session.Query(sql, 1); });
  };
  EXPECT_TRUE(query("SELECT $1, $2").error().Is(codes::kStateQuery));
  EXPECT_TRUE(query("SELECT $1").has_value());
}

TEST_P(StoreCases, MigrationsAreAppliedOnceAndLaterStoresRefused) {
  const Migration more[] = {{1, "CREATE TABLE a (x TEXT)"}, {2, "CREATE TABLE b (x TEXT)"}};
  ASSERT_TRUE(store().Migrate("more", std::span(more, 1)).has_value());
  ASSERT_TRUE(store().Migrate("more", more).has_value());
  ASSERT_TRUE(store_->OpenAnother()->Migrate("more", more).has_value());
  EXPECT_EQ(Select(Scope::System(), "SELECT count(*) FROM b")[0].Integer(0), 0);
  const Status older = store().Migrate("more", std::span(more, 1));
  ASSERT_FALSE(older.has_value());
  EXPECT_TRUE(older.error().Is(codes::kStateOpen));
}

TEST_P(StoreCases, AFailedMigrationLeavesNothing) {
  const Migration broken[] = {{1, "CREATE TABLE half (x TEXT); nonsense"}};
  EXPECT_FALSE(store().Migrate("broken", broken).has_value());
  const Migration mended[] = {{1, "CREATE TABLE half (x TEXT)"}};
  EXPECT_TRUE(store().Migrate("broken", mended).has_value());
}

TEST_P(StoreCases, MigrationsOfManyProcessesDoNotMeet) {
  const Migration more[] = {{1, "CREATE TABLE a (x TEXT)"}, {2, "CREATE TABLE b (x TEXT)"}};
  std::vector<std::jthread> threads;
  std::atomic<int> done = 0;
  for (int index = 0; index < 6; ++index)
    threads.emplace_back([&] { done += store_->OpenAnother()->Migrate("more", more).has_value() ? 1 : 0; });
  threads.clear();
  EXPECT_EQ(done, 6);
}

TEST_P(StoreCases, WritersDoNotLoseEachOthersChanges) {
  ASSERT_TRUE(Put("t", "a").has_value());
  const auto other = store_->OpenAnother();
  const auto count_up = [](Session& session) -> Status {
    MIQ_ASSIGN(const Rows rows,
               session.Query("SELECT number FROM item WHERE id = 'a'" + std::string(session.ForUpdate())));
    MIQ_TRY(session.Execute("UPDATE item SET number = $1 WHERE id = 'a'", rows[0].Integer(0) + 1));
    return {};
  };
  std::atomic<int> failures = 0;
  {
    std::vector<std::jthread> threads;
    for (int index = 0; index < 4; ++index)
      threads.emplace_back([&, index] {
        Store& mine = index % 2 == 0 ? store() : *other;
        for (int round = 0; round < 20; ++round)
          if (!mine.Write(Scope::Tenant("t"), count_up)) ++failures;
      });
  }
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(Select(Scope::System(), "SELECT number FROM item")[0].Integer(0), 80);
}

TEST_P(StoreCases, SerialisedDecisionsSeeEachOther) {
  const auto append = [](Session& session) -> Status {
    MIQ_TRY(session.Serialise("chain"));
    MIQ_ASSIGN(const Rows rows, session.Query("SELECT coalesce(max(number), 0) FROM item"));
    const int64_t next = rows[0].Integer(0) + 1;
    return Insert(session, "t", std::to_string(next), next);
  };
  std::atomic<int> failures = 0;
  {
    std::vector<std::jthread> threads;
    for (int index = 0; index < 4; ++index)
      threads.emplace_back([&] {
        for (int round = 0; round < 10; ++round)
          if (!store().Write(Scope::Tenant("t"), append)) ++failures;
      });
  }
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(Count(), 40);
}

TEST_P(StoreCases, ReadersSeeCommittedRowsBesideAWriter) {
  ASSERT_TRUE(store()
                  .Write(Scope::System(),
                         [&](Session& session) -> Status {
                           MIQ_TRY(Insert(session, "t", "a"));
                           std::jthread([&] { EXPECT_EQ(Count(), 0); }).join();
                           return {};
                         })
                  .has_value());
  EXPECT_EQ(Count(), 1);
}

TEST_P(StoreCases, MoreThreadsThanConnectionsTakeTurns) {
  ASSERT_TRUE(Put("t", "a").has_value());
  std::atomic<int> found = 0;
  {
    std::vector<std::jthread> threads;
    for (int index = 0; index < 16; ++index)
      threads.emplace_back([&] {
        for (int round = 0; round < 20; ++round)
          found += static_cast<int>(Select(Scope::Tenant("t"), "SELECT id FROM item WHERE tenant_id = $1", "t").size());
      });
  }
  EXPECT_EQ(found, 320);
}

TEST_P(StoreCases, ManyStatementsAreMoreThanTheCacheHolds) {
  for (int index = 0; index < 1100; ++index)
    ASSERT_EQ(Select(Scope::System(), "SELECT " + std::to_string(index)).at(0).Integer(0), index);
}

TEST_P(StoreCases, PingAnswers) { EXPECT_TRUE(store().Ping().has_value()); }

}  // namespace migrateiq::store
