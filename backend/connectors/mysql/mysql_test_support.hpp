#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "connectors/mysql/mysql_session.hpp"
#include "tests/support/read_rows.hpp"

namespace migrateiq::mysql {

/// A database of its own on the server that MIQ_TEST_MARIADB names, dropped at the end.
class MysqlTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* address = std::getenv("MIQ_TEST_MARIADB");
    if (address == nullptr) GTEST_SKIP() << "MIQ_TEST_MARIADB is not set";
    auto parsed = ParseUrl(address, Secrets::kRefuse);
    ASSERT_TRUE(parsed) << parsed.error().ToString();
    url_ = *parsed;
    database_ = std::string("miq_my_") + ::testing::UnitTest::GetInstance()->current_test_info()->name();
    admin_ = Connect(false);
    ASSERT_TRUE(admin_);
    Run("DROP DATABASE IF EXISTS " + QuoteName(database_));
    Run("CREATE DATABASE " + QuoteName(database_) + " CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    Run("USE " + QuoteName(database_));
    url_.path = database_;
  }

  void TearDown() override {
    if (admin_) Run("DROP DATABASE IF EXISTS " + QuoteName(database_));
  }

  std::unique_ptr<Session> Connect(bool with_database = true) {
    auto session = Session::Open(url_, SessionUse::kSource, {}, with_database);
    EXPECT_TRUE(session) << session.error().ToString();
    return session ? std::move(*session) : nullptr;
  }

  void Run(const std::string& sql) {
    const Status done = admin_->Execute(sql);
    EXPECT_TRUE(done) << done.error().ToString();
  }

  std::string Ask(const std::string& sql) {
    const auto value = admin_->QueryValue(sql);
    EXPECT_TRUE(value) << value.error().ToString();
    return value && *value ? **value : "NULL";
  }

  std::unique_ptr<Source> OpenSourceHere() {
    auto source = OpenSource(url_, {});
    EXPECT_TRUE(source) << source.error().ToString();
    return source ? std::move(*source) : nullptr;
  }

  std::unique_ptr<Target> OpenTargetHere() {
    auto target = OpenTarget(url_, {});
    EXPECT_TRUE(target) << target.error().ToString();
    if (!target) return nullptr;
    const Status prepared = (*target)->Prepare();
    EXPECT_TRUE(prepared) << prepared.error().ToString();
    return std::move(*target);
  }

  static Catalog DiscoverAll(Source& source) {
    auto catalog = source.Discover({});
    EXPECT_TRUE(catalog) << catalog.error().ToString();
    return catalog ? std::move(*catalog) : Catalog{};
  }

  /// All rows of one split, as text; NULL as "~".
  static std::vector<std::vector<std::string>> ReadRows(Source& source, const ReadRequest& request, const Split& split,
                                                        std::vector<Finding>* findings = nullptr, int slot = 0) {
    std::vector<std::vector<std::string>> rows;
    auto reader = source.OpenReader(request, split, slot);
    EXPECT_TRUE(reader) << reader.error().ToString();
    if (!reader) return rows;
    Batch batch;
    for (;;) {
      const auto more = (*reader)->Next(batch);
      EXPECT_TRUE(more) << more.error().ToString();
      if (!more || !*more) return rows;
      for (int64_t row = 0; row < batch.rows; ++row) rows.push_back(test_support::RowValues(batch, row));
      if (findings != nullptr) findings->insert(findings->end(), batch.findings.begin(), batch.findings.end());
    }
  }

  Url url_;
  std::string database_;
  std::unique_ptr<Session> admin_;
};

}  // namespace migrateiq::mysql
