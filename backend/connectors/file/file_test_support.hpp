#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/connector/connector.hpp"
#include "tests/support/read_rows.hpp"
#include "tests/support/temporary_folder.hpp"

namespace migrateiq::file {

/// A folder that goes away with the test, and short ways to read and write tables in it.
class FolderTest : public testing::Test {
 protected:
  void Put(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::string Get(const std::string& name) {
    std::ifstream in(folder_ / name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }
  Url UrlOf(const std::string& scheme, const std::string& path = "",
            std::map<std::string, std::string> parameters = {}) {
    const std::string full = path.empty() ? folder_.string() : (folder_ / path).string();
    return {.scheme = scheme, .path = full, .parameters = std::move(parameters), .redacted = scheme + ":" + full};
  }
  std::unique_ptr<Source> OpenAs(const Url& url) { return std::move(OpenSource(url, {}).value()); }

  test_support::TemporaryFolder temporary_;
  const std::filesystem::path folder_ = temporary_.path();
};

/// "a:int64 b:string?" : names and types, '?' where NULL occurs.
inline std::string Shape(const Table& table) {
  std::string out;
  for (const CatalogColumn& column : table.columns) {
    out += (out.empty() ? "" : " ") + column.name + ":" + column.native + (column.nullable ? "?" : "");
  }
  return out;
}

/// Rows as text, one a line: values separated by '|', NULL as ~, a row with a finding on all of it as its reason.
inline std::string Show(const Batch& batch) {
  std::string out;
  for (int64_t row = 0; row < batch.rows; ++row) {
    std::string line = test_support::RowLine(batch, row);
    for (const Finding& finding : batch.findings) {
      if (finding.row == row && finding.column < 0) line = "!" + finding.original + " : " + finding.detail;
    }
    out += line + "\n";
  }
  return out;
}

struct ReadResult {
  std::string rows;
  std::vector<Finding> findings;
  int splits = 0;
};

inline ReadResult ReadAll(Source& source, const Table& table, const SplitOptions& options = {}) {
  ReadResult result;
  const ReadRequest request{.table = &table};
  const std::vector<Split> splits = source.PlanSplits(request, options).value();
  for (const Split& split : splits) {
    const std::unique_ptr<Reader> reader = std::move(source.OpenReader(request, split, 0).value());
    Batch batch(reader->schema());
    int64_t rows = 0;
    while (reader->Next(batch).value()) {
      result.rows += Show(batch);
      rows += batch.rows;
      result.findings.insert(result.findings.end(), batch.findings.begin(), batch.findings.end());
    }
    EXPECT_EQ(rows, split.row_estimate) << split.bounds;
  }
  result.splits = static_cast<int>(splits.size());
  return result;
}

}  // namespace migrateiq::file
