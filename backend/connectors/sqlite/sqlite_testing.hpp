#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "connectors/sqlite/sqlite_handle.hpp"
#include "connectors/sqlite/sqlite_source.hpp"
#include "connectors/sqlite/sqlite_target.hpp"
#include "pipeline/batch/text.hpp"

/// For the tests of this folder.
namespace migrateiq::sqlite::testing {

/// A folder of its own for each test.
class SqliteTest : public ::testing::Test {
 protected:
  SqliteTest() {
    static std::atomic<int> count = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("miq_sqlite_" + std::to_string(getpid()) + "_" + std::to_string(++count));
    std::filesystem::create_directories(folder_);
    path_ = folder_ / "test.db";
  }
  ~SqliteTest() override { std::filesystem::remove_all(folder_); }

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

  std::filesystem::path folder_;
  std::string path_;
};

/// All rows as text, fields joined by '|', NULL as ~; findings as "row:column:kind:original".
struct Rows {
  std::vector<std::string> rows, findings;
  Digest digest;
};

inline void AddRows(const Batch& batch, Rows& all) {
  const auto before = static_cast<int64_t>(all.rows.size());
  for (int64_t row = 0; row < batch.rows; ++row) {
    std::string line;
    for (const Column& column : batch.columns) {
      if (!line.empty() || &column != &batch.columns.front()) line += '|';
      if (column.IsNull(row))
        line += '~';
      else
        text::AppendValue(line, column, row);
    }
    all.rows.push_back(std::move(line));
  }
  for (const Finding& finding : batch.findings) {
    all.findings.push_back(std::to_string(before + finding.row) + ":" + std::to_string(finding.column) + ":" +
                           ToString(finding.kind) + ":" + finding.original);
  }
  RowEncoder encoder;
  AddToDigest(batch, encoder, all.digest);
}

inline Rows ReadAll(Source& source, const ReadRequest& request, const Split& split = {.bounds = "all"}, int slot = 0) {
  Rows all;
  auto reader = source.OpenReader(request, split, slot);
  EXPECT_TRUE(reader.has_value()) << (reader ? "" : reader.error().ToString());
  if (!reader) return all;
  Batch batch((*reader)->schema());
  while (true) {
    auto more = (*reader)->Next(batch);
    EXPECT_TRUE(more.has_value()) << (more ? "" : more.error().ToString());
    if (!more || !*more) return all;
    AddRows(batch, all);
  }
}

}  // namespace migrateiq::sqlite::testing
