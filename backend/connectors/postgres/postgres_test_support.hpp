#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "connectors/postgres/postgres_dialect.hpp"
#include "connectors/postgres/postgres_session.hpp"
#include "connectors/postgres/postgres_source.hpp"
#include "connectors/postgres/postgres_target.hpp"
#include "tests/support/read_rows.hpp"

namespace migrateiq::postgres {

/// Each test has a database of its own.
class PostgresDb : public ::testing::Test {
 protected:
  using RowsRead = test_support::RowsRead;

  void SetUp() override {
    const char* server = std::getenv("MIQ_TEST_POSTGRES");
    if (server == nullptr) GTEST_SKIP() << "MIQ_TEST_POSTGRES is not set";
    auto parsed = ParseUrl(server, Secrets::kRefuse);
    ASSERT_TRUE(parsed) << parsed.error().ToString();
    maintenance_ = *parsed;
    url_ = maintenance_;
    url_.path = std::string("miq_pg_") + ::testing::UnitTest::GetInstance()->current_test_info()->name();
    OnServer("DROP DATABASE IF EXISTS " + QuoteIdentifier(url_.path) + " WITH (FORCE)");
    auto target = PostgresTarget::Open(url_, {.create_database = true});
    ASSERT_TRUE(target) << target.error().ToString();
    target_ = std::move(*target);
    ASSERT_TRUE(target_->Prepare());
  }

  void TearDown() override {
    if (url_.path.empty()) return;
    source_.reset();
    target_.reset();
    OnServer("DROP DATABASE IF EXISTS " + QuoteIdentifier(url_.path) + " WITH (FORCE)");
  }

  void OnServer(const std::string& sql) {
    auto session = Session::Open(maintenance_, {});
    ASSERT_TRUE(session) << session.error().ToString();
    const Status done = (*session)->Execute(sql);
    ASSERT_TRUE(done) << done.error().ToString();
  }

  void Run(const std::string& sql) {
    const Status done = target_->Execute({sql});
    ASSERT_TRUE(done) << done.error().ToString() << "\n" << sql;
  }

  std::string Ask(const std::string& sql) {
    const auto rows = target_->Query(sql);
    if (!rows) return rows.error().ToString();
    return rows->empty() ? "(none)" : rows->front().front().value_or("NULL");
  }

  Source& OpenSource() {
    auto source = PostgresSource::Open(url_, {});
    EXPECT_TRUE(source) << source.error().ToString();
    source_ = std::move(*source);
    return *source_;
  }

  Catalog Discover() {
    auto catalog = OpenSource().Discover({});
    EXPECT_TRUE(catalog) << catalog.error().ToString();
    return std::move(*catalog);
  }

  RowsRead Read(const ReadRequest& request, const std::string& bounds = "all", int slot = 0) {
    return test_support::ReadSplit(*source_, request, {bounds}, slot);
  }

  void Make(const Table& table) {
    for (const DdlStep& step : target_->dialect().CreateSteps(table)) {
      const Status done = target_->Execute(step.statements);
      ASSERT_TRUE(done) << done.error().ToString() << step.statements.back();
    }
  }

  /// Copies `table` of the source into `into`, one chunk, through batches.
  void Copy(const Table& table, const Table& into) {
    auto reader = source_->OpenReader({.table = &table}, {"all"}, 0);
    ASSERT_TRUE(reader) << reader.error().ToString();
    auto writer = target_->OpenWriter({.table = &into, .schema = (*reader)->schema()});
    ASSERT_TRUE(writer) << writer.error().ToString();
    const auto begun = (*writer)->Begin({"r", into.name.ToString(), "1"});
    ASSERT_TRUE(begun) << begun.error().ToString();
    Batch batch((*reader)->schema());
    while (true) {
      const auto more = (*reader)->Next(batch);
      ASSERT_TRUE(more) << more.error().ToString();
      if (!*more) break;
      const Status written = (*writer)->Write(batch);
      ASSERT_TRUE(written) << written.error().ToString();
    }
    const Status committed = (*writer)->Commit({.key = {"r", into.name.ToString(), "1"}});
    ASSERT_TRUE(committed) << committed.error().ToString();
  }

  Url maintenance_, url_;
  std::unique_ptr<Target> target_;
  std::unique_ptr<Source> source_;
};

}  // namespace migrateiq::postgres
