// Figures over all rows against DuckDB's exact aggregates over the same batches, for every type and odd value that the
// generator knows.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "pipeline/duck/detail/batch_scan.hpp"
#include "pipeline/profile/profiler.hpp"

namespace migrateiq {
namespace {

/// A table's rows in DuckDB, as table `t` with columns c0, c1 ...
class Oracle {
 public:
  Oracle(Source& source, const Table& table)
      : database_(*duck::Database::Open({.memory_megabytes = 1000})), connection_(*database_.Connect()) {
    const std::vector<Split> splits = *source.PlanSplits({.table = &table}, {});
    for (const Split& split : splits) {
      const auto reader = *source.OpenReader({.table = &table}, split, 0);
      Batch batch;
      while (*reader->Next(batch)) Insert(batch);
    }
  }

  bool empty() const { return scan_ == nullptr; }
  /// Values that DuckDB cannot hold were given to it as NULL.
  bool holds(size_t column) const { return !refused_.contains(column); }

  std::string Text(const std::string& sql) const {
    const auto rows = connection_.Texts(sql);
    EXPECT_TRUE(rows) << sql << ": " << (rows ? "" : rows.error().message);
    return rows ? (*rows)[0][0].value_or("") : "";
  }
  double Number(const std::string& sql) const {
    const std::string text = Text(sql);
    return text.empty() ? std::nan("") : std::stod(text);
  }

 private:
  void Insert(const Batch& batch) {
    const bool first = scan_ == nullptr;
    if (first) {
      std::vector<std::string> names;
      std::vector<int> all;
      for (size_t i = 0; i < batch.columns.size(); ++i) {
        names.push_back("c" + std::to_string(i));
        all.push_back(static_cast<int>(i));
      }
      scan_ = std::make_unique<duck::detail::BatchScan>(batch.schema, names, all);
      EXPECT_TRUE(scan_->Register(connection_));
    }
    scan_->Load(batch);
    scan_->SetDeadline(std::chrono::steady_clock::now() + std::chrono::minutes(5));
    const auto done = connection_.Run(first ? "CREATE TABLE t AS SELECT * FROM miq_rows()"
                                            : "INSERT INTO t SELECT * FROM miq_rows()");
    EXPECT_TRUE(done) << (done ? "" : done.error().message);
    for (size_t i = 0; i < batch.columns.size(); ++i) {
      if (!scan_->refused(static_cast<int>(i)).empty()) refused_.insert(i);
    }
  }

