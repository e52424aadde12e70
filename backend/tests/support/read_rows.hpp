#pragma once

#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/batch/digest.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::test_support {

/// The values of a row as text, NULL as "~".
inline std::vector<std::string> RowValues(const Batch& batch, int64_t row) {
  std::vector<std::string> values;
  for (const Column& column : batch.columns) {
    std::string text = column.IsNull(row) ? "~" : "";
    if (!column.IsNull(row)) text::AppendValue(text, column, row);
    values.push_back(std::move(text));
  }
  return values;
}

/// A row on one line, values joined by '|'.
inline std::string RowLine(const Batch& batch, int64_t row) {
  return fmt::format("{}", fmt::join(RowValues(batch, row), "|"));
}

/// What came out of readers. The row of a finding counts from the first row of all.
struct RowsRead {
  std::vector<std::string> lines;
  std::vector<Finding> findings;
  Digest digest;

  int64_t count() const { return static_cast<int64_t>(lines.size()); }

  void Add(const Batch& batch) {
    const int64_t before = count();
    for (int64_t row = 0; row < batch.rows; ++row) lines.push_back(RowLine(batch, row));
    for (Finding finding : batch.findings) {
      finding.row += before;
      findings.push_back(std::move(finding));
    }
    RowEncoder encoder;
    AddToDigest(batch, encoder, digest);
  }

  void Add(RowsRead other) {
    for (Finding& finding : other.findings) finding.row += count();
    std::ranges::move(other.findings, std::back_inserter(findings));
    std::ranges::move(other.lines, std::back_inserter(lines));
    digest.Add(other.digest);
  }
};

/// All rows of one split; a failure fails the test.
inline RowsRead ReadSplit(Source& source, const ReadRequest& request, const Split& split = {.bounds = "all"},
                          int slot = 0) {
  RowsRead all;
  auto reader = source.OpenReader(request, split, slot);
  EXPECT_TRUE(reader.has_value()) << reader.error().ToString();
  if (!reader) return all;
  Batch batch((*reader)->schema());
  while (true) {
    const auto more = (*reader)->Next(batch);
    EXPECT_TRUE(more.has_value()) << more.error().ToString();
    if (!more || !*more) return all;
    all.Add(batch);
  }
}

}  // namespace migrateiq::test_support
