#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "modules/orchestrator/joined.hpp"
#include "modules/orchestrator/migrations.hpp"
#include "modules/orchestrator/run_repository.hpp"
#include "modules/orchestrator/state_key.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq {
namespace {

namespace fs = std::filesystem;

/// A state folder as an earlier version left it: `version` of the migrations, counted in user_version.
class EarlierState : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("miq_upgrade_" + NewId());
    fs::create_directories(folder_);
    sqlite3_open((folder_ / "state.db").c_str(), &database_);
    for (int number = 0; number < GetParam(); ++number)
      Execute(std::string(detail::RunMigrations()[static_cast<size_t>(number)].sql));
    Execute("PRAGMA user_version = " + std::to_string(GetParam()) + "; PRAGMA journal_mode = WAL");
    Fill();
    sqlite3_close(database_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void Execute(const std::string& sql) {
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK) << sql << message;
  }
  std::string Sealed(const std::string& first, const std::string& second, const std::string& context) const {
    const StateKey key = *StateKey::Load(folder_.string(), false);
    return "x'" + ToHexText(*key.Seal(Joined(first, second), context)) + "'";
  }
  void Fill() {
    Plan plan;
    plan.name = "shop";
    plan.source.url = "mysql://u:***@h/d";
    plan.target.url = "sqlite:b.db";
    const std::string columns = "(run_id, name, status, started_at, plan, sealed_urls, fingerprint, source, target)";
    for (const char* id : {kFirst, kSecond})
      Execute("INSERT INTO run " + columns + " VALUES ('" + id + "', 'shop', 'running', '2026-01-01T00:00:00Z', '" +
              WritePlan(plan) + "', " + Sealed("mysql://u:hush@h/d", "sqlite:b.db", "urls\n" + std::string(id)) +
              ", 'print', 'mysql://u:***@h/d', 'sqlite:b.db')");
    const std::string run = "'" + std::string(kFirst) + "'";
    Execute("INSERT INTO event VALUES (" + run + ", 1, 't', 'info', 'a'), (" + run + ", 2, 't', 'info', 'b')");
    Execute("INSERT INTO split VALUES (" + run + ", 't', -1, '', 0, 0), (" + run +
            ", 't', 0, CAST(x'610062' AS TEXT), 1, 2)");
    Execute("INSERT INTO quarantine (id, run_id, table_name, chunk, code, column_name, state, sealed) VALUES (7, " +
            run + ", 't', 'c', 'x', 'col', 'open', " + Sealed("why", "{}", "row\n" + std::string(kFirst) + "\nt") +
            ")");
    Execute("INSERT INTO fact VALUES (" + run + ", 'moments', '1')");
  }

  static constexpr const char* kFirst = "20260101-000000-bcdf";
  static constexpr const char* kSecond = "20260101-000000-bbbb";
  fs::path folder_;
  sqlite3* database_ = nullptr;
};

INSTANTIATE_TEST_SUITE_P(Versions, EarlierState, ::testing::Values(1, 2));

TEST_P(EarlierState, IsBroughtUpToDateWithAllItHolds) {
  for (int round = 0; round < 2; ++round) {
    const auto repository = *RunRepository::Open(folder_.string());
    const std::vector<RunRecord> runs = *repository->ListRuns();
    ASSERT_EQ(runs.size(), 2u);
    EXPECT_EQ(runs[0].run_id, kSecond) << "made later";
    EXPECT_EQ(runs[1].fingerprint, "print");
    EXPECT_EQ(runs[1].status, "interrupted");
    EXPECT_EQ(repository->LoadPlan(kFirst)->source.url, "mysql://u:hush@h/d");
    EXPECT_EQ(repository->ListEvents(kFirst)->at(1).text, "b");
    const auto splits = *repository->GetSplits(kFirst, "t");
    ASSERT_EQ(splits->size(), 1u);
    EXPECT_EQ(splits->at(0).bounds, std::string("a\0b", 3));
    EXPECT_EQ(splits->at(0).byte_estimate, 2);
    const QuarantinedRow row = repository->ListQuarantine(kFirst)->at(0);
    EXPECT_EQ(row.id, 7);
    EXPECT_EQ(row.reason, "why");
    EXPECT_EQ(**repository->GetFact(kFirst, "moments"), "1");
  }
  const auto repository = *RunRepository::Open(folder_.string());
  ASSERT_TRUE(repository->AddEvents(kFirst, {{"t", "info", "c"}}).has_value());
  EXPECT_EQ(repository->ListEvents(kFirst)->size(), 3u);
  ASSERT_TRUE(repository->PutQuarantine({kFirst, "t", "d"}, {{.code = "x"}}).has_value());
  EXPECT_GT(repository->ListQuarantine(kFirst)->at(1).id, 7);
  const std::string newest = *repository->CreateRun(Plan{});
  EXPECT_EQ(repository->ListRuns()->at(0).run_id, newest);
}

TEST_P(EarlierState, IsThenRefusedByEarlierVersions) {
  ASSERT_TRUE(RunRepository::Open(folder_.string()).has_value());
  sqlite3_open((folder_ / "state.db").c_str(), &database_);
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database_, "PRAGMA user_version", -1, &statement, nullptr);
  ASSERT_EQ(sqlite3_step(statement), SQLITE_ROW);
  EXPECT_GT(sqlite3_column_int(statement, 0), 2) << "they compare it with the number of their own migrations";
  sqlite3_finalize(statement);
  sqlite3_close(database_);
}

}  // namespace
}  // namespace migrateiq