  std::unique_ptr<duck::detail::BatchScan> scan_;  ///< outlives the database
  duck::Database database_;
  duck::Connection connection_;
  std::set<size_t> refused_;
};

void ExpectNear(double found, double expected, const std::string& what) {
  EXPECT_NEAR(found, expected, 1e-9 * (1 + std::abs(expected))) << what;
}

void CompareNumbers(const Oracle& oracle, const ColumnProfile& column, const std::string& c) {
  const std::string value = "CAST(" + c + " AS DOUBLE)";
  const std::string finite = " FROM t WHERE isfinite(" + value + ")";
  EXPECT_EQ(static_cast<double>(column.numbers->not_finite),
            oracle.Number("SELECT count(*) FROM t WHERE NOT isfinite(" + value + ")"));
  if (oracle.Number("SELECT count(*)" + finite) == 0) return;
  ExpectNear(column.numbers->mean, oracle.Number("SELECT avg(" + value + ")" + finite), column.name + " mean");
  if (std::max(std::abs(*column.minimum_number), std::abs(*column.maximum_number)) < 1e150) {
    const double spread = oracle.Number("SELECT coalesce(stddev_samp(" + value + "), 0)" + finite);
    EXPECT_NEAR(column.numbers->deviation, spread, 1e-7 * (1 + spread)) << column.name;
  }
  ExpectNear(*column.minimum_number, oracle.Number("SELECT min(" + value + ")" + finite), column.name + " minimum");
  ExpectNear(*column.maximum_number, oracle.Number("SELECT max(" + value + ")" + finite), column.name + " maximum");
  if (column.batch_type.starts_with("int") || column.batch_type.starts_with("uint") ||
      column.batch_type.starts_with("decimal(")) {
    EXPECT_EQ(*column.minimum, oracle.Text("SELECT CAST(min(" + c + ") AS VARCHAR)" + finite)) << column.name;
    EXPECT_EQ(*column.maximum, oracle.Text("SELECT CAST(max(" + c + ") AS VARCHAR)" + finite)) << column.name;
  }
  EXPECT_EQ(static_cast<double>(column.numbers->zeros),
            oracle.Number("SELECT count(*)" + finite + " AND " + value + " = 0"));
  EXPECT_EQ(static_cast<double>(column.numbers->negatives),
            oracle.Number("SELECT count(*)" + finite + " AND " + value + " < 0"));
  for (const Quantile& quantile : column.quantiles) {
    const std::string number = "CAST('" + std::to_string(quantile.number) + "' AS DOUBLE)";
    if (std::abs(quantile.number) > 1e15) continue;  // to_string would round it
    const double slack = column.quantile_error + 1e-9;
    EXPECT_GE(
        oracle.Number("SELECT avg(CASE WHEN " + value + " <= " + number + " + 1e-6 THEN 1.0 ELSE 0 END)" + finite) +
            slack,
        quantile.at)
        << column.name;
    EXPECT_LE(
        oracle.Number("SELECT avg(CASE WHEN " + value + " < " + number + " - 1e-6 THEN 1.0 ELSE 0 END)" + finite) -
            slack,
        quantile.at)
        << column.name;
  }
}

void CompareTexts(const Oracle& oracle, const ColumnProfile& column, const std::string& c) {
  const bool binary = column.family == ValueFamily::binary;
  const std::string length = (binary ? "octet_length(" : "length(") + c + ")";
  if (column.lengths) {
    EXPECT_EQ(static_cast<double>(column.lengths->minimum), oracle.Number("SELECT min(" + length + ") FROM t"))
        << column.name;
    EXPECT_EQ(static_cast<double>(column.lengths->maximum), oracle.Number("SELECT max(" + length + ") FROM t"))
        << column.name;
    ExpectNear(column.lengths->mean, oracle.Number("SELECT avg(" + length + ") FROM t"), column.name + " length");
  }
  EXPECT_EQ(static_cast<double>(column.empty), oracle.Number("SELECT count(*) FROM t WHERE " + length + " = 0"))
      << column.name;
  if (binary) return;
  EXPECT_EQ(static_cast<double>(column.blank),
            oracle.Number("SELECT count(*) FROM t WHERE length(" + c + ") > 0 AND trim(" + c + ", ' ') = ''"))
      << column.name;
  if (!column.minimum || column.lengths->maximum > 200) return;
  EXPECT_EQ(*column.minimum, oracle.Text("SELECT min(" + c + ") FROM t")) << column.name;
  EXPECT_EQ(*column.maximum, oracle.Text("SELECT max(" + c + ") FROM t")) << column.name;
}

void CompareMoments(const Oracle& oracle, const ColumnProfile& column, const std::string& c) {
  const bool date = column.family == ValueFamily::date;
  const std::string number = date ? "(epoch(" + c + ") / 86400)" : "(epoch_us(" + c + ") / 1e6)";
  const std::string finite = column.family == ValueFamily::time ? " FROM t" : " FROM t WHERE isfinite(" + c + ")";
  if (!column.minimum_number) return;
  ExpectNear(*column.minimum_number, oracle.Number("SELECT min(" + number + ")" + finite), column.name + " first");
  ExpectNear(*column.maximum_number, oracle.Number("SELECT max(" + number + ")" + finite), column.name + " last");
}

void CompareColumn(const Oracle& oracle, const ColumnProfile& column, size_t place) {
  const std::string c = "c" + std::to_string(place);
  EXPECT_EQ(static_cast<double>(column.nulls), oracle.Number("SELECT count(*) - count(" + c + ") FROM t"))
      << column.name;
  const bool by_text =
      column.batch_type == "decimal" || column.batch_type.starts_with("char") || column.batch_type == "jsonb";
  if (!by_text) {
    const double distinct = oracle.Number("SELECT count(DISTINCT " + c + ") FROM t");
    EXPECT_NEAR(static_cast<double>(column.distinct.value), distinct, 4 * column.distinct.error * distinct)
        << column.name;
  }
  if (by_text) return;
  if (column.numbers) CompareNumbers(oracle, column, c);
  if (column.family == ValueFamily::text || column.family == ValueFamily::binary) CompareTexts(oracle, column, c);
  if (column.family == ValueFamily::date || column.family == ValueFamily::time ||
      column.family == ValueFamily::timestamp)
    CompareMoments(oracle, column, c);
}

class ProfileOracle : public testing::TestWithParam<const char*> {};

TEST_P(ProfileOracle, FiguresOfAllRowsAreThoseOfDuckDb) {
  const auto source = OpenSource(*ParseUrl(GetParam(), Secrets::kRefuse), {});
  ASSERT_TRUE(source) << source.error().ToString();
  const Catalog catalog = *(*source)->Discover({});
  ProfileObserver silent;
  const auto profile = MakeProfile(**source, *SelectTables(catalog, {}, {}),
                                   {.sample_rows = 300, .workers = 2, .part_bytes = 100'000}, silent);
  ASSERT_TRUE(profile) << profile.error().ToString();
  int compared = 0;
  for (const Table& table : catalog.tables) {
    const Oracle oracle(**source, table);
    const TableProfile& found = *Find(*profile, table.name.ToString());
    if (oracle.empty()) {
      EXPECT_EQ(found.rows, 0);
      continue;
    }
    EXPECT_EQ(static_cast<double>(found.rows), oracle.Number("SELECT count(*) FROM t"));
    for (size_t i = 0; i < found.columns.size(); ++i) {
      if (!oracle.holds(i)) continue;
      CompareColumn(oracle, found.columns[i], i);
      ++compared;
    }
  }
  EXPECT_GT(compared, 5);
}

INSTANTIATE_TEST_SUITE_P(Shapes, ProfileOracle,
                         testing::Values("fake:ugly?rows=700&seed=4&specials=true", "fake:lineitem?rows=20000&seed=9",
                                         "fake:orders?rows=1500", "fake:legacy?rows=3000",
                                         "fake:wide?rows=800&columns=24"));

}  // namespace
}  // namespace migrateiq
