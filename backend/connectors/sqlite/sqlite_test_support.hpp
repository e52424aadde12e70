#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "connectors/sqlite/sqlite_handle.hpp"
#include "connectors/sqlite/sqlite_source.hpp"
#include "connectors/sqlite/sqlite_target.hpp"
#include "tests/support/temporary_folder.hpp"

namespace migrateiq::sqlite {

/// A folder of its own for each test.
class SqliteTest : public ::testing::Test {
 protected:
  Database Raw() {
    auto database = Database::Open(path_, Access::kCreate, {}, 5000);
    EXPECT_TRUE(database.has_value());
    return std::move(*database);
  }
  void Sql(const std::string& sql) {
    const Database database = Raw();
    const Status done = database.Run(sql);
    EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().ToString()) << "\n" << sql;
  }
  int64_t Number(const std::string& sql) { return Raw().QueryInt(sql).value_or(-1); }
  std::unique_ptr<Source> OpenSource() {
    auto source = SqliteSource::Open(path_, {}, 5000);
    EXPECT_TRUE(source.has_value()) << (source ? "" : source.error().ToString());
    return std::move(*source);
  }
  std::unique_ptr<Target> OpenTarget() {
    auto target = SqliteTarget::Open(path_, {}, 5000);
    EXPECT_TRUE(target.has_value()) << (target ? "" : target.error().ToString());
    return std::move(*target);
  }
  Catalog Discover(const DiscoverOptions& options = {}) {
    auto catalog = OpenSource()->Discover(options);
    EXPECT_TRUE(catalog.has_value()) << (catalog ? "" : catalog.error().ToString());
    return std::move(*catalog);
  }
  Table DiscoverTable(const std::string& name) {
    const Catalog catalog = Discover();
    const Table* table = catalog.Find({.name = name});
    EXPECT_NE(table, nullptr) << name;
    return table == nullptr ? Table{} : *table;
  }

  test_support::TemporaryFolder folder_;
  std::string path_ = folder_.path() / "test.db";
};

}  // namespace migrateiq::sqlite
